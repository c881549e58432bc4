import { describe, expect, it } from 'vitest'

import type { ShiftItem } from '@/api'
import { say } from '@/locale'
import { byDay, clockRange, dayHeading, mondayOf, monthOf, shiftTime, weekday, weekOf } from '@/utils/calendar'
import { countdown } from '@/utils/countdown'
import { codeAt, type KeptBook } from '@/utils/leader-code'
import { recurrenceOf, recurrenceWords, ruleOf } from '@/utils/recurrence'
import { checkpointOf, firstOf, nextStep, phaseOf, type Scanned, standingAt, steps } from '@/utils/round'
import { emptyFields, endClock, fieldsOf, minutesBetween, moments, sharedBody } from '@/utils/shift-form'
import { isWalkable, nextOf, seatWords, shiftWord } from '@/utils/shifts'
import { newUuid } from '@/utils/uuid'

// 16:00 on Friday, 20 November 2026, in Shanghai.
const now = new Date('2026-11-20T08:00:00Z')

const shift = {
  id: 1,
  title: '晚间平安巡逻',
  state: 'open',
  mine: null,
  starts_at: '2026-11-20T11:00:00Z',
  ends_at: '2026-11-20T13:00:00Z',
  capacity: 4,
  minimum: 2,
  taken: 1,
  places_left: 3,
  waiting: 0,
} as ShiftItem

describe('the calendar', () => {
  it('begins weeks on Monday', () => {
    expect([weekday('2026-11-16'), weekday('2026-11-22')]).toEqual([1, 7])
    expect(mondayOf('2026-11-22')).toBe('2026-11-16')
    expect(weekOf('2026-11-20')).toEqual(['16', '17', '18', '19', '20', '21', '22'].map((day) => `2026-11-${day}`))
  })

  it.each([
    ['2026-11-20', 6, '2026-10-26', '2026-12-06'],
    ['2026-12-01', 5, '2026-11-30', '2027-01-03'],
    ['2027-02-10', 4, '2027-02-01', '2027-02-28'],
  ])('shows the month of %s in %i weeks', (day, weeks, first, last) => {
    const month = monthOf(day)
    expect([month.length, month[0]?.[0], month.at(-1)?.at(-1)]).toEqual([weeks, first, last])
  })

  it('groups by the day in Shanghai on which a shift begins, earliest first', () => {
    const at = (starts_at: string) => ({ starts_at, ends_at: starts_at })
    const groups = byDay([at('2026-11-21T15:59:00Z'), at('2026-11-20T16:00:00Z'), at('2026-11-20T15:59:00Z')])
    expect(groups.map(({ day, items }) => [day, items.length])).toEqual([
      ['2026-11-20', 1],
      ['2026-11-21', 2],
    ])
    expect(groups[1]?.items[0]?.starts_at).toBe('2026-11-20T16:00:00Z')
  })

  it('says days and times as people do', () => {
    expect(dayHeading('2026-11-21', now, say)).toBe('明天 周六')
    expect(shiftTime(shift, now, say)).toBe('今天 19:00–21:00')
    expect(clockRange({ starts_at: '2026-11-20T14:00:00Z', ends_at: '2026-11-20T16:30:00Z' }, say)).toBe('22:00–次日 00:30')
  })
})

describe('a countdown', () => {
  it.each([
    ['2026-11-20T10:05:00Z', '还剩 2 小时 5 分', false, false],
    ['2026-11-20T08:12:05Z', '还剩 12:05', false, false],
    ['2026-11-20T08:00:09Z', '还剩 0:09', false, true],
    ['2026-11-20T08:00:00Z', '时间到了', true, true],
  ])('until %s says %s', (until, words, over, pressing) => {
    expect(countdown(until, now, say)).toEqual({ words, over, pressing })
  })
})

describe('a shift in a word', () => {
  it.each([
    [{}, 'short', '还有 3 个名额，差 1 人成行'],
    [{ taken: 2, places_left: 2 }, 'open', '还有 2 个名额'],
    [{ taken: 4, places_left: 0 }, 'full', '已满，可以候补'],
    [{ taken: 4, places_left: 0, waiting: 2 }, 'full', '已满，2 人候补'],
    [{ mine: 'joined' }, 'joined', null],
    [{ mine: 'seeking' }, 'seeking', null],
    [{ mine: 'offered' }, 'offered', null],
    [{ mine: 'waiting' }, 'waiting', null],
    [{ mine: 'left' }, 'short', null],
    [{ mine: 'joined', state: 'cancelled' }, 'cancelled', null],
    [{ mine: 'joined', ends_at: '2026-11-20T08:00:00Z' }, 'over', null],
  ] as [Partial<ShiftItem>, string, string | null][])('with %o is %s', (change, word, seats) => {
    const one = { ...shift, ...change }
    expect(shiftWord(one, now)).toBe(word)
    if (seats) {
      expect(seatWords(one, say)).toBe(seats)
    }
  })

  it.each([
    ['2026-11-20T09:59:00Z', false],
    ['2026-11-20T10:00:00Z', true],
    ['2026-11-20T16:00:00Z', true],
    ['2026-11-20T16:01:00Z', false],
  ])('can be walked at %s: %s', (moment, walkable) => {
    expect(isWalkable(shift, new Date(moment))).toBe(walkable)
  })

  it('knows my next one', () => {
    const later = { ...shift, id: 2, mine: 'joined', starts_at: '2026-11-22T11:00:00Z', ends_at: '2026-11-22T13:00:00Z' } as ShiftItem
    const sooner = { ...later, id: 3, mine: 'seeking', starts_at: '2026-11-21T11:00:00Z' } as ShiftItem
    expect(nextOf([later, sooner, { ...shift, mine: 'waiting' }], now)?.id).toBe(3)
    expect(nextOf([shift], now)).toBeNull()
  })
})

describe('a round', () => {
  const points = [
    { id: 12, seq: 2, name: '车棚', lat: 30.6605, lon: 104.027, radius_m: 30 },
    { id: 11, seq: 1, name: '门岗', lat: 30.66, lon: 104.027, radius_m: 30 },
  ]
  const scan = (kind: Scanned['kind'], checkpointId: number | null = null, state: Scanned['state'] = 'kept'): Scanned => ({
    kind,
    checkpointId,
    at: '2026-11-20T11:00:00Z',
    state,
  })

  it('goes from checkpoint to checkpoint', () => {
    const before = steps(points, [])
    expect([before.map(({ checkpoint }) => checkpoint.id), nextStep(before)?.checkpoint.id]).toEqual([[11, 12], 11])
    expect(nextStep(steps(points, [scan('checkpoint', 11)]))?.checkpoint.id).toBe(12)
    expect(nextStep(steps(points, [scan('checkpoint', 11, 'refused')]))?.checkpoint.id).toBe(11)
    expect(nextStep(steps(points, [scan('checkpoint', 12), scan('checkpoint', 11, 'sent')]))).toBeNull()
  })

  it('has begun, and has ended, by what lies on the phone', () => {
    expect(phaseOf([])).toBe('before')
    expect(phaseOf([scan('start')])).toBe('walking')
    expect(phaseOf([scan('start', null, 'refused')])).toBe('before')
    expect(phaseOf([scan('start', null, 'sent'), scan('end')])).toBe('ended')
    expect(firstOf([scan('end'), scan('start')], 'start')?.kind).toBe('start')
  })

  it.each([
    [30.6605, 5, 12],
    // 45 metres off: within the radius and half of what the phone may be wrong.
    [30.6609, 40, 12],
    [30.6609, 5, null],
    // Nobody's accuracy counts for more than 50 metres.
    [30.6614, 5000, null],
  ])('knows whether one stands at a checkpoint: %f ± %i', (lat, accuracy, id) => {
    expect(standingAt(steps(points, []), { lat, lon: 104.027, accuracy })?.checkpoint.id ?? null).toBe(id)
  })

  it('reads whose printed code it is', () => {
    expect(['LLCP:12:abc', 'LLCP:x:abc', 'R1.7.55.sig', ''].map(checkpointOf)).toEqual([12, null, null, null])
  })

  it('names each scan by a UUID of its own', () => {
    const names = Array.from({ length: 50 }, newUuid)
    expect(new Set(names).size).toBe(50)
    expect(names.every((name) => /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(name))).toBe(true)
  })
})

describe("the leader's code", () => {
  const book: KeptBook = {
    shiftId: 1,
    first_at: '2026-11-20T10:00:00Z',
    step_seconds: 30,
    codes: ['a', 'b', 'c'],
    now: '2026-11-20T10:00:10Z',
    // The phone is a minute fast.
    receivedAt: new Date('2026-11-20T10:01:10Z').getTime(),
  }
  it.each([
    ['2026-11-20T10:00:59Z', null, 0],
    ['2026-11-20T10:01:00Z', 'a', 30],
    ['2026-11-20T10:01:29Z', 'a', 1],
    ['2026-11-20T10:01:30Z', 'b', 30],
    ['2026-11-20T10:02:29Z', 'c', 1],
    ['2026-11-20T10:02:30Z', null, 0],
  ])('changes every thirty seconds by the clock of the service: %s shows %s', (moment, text, left) => {
    const shown = codeAt(book, new Date(moment).getTime())
    expect([shown?.text ?? null, shown?.left ?? 0]).toEqual([text, left])
  })
})

describe('a repetition', () => {
  it.each([
    ['FREQ=DAILY', '每天'],
    ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', '周一至周五'],
    ['FREQ=WEEKLY;BYDAY=TU,TH', '每周二、周四'],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=SA', '每 2 周：每周六'],
  ])('%s is %s, and comes back', (rule, words) => {
    expect(recurrenceWords(rule, say)).toBe(words)
    expect(ruleOf(recurrenceOf(rule))).toBe(rule)
  })

  it('shows as it is what it cannot say', () => {
    expect(recurrenceWords('FREQ=DAILY;INTERVAL=3', say)).toBe('FREQ=DAILY;INTERVAL=3')
  })
})

describe("a planner's form", () => {
  it('ends on the next day if the end is not after the start', () => {
    expect(moments({ day: '2026-11-20', starts: '19:00', ends: '21:00' })).toEqual({
      starts_at: '2026-11-20T11:00:00Z',
      ends_at: '2026-11-20T13:00:00Z',
    })
    expect(moments({ day: '2026-11-20', starts: '22:00', ends: '00:30' }).ends_at).toBe('2026-11-20T16:30:00Z')
    expect([minutesBetween('22:00', '00:30'), minutesBetween('19:00', '21:00'), endClock('22:00', 150)]).toEqual([150, 120, '00:30'])
  })

  it('takes a shift in and gives it back as it was', () => {
    const planned = {
      title: '晚间平安巡逻',
      place_code: '510105001001',
      route_id: 3,
      team: { id: 4 },
      leader: null,
      starts_at: '2026-11-20T14:00:00Z',
      ends_at: '2026-11-20T16:30:00Z',
      capacity: 4,
      minimum: 2,
      skills: ['first_aid'],
      words: null,
      residence_required: false,
    }
    const fields = fieldsOf(planned)
    expect(moments(fields)).toEqual({ starts_at: planned.starts_at, ends_at: planned.ends_at })
    expect(sharedBody(fields)).toMatchObject({ title: planned.title, route_id: 3, team_id: 4, words: null, skills: ['first_aid'] })
  })

  it('never asks for more people than there are places', () => {
    expect(sharedBody({ ...emptyFields('51', '2026-11-20'), capacity: 1, minimum: 5 }).minimum).toBe(1)
  })
})
