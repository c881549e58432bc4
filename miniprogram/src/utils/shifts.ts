/** A shift in a word with its tone and shape, and how many it still needs. */
import type { ShiftItem } from '@/api'
import type { Say } from '@/locale'

import type { IconName } from './icons'
import type { Tone } from './states'

export type ShiftWord = 'joined' | 'seeking' | 'offered' | 'waiting' | 'cancelled' | 'over' | 'short' | 'open' | 'full'

const LOOKS: Record<ShiftWord, { tone: Tone; shape: IconName }> = {
  joined: { tone: 'brand', shape: 'check' },
  seeking: { tone: 'waiting', shape: 'swap' },
  offered: { tone: 'waiting', shape: 'diamond' },
  waiting: { tone: 'info', shape: 'clock' },
  cancelled: { tone: 'quiet', shape: 'minus' },
  over: { tone: 'quiet', shape: 'bars' },
  short: { tone: 'urgent', shape: 'people' },
  open: { tone: 'solved', shape: 'ring' },
  full: { tone: 'quiet', shape: 'dot' },
}

type Told = Pick<ShiftItem, 'state' | 'mine' | 'starts_at' | 'ends_at' | 'taken' | 'minimum' | 'places_left'>

/** What I am to it comes first; a cancelled or past one is that for everybody. */
export function shiftWord(shift: Told, now: Date): ShiftWord {
  if (shift.state === 'cancelled') {
    return 'cancelled'
  }
  if (new Date(shift.ends_at) <= now) {
    return 'over'
  }
  const { mine } = shift
  if (mine === 'joined' || mine === 'seeking' || mine === 'offered' || mine === 'waiting') {
    return mine
  }
  if (shift.places_left <= 0) {
    return 'full'
  }
  return shift.taken < shift.minimum ? 'short' : 'open'
}

export function shiftLook(word: ShiftWord): { tone: Tone; shape: IconName } {
  return LOOKS[word]
}

/** "还有 3 个名额", "候补 2 人", "差 1 人成行". */
export function seatWords(shift: Told & { waiting: number }, say: Say): string {
  if (shift.places_left <= 0) {
    return shift.waiting > 0 ? say('shift.seats.queue', { count: shift.waiting }) : say('shift.seats.none')
  }
  const missing = shift.minimum - shift.taken
  const left = say('shift.seats.left', { count: shift.places_left })
  return missing > 0 ? say('shift.seats.missing', { left, count: missing }) : left
}

export function isMine({ mine }: Pick<ShiftItem, 'mine'>): boolean {
  return mine === 'joined' || mine === 'seeking'
}

const SOON_MS = 3_600_000
const LATE_MS = 3 * 3_600_000

/** From an hour before until three hours after the end, as the service takes check-ins for its own. */
export function isWalkable(shift: Pick<ShiftItem, 'starts_at' | 'ends_at' | 'state'>, now: Date): boolean {
  const from = new Date(shift.starts_at).getTime() - SOON_MS
  const until = new Date(shift.ends_at).getTime() + LATE_MS
  return shift.state === 'open' && now.getTime() >= from && now.getTime() <= until
}

/** The one that is walked now, else the next; none of them past. */
export function nextOf(items: readonly ShiftItem[], now: Date): ShiftItem | null {
  const coming = items.filter((one) => isMine(one) && one.state === 'open' && new Date(one.ends_at) > now)
  return [...coming].sort((a, b) => a.starts_at.localeCompare(b.starts_at))[0] ?? null
}
