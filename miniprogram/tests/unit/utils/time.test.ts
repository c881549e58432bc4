import { describe, expect, it } from 'vitest'

import { type Language, say, setLanguage } from '@/locale'
import { addDays, ago, clockTime, dayOf, elapsedShare, momentOf, partOfDay, periodTo, span, when } from '@/utils/time'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
// 16:00 in Shanghai on a Friday.
const now = new Date('2026-11-20T08:00:00Z')

function speaking(language: Language): void {
  setLanguage(language)
}

describe('when', () => {
  it.each([
    ['2026-11-20T08:40:00Z', '今天 16:40', 'today 16:40'],
    ['2026-11-21T01:00:00Z', '明天 09:00', 'tomorrow 09:00'],
    ['2026-11-19T15:59:00Z', '昨天 23:59', 'yesterday 23:59'],
    ['2026-11-23T08:40:00Z', '11月23日 16:40', '23 Nov 16:40'],
    ['2027-01-03T00:00:00Z', '2027年1月3日 08:00', '3 Jan 2027 08:00'],
  ])('says %s as neighbours do', (iso, chinese, english) => {
    speaking('zh-Hans')
    expect(when(iso, now, say)).toBe(chinese)
    speaking('en')
    expect(when(iso, now, say)).toBe(english)
    speaking('zh-Hans')
  })

  it('turns the day at midnight in Shanghai, not in UTC', () => {
    const lateEvening = new Date('2026-11-20T15:59:00Z')
    expect(when('2026-11-20T16:00:00Z', lateEvening, say)).toBe('明天 00:00')
    expect(clockTime('2026-11-20T16:00:00Z')).toBe('00:00')
    expect(dayOf(new Date('2026-11-20T16:00:00Z'))).toBe('2026-11-21')
  })
})

describe('span and ago', () => {
  it.each([
    [20_000, '1 分钟'],
    [20 * MINUTE, '20 分钟'],
    [3 * HOUR, '3 小时'],
    [3 * HOUR + 20 * MINUTE, '3 小时 20 分'],
    [24 * HOUR, '1 天'],
    [50 * HOUR, '2 天 2 小时'],
    [-20 * MINUTE, '20 分钟'],
  ])('says %i ms in its two largest units', (milliseconds, words) => {
    expect(span(milliseconds, say)).toBe(words)
  })

  it.each([
    ['2026-11-20T07:59:30Z', '刚刚'],
    ['2026-11-20T07:55:00Z', '5 分钟前'],
    ['2026-11-20T05:00:00Z', '3 小时前'],
    ['2026-11-19T05:00:00Z', '昨天 13:00'],
  ])('says how long ago %s was', (iso, words) => {
    expect(ago(iso, now, say)).toBe(words)
  })
})

describe('elapsedShare', () => {
  it('grows from 0 at the start beyond 1 after the end', () => {
    const share = (at: string) => elapsedShare('2026-11-20T06:00:00Z', '2026-11-20T10:00:00Z', new Date(at))
    expect(share('2026-11-20T05:00:00Z')).toBe(0)
    expect(share('2026-11-20T08:00:00Z')).toBe(0.5)
    expect(share('2026-11-20T12:00:00Z')).toBe(1.5)
  })

  it('is over when there was no time at all', () => {
    expect(elapsedShare('2026-11-20T06:00:00Z', '2026-11-20T06:00:00Z', now)).toBe(1)
  })
})

describe('days and periods', () => {
  it.each([
    ['week', '2026-11-16'],
    ['month', '2026-11-01'],
    ['quarter', '2026-10-01'],
  ] as const)('begins the %s at its first day', (kind, from) => {
    expect(periodTo('2026-11-20', kind)).toEqual({ from, to: '2026-11-20' })
  })

  it('lets a Sunday belong to the week before it', () => {
    expect(periodTo('2026-11-22', 'week').from).toBe('2026-11-16')
  })

  it('crosses months and years', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
  })

  it('says a Shanghai clock time to the service in UTC', () => {
    expect(momentOf('2026-11-23', '18:00')).toBe('2026-11-23T10:00:00Z')
  })

  it.each([
    ['2026-11-20T00:30:00Z', 'morning'],
    ['2026-11-20T04:00:00Z', 'noon'],
    ['2026-11-20T08:00:00Z', 'afternoon'],
    ['2026-11-20T13:00:00Z', 'evening'],
    ['2026-11-20T16:00:00Z', 'night'],
  ])('greets at %s by the part of the day', (iso, part) => {
    expect(partOfDay(new Date(iso))).toBe(part)
  })
})
