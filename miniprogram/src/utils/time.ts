/**
 * Times as neighbours say them: "今天 16:40", "明天 09:00", "11月23日 16:40".
 * Always Shanghai's clock (UTC+8, no summer time since 1991), whatever the phone's own zone is.
 */
import type { Say } from '@/locale'

const SHANGHAI_AHEAD_MS = 8 * 3600_000
const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000
const DAYS_OF_WEEK = 7
const MONTHS_OF_QUARTER = 3
const LARGEST_AGO_HOURS = 12

export interface Period {
  from: string
  to: string
}

const twoDigits = (value: number): string => String(value).padStart(2, '0')

/** A date whose UTC parts are Shanghai's wall clock. */
function wallClock(moment: Date): Date {
  return new Date(moment.getTime() + SHANGHAI_AHEAD_MS)
}

function dayNumber(moment: Date): number {
  return Math.floor(wallClock(moment).getTime() / DAY_MS)
}

export function clockTime(iso: string): string {
  const wall = wallClock(new Date(iso))
  return `${twoDigits(wall.getUTCHours())}:${twoDigits(wall.getUTCMinutes())}`
}

/** The Shanghai day of a moment, YYYY-MM-DD. */
export function dayOf(moment: Date): string {
  return wallClock(moment).toISOString().slice(0, 10)
}

function calendarDay(moment: Date, now: Date, say: Say): string {
  const wall = wallClock(moment)
  const parts = { year: wall.getUTCFullYear(), month: wall.getUTCMonth() + 1, day: wall.getUTCDate() }
  const words = { ...parts, monthName: say(`month.${parts.month}`) }
  return say(parts.year === wallClock(now).getUTCFullYear() ? 'time.day' : 'time.dayOfYear', words)
}

export function dayWord(iso: string, now: Date, say: Say): string {
  const moment = new Date(iso)
  switch (dayNumber(moment) - dayNumber(now)) {
    case -1:
      return say('time.yesterday')
    case 0:
      return say('time.today')
    case 1:
      return say('time.tomorrow')
    default:
      return calendarDay(moment, now, say)
  }
}

/** "今天 16:40", "tomorrow 09:00", "23 Nov 16:40". */
export function when(iso: string, now: Date, say: Say): string {
  return say('time.when', { day: dayWord(iso, now, say), clock: clockTime(iso) })
}

/** A span in its two largest units: "3 小时 20 分". Never less than a minute. */
export function span(milliseconds: number, say: Say): string {
  const minutes = Math.max(1, Math.floor(Math.abs(milliseconds) / MINUTE_MS))
  const days = Math.floor(minutes / (24 * 60))
  const hours = Math.floor(minutes / 60) % 24
  const rest = minutes % 60
  if (days > 0) {
    return hours > 0 ? say('time.daysHours', { days, hours }) : say('time.days', { days })
  }
  if (hours > 0) {
    return rest > 0 ? say('time.hoursMinutes', { hours, minutes: rest }) : say('time.hours', { hours })
  }
  return say('time.minutes', { minutes: rest })
}

/** How long since: "刚刚", "5 分钟前", "3 小时前", and after half a day the moment itself. */
export function ago(iso: string, now: Date, say: Say): string {
  const passed = now.getTime() - new Date(iso).getTime()
  if (passed < MINUTE_MS) {
    return say('time.justNow')
  }
  if (passed < HOUR_MS) {
    return say('time.minutesAgo', { minutes: Math.floor(passed / MINUTE_MS) })
  }
  if (passed < LARGEST_AGO_HOURS * HOUR_MS) {
    return say('time.hoursAgo', { hours: Math.floor(passed / HOUR_MS) })
  }
  return when(iso, now, say)
}

/** The share of the promised time that is gone, 0 to 1 and beyond. */
export function elapsedShare(from: string, until: string, now: Date): number {
  const start = new Date(from).getTime()
  const whole = new Date(until).getTime() - start
  return whole > 0 ? Math.max(0, (now.getTime() - start) / whole) : 1
}

export function addDays(day: string, days: number): string {
  return new Date(new Date(`${day}T00:00:00Z`).getTime() + days * DAY_MS).toISOString().slice(0, 10)
}

/** The week, month or quarter of a day so far. Weeks begin on Monday. */
export function periodTo(day: string, kind: 'week' | 'month' | 'quarter'): Period {
  const date = new Date(`${day}T00:00:00Z`)
  if (kind === 'week') {
    const sinceMonday = (date.getUTCDay() + DAYS_OF_WEEK - 1) % DAYS_OF_WEEK
    return { from: addDays(day, -sinceMonday), to: day }
  }
  const month = date.getUTCMonth()
  const first = kind === 'month' ? month : month - (month % MONTHS_OF_QUARTER)
  return { from: `${date.getUTCFullYear()}-${twoDigits(first + 1)}-01`, to: day }
}

/** A day (YYYY-MM-DD) in words: "11月23日". */
export function dayText(day: string, now: Date, say: Say): string {
  return calendarDay(new Date(`${day}T12:00:00+08:00`), now, say)
}

/** The moment at which a Shanghai day and clock time fall, as the API wants it. */
export function momentOf(day: string, clock: string): string {
  return new Date(`${day}T${clock}:00+08:00`).toISOString().replace('.000Z', 'Z')
}

export type PartOfDay = 'night' | 'morning' | 'noon' | 'afternoon' | 'evening'

export function partOfDay(now: Date): PartOfDay {
  const hour = wallClock(now).getUTCHours()
  const bounds: [number, PartOfDay][] = [
    [5, 'night'],
    [11, 'morning'],
    [13, 'noon'],
    [18, 'afternoon'],
    [23, 'evening'],
  ]
  return bounds.find(([until]) => hour < until)?.[1] ?? 'night'
}
