import { beforeEach, describe, expect, it, vi } from 'vitest'

import { NetworkFailure, Problem } from '@/api'
import { untilSent } from '@/utils/until-sent'

const busy = (retryAfterS: number | null = null) => new Problem(503, 'unavailable', '', '', [], retryAfterS)

let mayTry: boolean
let startedAt: number

beforeEach(() => {
  vi.useFakeTimers()
  vi.spyOn(Math, 'random').mockReturnValue(0)
  mayTry = true
  startedAt = Date.now()
})

/** Something that waits: it fails as often as it is told to, and notes at which second it was tried. */
function waiting(failures: number, error: () => unknown = () => new NetworkFailure(), pace = {}) {
  const tries: number[] = []
  const again = untilSent(send, () => mayTry, pace)

  async function send(): Promise<void> {
    tries.push((Date.now() - startedAt) / 1000)
    await Promise.resolve()
    if (tries.length <= failures) {
      again.later(error())
    } else {
      again.anew()
    }
  }

  return { tries, send, again }
}

const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1000)

describe('what failed by something passing', () => {
  it.each([
    { what: 'nothing after it has arrived', failures: 0, tries: [0] },
    { what: 'once more after the first failure', failures: 1, tries: [0, 4] },
    { what: 'after growing pauses', failures: 4, tries: [0, 4, 12, 28, 60] },
    { what: 'each minute in the end', failures: 99, tries: [0, 4, 12, 28, 60, 120, 180, 240] },
  ])('is tried: $what', async ({ failures, tries }) => {
    const one = waiting(failures)
    await one.send()
    await seconds(299)
    expect(one.tries).toEqual(tries)
  })

  it('begins with a short pause again once something has arrived', async () => {
    const one = waiting(3)
    await one.send()
    await seconds(28)
    expect(one.tries).toEqual([0, 4, 12, 28])
    one.again.later(new NetworkFailure())
    await seconds(4)
    expect(one.tries).toEqual([0, 4, 12, 28, 32])
  })

  it('has one timer, however often it fails meanwhile', async () => {
    const one = waiting(3)
    await Promise.all([one.send(), one.send(), one.send()])
    expect(vi.getTimerCount()).toBe(1)
    await seconds(60)
    expect(one.tries).toEqual([0, 0, 0, 4])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('comes at a moment of its own on each phone, never before its pause is over', async () => {
    vi.mocked(Math.random).mockReturnValue(0.999)
    const one = waiting(1)
    await one.send()
    await seconds(5.9)
    expect(one.tries).toEqual([0])
    await seconds(0.1)
    expect(one.tries).toHaveLength(2)
  })

  it.each([
    { told: 2, at: 4, why: 'no sooner than the phone itself would' },
    { told: 30, at: 30, why: 'when the service asked for it' },
    { told: 7200, at: 600, why: 'not in hours' },
  ])('is tried $why (Retry-After: $told)', async ({ told, at }) => {
    const one = waiting(1, () => busy(told))
    await one.send()
    await seconds(at - 1)
    expect(one.tries).toEqual([0])
    await seconds(1)
    expect(one.tries).toEqual([0, at])
  })

  it('waits longer where the service says so before the pause is over', async () => {
    const one = waiting(1)
    await one.send()
    one.again.later(busy(20))
    await seconds(60)
    expect(one.tries).toEqual([0, 20])
  })

  it('is left alone while nothing may be tried, and no timer runs on', async () => {
    const one = waiting(1)
    await one.send()
    mayTry = false
    await seconds(600)
    expect(one.tries).toEqual([0])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('does not disturb what waits elsewhere', async () => {
    const one = waiting(99)
    const other = waiting(1)
    await Promise.all([one.send(), other.send()])
    await seconds(59)
    expect(one.tries).toEqual([0, 4, 12, 28])
    expect(other.tries).toEqual([0, 4])
  })

  it('may keep one pace, reckoned from when each try began', async () => {
    const one = waiting(2, () => null, { pausesS: [5], scatter: 0 })
    await one.send()
    await seconds(30)
    expect(one.tries).toEqual([0, 5, 10])

    // The third hung for 15 seconds: the next does not wait any more.
    one.again.later(null, Date.now() - 15_000)
    await seconds(0)
    expect(one.tries).toHaveLength(4)
  })

  it('says nothing of a failure that nobody hears', async () => {
    const again = untilSent(() => Promise.reject(new Error('heard by whoever sends')), () => true)
    again.later(new NetworkFailure())
    await seconds(4)
    expect(vi.getTimerCount()).toBe(0)
  })
})
