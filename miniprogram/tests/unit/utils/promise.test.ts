import { describe, expect, it } from 'vitest'

import { say } from '@/locale'
import { promiseOf } from '@/utils/promise'

const now = new Date('2026-11-20T08:00:00Z')
const hazard = {
  state: 'handling' as const,
  reported_at: '2026-11-20T07:00:00Z',
  due_at: '2026-11-20T09:00:00Z',
  expected_by: '2026-11-20T09:00:00Z',
  act_by: '2026-11-20T09:00:00Z',
  overdue: false,
  handled_at: null,
  closed_at: null,
  mine: false,
}

describe('promiseOf', () => {
  it('names the time and what is left of it', () => {
    const words = promiseOf(hazard, now, say)
    expect(words).toEqual({ headline: '今天 17:00 前处理', detail: '还有 1 小时', share: 0.5, tone: 'brand' })
  })

  it('only expects while nobody has accepted', () => {
    const words = promiseOf({ ...hazard, state: 'reported', due_at: null, act_by: '2026-11-20T08:15:00Z' }, now, say)
    expect(words.headline).toBe('预计 今天 17:00 前处理')
  })

  it('does not call the promise broken when only the acceptance is late', () => {
    const late = { ...hazard, state: 'reported' as const, due_at: null, act_by: '2026-11-20T07:45:00Z', overdue: true }
    const words = promiseOf(late, now, say)
    expect(words.detail).toBe('受理已超期 15 分钟')
    expect(words.tone).toBe('waiting')
    expect(words.share).toBe(0.5)
  })

  it('says how late it is', () => {
    const words = promiseOf({ ...hazard, overdue: true }, new Date('2026-11-20T11:05:00Z'), say)
    expect(words).toMatchObject({ detail: '已超期 2 小时 5 分', share: 1, tone: 'urgent' })
  })

  it('believes the service about elapsed time, for pauses are its knowledge', () => {
    expect(promiseOf({ ...hazard, elapsed: 0.9 }, now, say)).toMatchObject({ share: 0.9, tone: 'waiting' })
  })

  it('runs no clock while suspended', () => {
    const suspension = { until: '2026-11-23T10:00:00Z', approved: true }
    const words = promiseOf({ ...hazard, state: 'suspended', suspension }, now, say)
    expect(words).toMatchObject({ headline: '暂缓到 11月23日 18:00', detail: '社区已同意，处理时限暂停计算', share: null })
  })

  it('keeps the promise until the community agrees to put it off', () => {
    const suspended = { ...hazard, state: 'suspended' as const, suspension: { until: '2026-11-23T10:00:00Z', approved: false } }
    expect(promiseOf(suspended, now, say)).toMatchObject({
      headline: '今天 17:00 前处理',
      detail: '申请暂缓到 11月23日 18:00，等社区同意',
      share: 0.5,
    })
    const late = promiseOf({ ...suspended, overdue: true }, new Date('2026-11-20T09:30:00Z'), say)
    expect(late).toMatchObject({ detail: '已超期 30 分钟', tone: 'urgent' })
  })

  it('says so when the pause is over and nobody came back to it', () => {
    const suspension = { until: '2026-11-20T07:30:00Z', approved: true }
    const over = { ...hazard, state: 'suspended' as const, overdue: true, act_by: suspension.until, suspension }
    expect(promiseOf(over, now, say)).toMatchObject({ headline: '暂缓到 今天 15:30', detail: '已超期 30 分钟' })
  })

  it('asks the reporter, and only tells the others', () => {
    const handled = { ...hazard, state: 'handled' as const, handled_at: '2026-11-20T07:50:00Z' }
    expect(promiseOf({ ...handled, mine: true }, now, say).headline).toBe('已处理，请您确认')
    expect(promiseOf(handled, now, say).headline).toBe('已处理，等报告人确认')
  })
})
