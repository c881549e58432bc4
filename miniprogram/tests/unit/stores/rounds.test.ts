import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'

import { api, type BatchItem, type CheckInForm, NetworkFailure, Problem, type Resident, type ShiftDetail } from '@/api'
import { type KeptScan, useRounds } from '@/stores/rounds'
import { useSession } from '@/stores/session'

const shift = { id: 7, ends_at: '2026-11-20T13:00:00Z' } as ShiftDetail
const place = { lat: 30.66, lon: 104.027, accuracy: 12 }

/** The app, closed and opened again: what is not on the phone is gone. */
function restarted(who = 1) {
  setActivePinia(createPinia())
  const session = useSession()
  session.me = { id: who, roles: [], consent: {} } as unknown as Resident
  session.signedIn = true
  return useRounds()
}

const taken = (items: CheckInForm[]) => ({
  items: items.map(
    ({ client_uuid }): BatchItem => ({
      client_uuid,
      status: 201,
      code: null,
      check_in: { evidence: 1, flags: [] } as unknown as NonNullable<BatchItem['check_in']>,
    }),
  ),
})

let rounds: ReturnType<typeof useRounds>

beforeEach(() => {
  vi.useRealTimers()
  rounds = restarted()
  rounds.keep(shift)
})

describe('scans', () => {
  it('are on the phone before anything is sent, with the time and place of the scan', async () => {
    vi.useFakeTimers({ now: new Date('2026-11-20T11:00:00Z') })
    rounds.note(7, { kind: 'start', place })
    rounds.note(7, { kind: 'checkpoint', checkpointId: 12, code: 'LLCP:12:x', place: null })
    rounds = restarted()
    expect(rounds.waiting.map(({ kind, at }: KeptScan) => [kind, at])).toEqual([
      ['start', '2026-11-20T11:00:00.000Z'],
      ['checkpoint', '2026-11-20T11:00:00.000Z'],
    ])

    vi.setSystemTime(new Date('2026-11-20T12:30:00Z'))
    const batch = vi.spyOn(api, 'checkInBatch').mockImplementation((_, items) => Promise.resolve(taken(items)))
    expect(await rounds.sendWaiting()).toBe(2)
    expect(batch).toHaveBeenCalledOnce()
    const [start, checkpoint] = batch.mock.calls[0]?.[1] ?? []
    expect(start).toMatchObject({ kind: 'start', at: '2026-11-20T11:00:00.000Z', sent_at: '2026-11-20T12:30:00.000Z', lat: 30.66, accuracy: 12 })
    expect(checkpoint).toMatchObject({ kind: 'checkpoint', checkpoint_id: 12, code: 'LLCP:12:x' })
    expect(checkpoint).not.toHaveProperty('lat')
    expect(rounds.waiting).toHaveLength(0)
    expect(rounds.scansOf(7).map(({ state }) => state)).toEqual(['sent', 'sent'])
  })

  it('go out under the same UUID when the answer was lost', async () => {
    rounds.note(7, { kind: 'start', place })
    const batch = vi.spyOn(api, 'checkInBatch').mockRejectedValueOnce(new NetworkFailure())
    expect(await rounds.sendWaiting()).toBe(0)
    expect(rounds.waiting).toHaveLength(1)
    rounds = restarted()
    batch.mockImplementation((_, items) => Promise.resolve(taken(items)))
    expect(await rounds.sendWaiting()).toBe(1)
    expect(new Set(batch.mock.calls.map(([, items]) => items[0]?.client_uuid)).size).toBe(1)
  })

  it('are sent once by whoever asks at the same time', async () => {
    rounds.note(7, { kind: 'start', place })
    const batch = vi.spyOn(api, 'checkInBatch').mockImplementation((_, items) => Promise.resolve(taken(items)))
    await Promise.all([rounds.sendWaiting(), rounds.sendWaiting(), rounds.sendWaiting()])
    expect(batch).toHaveBeenCalledOnce()
  })

  it('that come while others are on their way go out, too', async () => {
    rounds.note(7, { kind: 'start', place })
    vi.spyOn(api, 'checkInBatch').mockImplementation((_, items) => {
      if (rounds.scansOf(7).length === 1) {
        rounds.note(7, { kind: 'checkpoint', checkpointId: 12, place })
      }
      return Promise.resolve(taken(items))
    })
    await rounds.sendWaiting()
    expect(rounds.waiting).toHaveLength(0)
  })

  it('that are not taken say why, and hold nothing up', async () => {
    rounds.note(7, { kind: 'start', place })
    rounds.note(7, { kind: 'checkpoint', checkpointId: 12, place })
    vi.spyOn(api, 'checkInBatch').mockImplementation((_, items) => {
      const [first, second] = taken(items).items
      return Promise.resolve({ items: [{ ...first, status: 409, code: 'round_not_open', check_in: null }, second] as BatchItem[] })
    })
    expect(await rounds.sendWaiting()).toBe(1)
    expect(rounds.scansOf(7).map(({ state, problem }) => [state, problem])).toEqual([
      ['refused', '不在这次巡逻的时间里，没有收下。'],
      ['sent', null],
    ])
  })

  it('of a round that is mine no longer are not tried for ever', async () => {
    rounds.note(7, { kind: 'start', place })
    const batch = vi.spyOn(api, 'checkInBatch').mockRejectedValue(new Problem(404, 'not_found', '', '没有这个班次。', []))
    await rounds.sendWaiting()
    await rounds.sendWaiting()
    expect(batch).toHaveBeenCalledOnce()
    expect(rounds.scansOf(7)[0]).toMatchObject({ state: 'refused', problem: '没有这个班次。' })
  })

  it('belong to whoever walked', async () => {
    rounds.note(7, { kind: 'start', place })
    rounds = restarted(2)
    const batch = vi.spyOn(api, 'checkInBatch')
    expect(rounds.waiting).toHaveLength(0)
    expect(await rounds.sendWaiting()).toBe(0)
    expect(batch).not.toHaveBeenCalled()
  })
})

describe('the way', () => {
  const walking = () => {
    rounds.walk(7, place)
    return rounds.kept.points.length
  }

  it('is noted only by who agreed, and forgotten at a no', () => {
    expect(walking()).toBe(0)
    rounds.track(7, false)
    expect(walking()).toBe(0)
    rounds.track(7, true)
    expect(walking()).toBe(1)
    rounds.track(7, false)
    expect(rounds.kept.points).toHaveLength(0)
  })

  it('is sent after the scans and the consent, and dropped where the service wants none', async () => {
    rounds.track(7, true)
    rounds.note(7, { kind: 'start', place })
    rounds.walk(7, place)
    const order: string[] = []
    vi.spyOn(api, 'checkInBatch').mockImplementation((_, items) => {
      order.push('scans')
      return Promise.resolve(taken(items))
    })
    vi.spyOn(api, 'changeVolunteer').mockImplementation(() => {
      order.push('consent')
      return Promise.resolve({} as never)
    })
    vi.spyOn(api, 'positions').mockImplementation(() => {
      order.push('points')
      return Promise.reject(new Problem(403, 'no_consent', '', '', []))
    })
    await rounds.sendWaiting()
    expect(order).toEqual(['scans', 'consent', 'points'])
    expect(rounds.kept.points).toHaveLength(0)
  })
})

describe('a call for help', () => {
  it('is one call however often the button is held, and goes out again and again until it has arrived', async () => {
    const sos = vi.spyOn(api, 'callForHelp').mockRejectedValueOnce(new NetworkFailure())
    const first = rounds.call(7, place)
    expect(rounds.call(7, null).key).toBe(first.key)
    await rounds.sendWaiting()
    rounds = restarted()
    sos.mockResolvedValueOnce({ id: 3 } as never)
    await rounds.sendWaiting()
    await rounds.sendWaiting()
    expect(sos.mock.calls.map(([, , key]) => key)).toEqual([first.key, first.key])
    expect(rounds.callOf(7)?.id).toBe(3)
  })

  it('goes out before everything else', async () => {
    const order: string[] = []
    vi.spyOn(api, 'callForHelp').mockImplementation(() => {
      order.push('help')
      return Promise.resolve({ id: 3 } as never)
    })
    vi.spyOn(api, 'checkInBatch').mockImplementation((_, items) => {
      order.push('scans')
      return Promise.resolve(taken(items))
    })
    rounds.note(7, { kind: 'start', place })
    rounds.call(7, place)
    await rounds.sendWaiting()
    expect(order).toEqual(['help', 'scans'])
  })

  it('does not wait for an upload that hangs', async () => {
    rounds.note(7, { kind: 'start', place })
    vi.spyOn(api, 'checkInBatch').mockReturnValue(new Promise(() => undefined))
    void rounds.sendWaiting()
    await Promise.resolve()
    vi.spyOn(api, 'callForHelp').mockResolvedValue({ id: 3 } as never)
    rounds.call(7, place)
    await rounds.sendCalls()
    expect(rounds.callOf(7)?.id).toBe(3)
  })

  it('that was a mistake is taken back', async () => {
    vi.spyOn(api, 'callForHelp').mockResolvedValue({ id: 3 } as never)
    const move = vi.spyOn(api, 'moveHelpCall').mockResolvedValue({} as never)
    rounds.call(7, place)
    await rounds.sendWaiting()
    await rounds.takeBack(7)
    expect(move).toHaveBeenCalledWith(3, 'closed')
    expect(rounds.callOf(7)).toBeNull()
  })

  it('that was taken back without a network is taken back as soon as there is one', async () => {
    vi.spyOn(api, 'callForHelp').mockResolvedValue({ id: 3 } as never)
    const move = vi.spyOn(api, 'moveHelpCall').mockRejectedValueOnce(new NetworkFailure()).mockResolvedValue({} as never)
    rounds.call(7, place)
    await rounds.sendWaiting()
    await rounds.takeBack(7)
    expect(rounds.callOf(7)).toBeNull()
    rounds = restarted()
    await rounds.sendWaiting()
    await rounds.sendWaiting()
    expect(move).toHaveBeenCalledTimes(2)
    expect(rounds.calls).toEqual([])
  })

  it.each([
    ['arrived', [{ id: 2, by: { id: 9 }, state: 'open' }, { id: 3, by: { id: 1 }, state: 'open' }], [[3, 'closed']]],
    ['did not arrive', [{ id: 1, by: { id: 1 }, state: 'closed' }], []],
  ])('whose answer was lost is taken back where it %s, and never made again', async (_, sos, moves) => {
    const called = vi.spyOn(api, 'callForHelp').mockRejectedValueOnce(new NetworkFailure())
    const move = vi.spyOn(api, 'moveHelpCall').mockResolvedValue({} as never)
    vi.spyOn(api, 'round').mockResolvedValue({ sos } as never)
    rounds.call(7, place)
    await rounds.sendCalls().catch(() => undefined)
    await rounds.takeBack(7)
    expect([called.mock.calls.length, move.mock.calls, rounds.calls]).toEqual([1, moves, []])
  })

  it('that is taken back on its way is taken back once it has arrived', async () => {
    let arrive = (_: unknown) => undefined as unknown
    vi.spyOn(api, 'callForHelp').mockReturnValue(new Promise((resolve) => (arrive = resolve)) as never)
    const move = vi.spyOn(api, 'moveHelpCall').mockResolvedValue({} as never)
    rounds.call(7, place)
    const sending = rounds.sendCalls()
    const taking = rounds.takeBack(7)
    arrive({ id: 3 })
    await Promise.all([sending, taking])
    expect([move.mock.calls, rounds.calls]).toEqual([[[3, 'closed']], []])
  })

  it('that never set out is only forgotten', async () => {
    const sos = vi.spyOn(api, 'callForHelp')
    rounds.call(7, place)
    await rounds.takeBack(7)
    expect([sos.mock.calls, rounds.calls]).toEqual([[], []])
  })

  it('that somebody has closed before needs not be taken back', async () => {
    vi.spyOn(api, 'callForHelp').mockResolvedValue({ id: 3 } as never)
    vi.spyOn(api, 'moveHelpCall').mockRejectedValue(new Problem(409, 'illegal_move', '', '', []))
    rounds.call(7, place)
    await rounds.sendCalls()
    await rounds.takeBack(7)
    expect(rounds.calls).toEqual([])
  })
})

describe('the phone', () => {
  it('forgets a round of long ago, but nothing that has not arrived', () => {
    const old = { id: 8, ends_at: '2020-01-01T00:00:00Z' } as ShiftDetail
    rounds.keep(old)
    rounds.note(8, { kind: 'start', place })
    rounds.keep(shift)
    expect(rounds.roundOf(8)).toBeDefined()
    const only = rounds.scansOf(8)[0]
    if (only) only.state = 'sent'
    rounds.keep(shift)
    expect(rounds.roundOf(8)).toBeUndefined()
    expect(rounds.scansOf(8)).toHaveLength(0)
  })
})
