import { describe, expect, it } from 'vitest'

import { say } from '@/locale'
import { formatsHere, periodForm, periodsOver, periodText, progress } from '@/pkg-reports/components/standing'

describe('reports', () => {
  it('can be asked for of what is over, the last first', () => {
    expect(periodsOver('2026-01-15', 'month').slice(0, 2)).toEqual(['2025-12', '2025-11'])
    expect(periodsOver('2026-11-21', 'quarter')).toEqual(['2026-Q3', '2026-Q2', '2026-Q1', '2025-Q4'])
    expect(periodsOver('2026-01-15', 'quarter')).toEqual(['2025-Q4', '2025-Q3', '2025-Q2', '2025-Q1'])
    expect(new Set(periodsOver('2026-11-21', 'month')).size).toBe(12)
  })

  it('say of which days they are, to people and to the service', () => {
    expect(periodText('2026-10', say)).toBe('2026年10月')
    expect(periodText('2026-Q3', say)).toBe('2026年第3季度')
    expect([periodForm('2026-10'), periodForm('2026-Q3')]).toEqual([{ month: '2026-10' }, { quarter: '2026-Q3' }])
  })

  it('say how far they are', () => {
    expect([progress({ done: 1, of: 4 }), progress({ done: 5, of: 4 }), progress({ done: 0, of: 0 })]).toEqual([0.25, 1, 0])
  })

  it('are opened by what the platform can read', () => {
    expect(formatsHere(true)).toContain('html')
    expect(formatsHere(false)).toEqual(['pdf', 'xlsx'])
  })
})
