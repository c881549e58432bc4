import { describe, expect, it } from 'vitest'

import type { Overview, Rate } from '@/api'
import { say } from '@/locale'
import { answers, countDirection, denominator, directionOf, percent, rateDirection } from '@/pkg-committees/components/figures'

function rate(numerator: number, whole: number, excluded = 0): Rate {
  return { value: whole ? numerator / whole : null, numerator, denominator: whole, excluded }
}

const totals = { reported: 23, open: 4, overdue: 1, closed: 17 }
const rates = { on_time: rate(23, 25), satisfied: rate(0, 0), resolved: rate(17, 17) }
const overview = {
  totals,
  rates,
  previous: { from: '2026-10-01', to: '2026-10-20', totals, rates: { ...rates, on_time: rate(22, 25) } },
  by_day: [
    { date: '2026-11-19', reported: 3, closed: 1 },
    { date: '2026-11-20', reported: 5, closed: 2 },
  ],
  by_category: [{ category: 'WASTE', name: '暴露垃圾', reported: 6, open: 1, overdue: 0, closed: 5, on_time: rate(5, 5) }],
  by_grid: [{ place_code: '1', name: '第2网格', reported: 6, open: 0, overdue: 0, closed: 5 }],
} as unknown as Overview

describe('figures', () => {
  it('compares what happened, and not what is open now with what is open now of earlier days', () => {
    const before = { ...overview, previous: { ...overview.previous, totals: { reported: 20, open: 0, overdue: 0, closed: 17 } } }
    const told = (['reported', 'open', 'overdue', 'closed'] as const).map((name) => directionOf(name, before, say)?.words ?? null)
    expect(told).toEqual(['比上期多 3 件', null, null, '与上期持平'])
  })

  it('come with their direction, in a word and an arrow', () => {
    expect(countDirection(4, 1, say)).toEqual({ words: '比上期多 3 件', arrow: '▲' })
    expect(countDirection(1, 4, say)).toEqual({ words: '比上期少 3 件', arrow: '▼' })
    expect(countDirection(4, 4, say)).toEqual({ words: '与上期持平', arrow: '＝' })
    expect(rateDirection(rate(23, 25), rate(22, 25), say)).toEqual({ words: '比上期高 4 个百分点', arrow: '▲' })
  })

  it('have no direction where there is nothing to compare', () => {
    expect(rateDirection(rate(1, 1), rate(0, 0), say)).toBeNull()
  })

  it('show what they were counted from', () => {
    expect(percent(rate(23, 25))).toBe('92%')
    expect(percent(rate(0, 0))).toBe('—')
    expect(denominator(rate(23, 25, 2), say)).toBe('25 件中 23 件，2 件不计')
    expect(denominator(rate(0, 0), say)).toBe('还没有可算的')
  })
})

describe('the titles of the charts', () => {
  it('are the answers', () => {
    const words = answers(overview, (day) => day, say)
    expect(words.onTime).toBe('按时率 92%，比上期高 4 个百分点')
    expect(words.day).toBe('2026-11-20 报告最多，5 件')
    expect(words.category).toBe('最多的是暴露垃圾，6 件，占 26%')
    expect(words.grid).toBe('没有未结案的，都办完了')
  })

  it('say so when nothing happened', () => {
    const nothing = { ...overview, by_day: [], by_category: [], by_grid: [] }
    expect(answers(nothing, (day) => day, say).day).toBe('这段时间没有报告')
  })
})
