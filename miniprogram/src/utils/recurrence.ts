/** Repetition as people say it: which weekdays, every how many weeks. The service keeps it as RFC 5545's RRULE. */
import type { Say } from '@/locale'

const CODES = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
const WORK_DAYS = 5

export interface Recurrence {
  /** 1 for Monday to 7 for Sunday, in order; none for a rule that this form cannot show. */
  weekdays: number[]
  /** Every how many weeks. */
  weeks: number
}

export function recurrenceOf(rule: string): Recurrence {
  const interval = Number(/INTERVAL=(\d+)/.exec(rule)?.[1] ?? 1)
  const isDaily = rule.includes('FREQ=DAILY')
  if (isDaily) {
    return { weekdays: interval === 1 ? CODES.map((_, index) => index + 1) : [], weeks: 1 }
  }
  const named = /BYDAY=([A-Z,]+)/.exec(rule)?.[1]?.split(',') ?? []
  return { weekdays: CODES.flatMap((code, index) => (named.includes(code) ? [index + 1] : [])), weeks: interval }
}

export function ruleOf({ weekdays, weeks }: Recurrence): string {
  const days = [...weekdays].sort((a, b) => a - b).map((day) => CODES[day - 1])
  if (days.length === CODES.length && weeks === 1) {
    return 'FREQ=DAILY'
  }
  return [`FREQ=WEEKLY`, ...(weeks > 1 ? [`INTERVAL=${weeks}`] : []), `BYDAY=${days.join(',')}`].join(';')
}

function dayWords(weekdays: readonly number[], say: Say): string {
  if (weekdays.length === CODES.length) {
    return say('recurrence.daily')
  }
  if (weekdays.length === WORK_DAYS && weekdays.every((day) => day <= WORK_DAYS)) {
    return say('recurrence.workDays')
  }
  return say('recurrence.weekly', { days: weekdays.map((day) => say(`weekday.${day}`)).join(say('list.comma')) })
}

/** "每天", "周一至周五", "每周二、周四", "每 2 周：每周二". */
export function recurrenceWords(rule: string, say: Say): string {
  const { weekdays, weeks } = recurrenceOf(rule)
  if (weekdays.length === 0) {
    return rule
  }
  const words = dayWords(weekdays, say)
  return weeks > 1 ? say('recurrence.everyWeeks', { weeks, days: words }) : words
}
