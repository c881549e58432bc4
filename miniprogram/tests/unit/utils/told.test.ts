import { describe, expect, it } from 'vitest'

import type { Became, ToldFigure } from '@/api'
import { say } from '@/locale'
import { answer, lengths, monthText, told, walked } from '@/pkg-reports/became/told'

function count(value: number): ToldFigure {
  return { value, numerator: null, denominator: null, excluded: 0, withheld: null }
}

function share(numerator: number, denominator: number): ToldFigure {
  return { value: numerator / denominator, numerator, denominator, excluded: 0, withheld: null }
}

function withheld(reason: string): ToldFigure {
  return { value: null, numerator: null, denominator: null, excluded: 0, withheld: reason }
}

function month(reported: ToldFigure, closed: ToldFigure, rounds = count(3), hours = count(6.5)): Became {
  const figures = { reported, closed, on_time: share(1, 2), satisfied: share(1, 2), resolved: share(1, 2) }
  return {
    place: { code: '510105007004', kind: 'community', name: '草堂路社区' },
    month: '2026-10',
    months: ['2026-10'],
    edition: 1,
    correction: null,
    made_at: '2026-11-01T00:00:00Z',
    figures,
    before: figures,
    walked: { rounds, hours },
    by_category: [],
    lumped: false,
  }
}

describe('what residents are told', () => {
  it.each([
    [count(42), count(37), { value: '42', base: '', change: '▲ 比上月多 5' }],
    [count(3), count(3), { value: '3', base: '', change: '与上月持平' }],
    [count(0), count(2), { value: '0', base: '', change: '▼ 比上月少 2' }],
    [count(4), withheld('few'), { value: '4', base: '', change: '' }],
    [withheld('few'), count(9), { value: null, base: '不足 5 人，不写数字', change: '' }],
    [withheld('something new'), count(9), { value: null, base: '没有可算的', change: '' }],
  ])('says %o after %o', (now, before, said) => {
    expect(told('reported', now, before, say)).toEqual(said)
  })

  it('says what a share is made of', () => {
    expect(told('satisfied', share(21, 24), share(24, 30), say)).toEqual({
      value: '88%',
      base: '24 次评分，21 次满意',
      change: '▲ 比上月高 8 个百分点',
    })
  })

  it('answers in its title, and never with a figure of few people', () => {
    expect(answer(month(count(42), count(39)), say)).toBe('大家反映了 42 件事，办结了 39 件')
    expect(answer(month(count(42), withheld('few')), say)).toBe('大家反映了 42 件事')
    expect(answer(month(withheld('few'), count(39)), say)).toBe('这个月反映的人还不多，数字先不写')
  })

  it('thanks volunteers where there were enough of them', () => {
    expect(walked(month(count(1), count(1)), say)).toBe('志愿者巡逻 3 次，服务 6.5 小时。')
    expect(walked(month(count(1), count(1), count(3), withheld('few')), say)).toBe('')
    expect(walked(month(count(1), count(1), count(0)), say)).toBe('')
  })

  it('names months and draws bars', () => {
    expect(monthText('2026-10', say)).toBe('2026年10月')
    expect(lengths([{ reported: 10 }, { reported: 5 }])).toEqual([1, 0.5])
    expect(lengths([{ reported: 0 }])).toEqual([0])
  })
})
