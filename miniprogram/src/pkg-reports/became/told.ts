/** How a month is said to residents: figures with what they are made of, or why there are none. */
import type { Became, ToldFigure } from '@/api'
import type { Say } from '@/locale'
import { points } from '@/utils/half-up'

const REASONS = ['few', 'coverage', 'nothing']

export const FIGURES = ['reported', 'closed', 'on_time', 'satisfied', 'resolved'] as const
export type FigureName = (typeof FIGURES)[number]

export interface Told {
  /** The figure itself; none where it is withheld. */
  value: string | null
  /** What it is made of, or why it is not told. */
  base: string
  /** How it stands against the month before; nothing where one of them is withheld. */
  change: string
}

function shown({ value, denominator }: ToldFigure): string {
  return denominator === null ? String(value ?? 0) : `${points(value ?? 0)}%`
}

function size({ value, denominator }: ToldFigure): number {
  return denominator === null ? (value ?? 0) : points(value ?? 0)
}

/** One that is withheld is said in words and never as nought. */
export function told(name: FigureName, now: ToldFigure, before: ToldFigure, say: Say): Told {
  if (now.withheld !== null) {
    const reason = REASONS.includes(now.withheld) ? now.withheld : 'nothing'
    return { value: null, base: say(`became.hidden.${reason}`), change: '' }
  }
  const made = { a: now.numerator ?? 0, b: now.denominator ?? 0 }
  const base = now.denominator === null ? '' : say(`became.of.${name}`, made)
  return { value: shown(now), base, change: before.withheld === null ? change(now, before, say) : '' }
}

function change(now: ToldFigure, before: ToldFigure, say: Say): string {
  const by = size(now) - size(before)
  if (by === 0) {
    return say('became.level')
  }
  const unit = now.denominator === null ? 'count' : 'points'
  return `${by > 0 ? '▲' : '▼'} ${say(`became.${by > 0 ? 'more' : 'less'}.${unit}`, { by: Math.abs(by) })}`
}

/** The title is the answer: so many things, so many done. */
export function answer({ figures: { reported, closed } }: Became, say: Say): string {
  if (reported.withheld !== null) {
    return say('became.quiet')
  }
  if (closed.withheld !== null) {
    return say('became.reported', { reported: reported.value ?? 0 })
  }
  return say('became.answer', { reported: reported.value ?? 0, closed: closed.value ?? 0 })
}

/** What volunteers did, where enough of them did it. */
export function walked({ walked: { rounds, hours } }: Became, say: Say): string {
  if (rounds.withheld !== null || hours.withheld !== null || !rounds.value) {
    return ''
  }
  return say('became.walked', { rounds: rounds.value, hours: hours.value ?? 0 })
}

/** `2026-10` as people say it. */
export function monthText(month: string, say: Say): string {
  const [year, number] = month.split('-').map(Number)
  return say('became.month', { year: year ?? 0, month: say(`became.months.${number ?? 1}`) })
}

/** How long a category's bar is, from 0 to 1. */
export function lengths(rows: readonly { reported: number }[]): number[] {
  const most = Math.max(1, ...rows.map(({ reported }) => reported))
  return rows.map(({ reported }) => reported / most)
}
