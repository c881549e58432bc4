/** How long something still waits for an answer: in words from afar, in minutes and seconds at the end. */
import type { Say } from '@/locale'

import { span } from './time'

const SECOND_MS = 1000
const MINUTE_S = 60
const HOUR_MS = 3_600_000

export interface Countdown {
  over: boolean
  words: string
  /** Less than ten minutes are left. */
  pressing: boolean
}

const PRESSING_MS = 10 * MINUTE_S * SECOND_MS

export function countdown(until: string, now: Date, say: Say): Countdown {
  const left = new Date(until).getTime() - now.getTime()
  if (left <= 0) {
    return { over: true, words: say('countdown.over'), pressing: true }
  }
  const pressing = left < PRESSING_MS
  if (left >= HOUR_MS) {
    return { over: false, words: say('countdown.left', { span: span(left, say) }), pressing }
  }
  const seconds = Math.ceil(left / SECOND_MS)
  const clock = `${Math.floor(seconds / MINUTE_S)}:${String(seconds % MINUTE_S).padStart(2, '0')}`
  return { over: false, words: say('countdown.left', { span: clock }), pressing }
}
