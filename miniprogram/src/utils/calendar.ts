/** Days and weeks for the calendar of shifts; a day is YYYY-MM-DD in Shanghai, weeks begin on Monday. */
import type { Say } from '@/locale'

import { addDays, clockTime, dayOf, dayWord } from './time'

const DAYS_OF_WEEK = 7
const NOON = 'T12:00:00+08:00'

export interface Timed {
  starts_at: string
  ends_at: string
}

export interface DayGroup<Item> {
  day: string
  items: Item[]
}

/** 1 for Monday to 7 for Sunday. */
export function weekday(day: string): number {
  return ((new Date(`${day}T00:00:00Z`).getUTCDay() + DAYS_OF_WEEK - 1) % DAYS_OF_WEEK) + 1
}

export function mondayOf(day: string): string {
  return addDays(day, 1 - weekday(day))
}

export function weekOf(day: string): string[] {
  const monday = mondayOf(day)
  return Array.from({ length: DAYS_OF_WEEK }, (_, index) => addDays(monday, index))
}

/** The weeks that a month touches, each of seven days. */
export function monthOf(day: string): string[][] {
  const month = day.slice(0, 7)
  const weeks: string[][] = []
  for (let monday = mondayOf(`${month}-01`); monday.slice(0, 7) <= month; monday = addDays(monday, DAYS_OF_WEEK)) {
    weeks.push(weekOf(monday))
  }
  return weeks
}

export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1] = day.split('-').map(Number)
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10)
}

/** By the day on which they begin, earliest first. */
export function byDay<Item extends Timed>(items: readonly Item[]): DayGroup<Item>[] {
  const groups = new Map<string, Item[]>()
  const inTurn = [...items].sort((a, b) => a.starts_at.localeCompare(b.starts_at))
  for (const item of inTurn) {
    const day = dayOf(new Date(item.starts_at))
    groups.set(day, [...(groups.get(day) ?? []), item])
  }
  return [...groups].map(([day, own]) => ({ day, items: own }))
}

/** "今天 周六", "11月23日 周一". */
export function dayHeading(day: string, now: Date, say: Say): string {
  return say('shift.dayHeading', { day: dayWord(`${day}${NOON}`, now, say), weekday: say(`weekday.${weekday(day)}`) })
}

/** "19:00–21:00"; over midnight "22:00–次日 00:30". */
export function clockRange({ starts_at: from, ends_at: to }: Timed, say: Say): string {
  const overnight = dayOf(new Date(from)) !== dayOf(new Date(to))
  const end = overnight ? say('shift.nextDay', { clock: clockTime(to) }) : clockTime(to)
  return `${clockTime(from)}–${end}`
}

/** "明天 19:00–21:00". */
export function shiftTime(shift: Timed, now: Date, say: Say): string {
  return say('time.when', { day: dayWord(shift.starts_at, now, say), clock: clockRange(shift, say) })
}
