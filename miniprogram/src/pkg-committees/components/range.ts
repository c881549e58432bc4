/** Which days a page of figures is about, and how they are passed on from page to page. */
import type { PeriodKind } from '@/api'
import { addDays, type Period } from '@/utils/time'

export const RANGE_KINDS = ['week', 'month', 'quarter', 'year', 'custom'] as const
export type RangeKind = (typeof RANGE_KINDS)[number]

/** `offset`: 0 is the period of today, -1 the one before. `from` and `to` are only those of `custom`. */
export interface RangeChoice extends Period {
  kind: RangeKind
  offset: number
}

const MONTHS_OF: Record<'month' | 'quarter' | 'year', number> = { month: 1, quarter: 3, year: 12 }
const DAYS_OF_WEEK = 7
const DAY_MS = 86_400_000
const MOST_DAYS_BY: [number, PeriodKind][] = [
  [DAYS_OF_WEEK, 'day'],
  [100, 'week'],
  [800, 'month'],
]
/** More bars than these cannot be told apart on a phone. */
const MOST_BARS = 62
const ABOUT_DAYS = { day: 1, week: 7, month: 30, quarter: 91, year: 365 } as const

export function daysOf({ from, to }: Period): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS) + 1
}

function monthsFrom(day: string, months: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1)).toISOString().slice(0, 10)
}

/** The days that are meant; a period that is not over ends today. */
export function daysMeant(choice: RangeChoice, today: string): Period {
  const { from, to } = daysAsked(choice, today)
  return { from, to: choice.kind !== 'custom' && to > today ? today : to }
}

/** The days to ask for: of a period all of them, for in October a quarter so far and the month so far are the same days. */
export function daysAsked({ kind, offset, from, to }: RangeChoice, today: string): Period {
  if (kind === 'custom') {
    return { from, to }
  }
  const [first, next] = kind === 'week' ? weekAt(today, offset) : spanAt(today, kind, offset)
  return { from: first, to: addDays(next, -1) }
}

function weekAt(today: string, offset: number): [string, string] {
  const sinceMonday = (new Date(`${today}T00:00:00Z`).getUTCDay() + DAYS_OF_WEEK - 1) % DAYS_OF_WEEK
  const monday = addDays(today, DAYS_OF_WEEK * offset - sinceMonday)
  return [monday, addDays(monday, DAYS_OF_WEEK)]
}

function spanAt(today: string, kind: 'month' | 'quarter' | 'year', offset: number): [string, string] {
  const months = MONTHS_OF[kind]
  const month = new Date(`${today}T00:00:00Z`).getUTCMonth()
  const first = monthsFrom(today, offset * months - (month % months))
  return [first, monthsFrom(first, months)]
}

/** What a page's address says of them. */
export function queryOf({ kind, offset, from, to }: RangeChoice): Record<string, string | number> {
  return kind === 'custom' ? { kind, from, to } : { kind, offset }
}

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** What an address says; the current month where it says nothing that makes sense. */
export function choiceOf(query: Record<string, unknown> | undefined, today: string): RangeChoice {
  const month = daysMeant({ kind: 'month', offset: 0, from: '', to: '' }, today)
  const kind = RANGE_KINDS.find((one) => one === query?.kind) ?? 'month'
  const [from, to] = [String(query?.from ?? ''), String(query?.to ?? '')]
  if (kind === 'custom') {
    return DAY.test(from) && DAY.test(to) && from <= to ? { kind, offset: 0, from, to } : { kind: 'month', offset: 0, ...month }
  }
  const offset = Math.min(0, Math.trunc(Number(query?.offset ?? 0)) || 0)
  return { kind, offset, ...month }
}

const PLACE = /^\d{6,15}$/

/** The place that an address names; one without a value, which some phones call "null", names none. */
export function placeAsked(query: Record<string, unknown> | undefined, own = ''): string {
  const place = String(query?.place ?? '')
  return PLACE.test(place) ? place : own
}

/** By what the days are drawn at first: few bars, and so long that they may be told. */
export function usualPeriod(days: Period): PeriodKind {
  const length = daysOf(days)
  return MOST_DAYS_BY.find(([most]) => length <= most)?.[1] ?? 'year'
}

/** By what else they can be drawn. */
export function periodsFor(days: Period): PeriodKind[] {
  const length = daysOf(days)
  const fits = (['day', 'week', 'month', 'quarter', 'year'] as const).filter(
    (kind) => length / ABOUT_DAYS[kind] <= MOST_BARS && (kind === 'day' || length > ABOUT_DAYS[kind]),
  )
  return fits.slice(0, 3)
}
