/** What the figures of participation say, in sentences: where nobody walked, and at which hours. */
import type { Coverage } from '@/api'
import type { Say } from '@/locale'

const HOURS = 24
const NIGHT_UNTIL = 6
const MOST_NAMED = 3

export interface HourBar {
  hour: number
  minutes: number
  /** 0 to 1 of the busiest hour. */
  share: number
}

export function hourBars(byHour: readonly number[]): HourBar[] {
  const most = Math.max(1, ...byHour)
  return Array.from({ length: HOURS }, (_, hour) => ({ hour, minutes: byHour[hour] ?? 0, share: (byHour[hour] ?? 0) / most }))
}

/** The hours of all grids together. */
export function summedHours(coverage: readonly Pick<Coverage, 'by_hour'>[]): number[] {
  return Array.from({ length: HOURS }, (_, hour) => coverage.reduce((sum, { by_hour: own }) => sum + (own[hour] ?? 0), 0))
}

/** The longest run of hours in which nobody walked, around midnight too; null if there is none. */
export function longestGap(byHour: readonly number[]): { from: number; until: number } | null {
  let best: { from: number; length: number } | null = null
  for (let from = 0; from < HOURS; from += 1) {
    let length = 0
    while (length < HOURS && (byHour[(from + length) % HOURS] ?? 0) === 0) {
      length += 1
    }
    if (length > (best?.length ?? 0)) {
      best = { from, length }
    }
  }
  return best && { from: best.from, until: (best.from + best.length) % HOURS }
}

function busiest(byHour: readonly number[]): number {
  return byHour.indexOf(Math.max(...byHour))
}

const two = (hour: number): string => `${String(hour).padStart(2, '0')}:00`

/** "19 点走得最多，0 到 6 点没有人走". */
export function hoursAnswer(byHour: readonly number[], say: Say): string {
  const gap = longestGap(byHour)
  if (byHour.every((minutes) => minutes === 0)) {
    return say('part.answer.nobody')
  }
  const most = say('part.answer.most', { hour: two(busiest(byHour)) })
  return gap ? say('part.answer.gap', { most, from: two(gap.from), until: two(gap.until) }) : most
}

export function neverWalked<Grid extends Pick<Coverage, 'walked_minutes'>>(coverage: readonly Grid[]): Grid[] {
  return coverage.filter(({ walked_minutes: minutes }) => minutes === 0)
}

export function placesAnswer(coverage: readonly Pick<Coverage, 'walked_minutes' | 'name'>[], say: Say): string {
  const never = neverWalked(coverage)
  if (never.length === 0) {
    return say('part.answer.everywhere', { count: coverage.length })
  }
  const names = never.slice(0, MOST_NAMED).map(({ name }) => name).join(say('list.comma'))
  return never.length > MOST_NAMED ? say('part.answer.neverMany', { names, count: never.length }) : say('part.answer.never', { names })
}

/** Whether an hour belongs to the night, which the strip shades. */
export function isNight(hour: number): boolean {
  return hour < NIGHT_UNTIL || hour >= 22
}
