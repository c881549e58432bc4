import { describe, expect, it } from 'vitest'

import { choiceOf, daysAsked, daysMeant, daysOf, periodsFor, placeAsked, queryOf, type RangeChoice, usualPeriod } from '@/pkg-committees/components/range'

const TODAY = '2026-11-21'
const blank = { from: '', to: '' }

describe('the days of a page of figures', () => {
  it.each([
    ['week', 0, '2026-11-16', '2026-11-21'],
    ['week', -1, '2026-11-09', '2026-11-15'],
    ['month', 0, '2026-11-01', '2026-11-21'],
    ['month', -1, '2026-10-01', '2026-10-31'],
    ['month', -11, '2025-12-01', '2025-12-31'],
    ['quarter', 0, '2026-10-01', '2026-11-21'],
    ['quarter', -1, '2026-07-01', '2026-09-30'],
    ['quarter', -4, '2025-10-01', '2025-12-31'],
    ['year', 0, '2026-01-01', '2026-11-21'],
    ['year', -1, '2025-01-01', '2025-12-31'],
  ] as const)('of %s %i are %s to %s', (kind, offset, from, to) => {
    expect(daysMeant({ kind, offset, ...blank }, TODAY)).toEqual({ from, to })
  })

  it('end today, even on the first of a month', () => {
    expect(daysMeant({ kind: 'month', offset: 0, ...blank }, '2026-12-01')).toEqual({ from: '2026-12-01', to: '2026-12-01' })
  })

  it('are asked for whole, so that a period that has just begun is not taken for a shorter one', () => {
    const asked = (kind: 'month' | 'quarter' | 'year') => daysAsked({ kind, offset: 0, ...blank }, '2026-01-10')
    expect(asked('month')).toEqual({ from: '2026-01-01', to: '2026-01-31' })
    expect(asked('quarter')).toEqual({ from: '2026-01-01', to: '2026-03-31' })
    expect(asked('year')).toEqual({ from: '2026-01-01', to: '2026-12-31' })
    expect(daysAsked({ kind: 'custom', offset: 0, from: '2026-01-03', to: '2026-01-05' }, '2026-01-10')).toEqual({ from: '2026-01-03', to: '2026-01-05' })
  })

  it('go from page to page by the address, as they were', () => {
    const before: RangeChoice = { kind: 'quarter', offset: -1, ...blank }
    expect(daysMeant(choiceOf(queryOf(before), TODAY), TODAY)).toEqual({ from: '2026-07-01', to: '2026-09-30' })
    const any: RangeChoice = { kind: 'custom', offset: 0, from: '2026-11-03', to: '2026-11-05' }
    expect(choiceOf(queryOf(any), TODAY)).toEqual(any)
  })

  it.each([[undefined], [{ kind: 'decade' }], [{ kind: 'month', offset: '3' }], [{ kind: 'custom', from: '2026-11-05', to: '2026-11-03' }], [{ kind: 'custom', from: 'x' }], [{ offset: 'x' }]])(
    'are this month where an address says %o',
    (query) => {
      expect(daysMeant(choiceOf(query, TODAY), TODAY)).toEqual({ from: '2026-11-01', to: '2026-11-21' })
    },
  )

  it('are drawn by periods that leave a few bars', () => {
    const month = { from: '2026-11-01', to: '2026-11-30' }
    expect(daysOf(month)).toBe(30)
    expect(usualPeriod({ from: '2026-11-16', to: '2026-11-21' })).toBe('day')
    expect(usualPeriod(month)).toBe('week')
    expect(usualPeriod({ from: '2026-01-01', to: '2026-11-21' })).toBe('month')
    expect(usualPeriod({ from: '2022-01-01', to: '2026-11-21' })).toBe('year')
    expect(periodsFor(month)).toEqual(['day', 'week'])
    expect(periodsFor({ from: '2026-01-01', to: '2026-12-31' })).toEqual(['week', 'month', 'quarter'])
    expect(periodsFor({ from: '2022-01-01', to: '2026-12-31' })).toContain('year')
    for (const days of [month, { from: '2026-11-16', to: '2026-11-21' }, { from: '2026-01-01', to: '2026-11-21' }, { from: '2022-01-01', to: '2026-11-21' }]) {
      expect(periodsFor(days)).toContain(usualPeriod(days))
    }
  })
})

describe('the place of a page of figures', () => {
  it.each([
    [{ place: '510105007004001' }, '510105007004001'],
    [{ place: '' }, '510105007004'],
    [{ place: null }, '510105007004'],
    [{ place: 'null' }, '510105007004'],
    [{ place: 'undefined' }, '510105007004'],
    [undefined, '510105007004'],
  ])('of %j is %s', (query, place) => {
    expect(placeAsked(query, '510105007004')).toBe(place)
  })
})
