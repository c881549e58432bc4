/** What speaks for an entry of hours, in words and with a shape. */
import type { HourEntry } from '@/api'
import type { Say } from '@/locale'
import type { IconName } from '@/utils/icons'
import type { Tone } from '@/utils/states'

const HIGHEST = 5

export function evidenceWords(level: number, say: Say): string {
  return say(`evidence.${Math.max(0, Math.min(HIGHEST, level))}`)
}

export type EntryState = 'credited' | 'held' | 'reversed' | 'taken_back'

export function entryState(entry: Pick<HourEntry, 'minutes' | 'state' | 'reversed'>): EntryState {
  if (entry.minutes < 0) {
    return 'taken_back'
  }
  return entry.reversed ? 'reversed' : entry.state
}

export const ENTRY_LOOKS: Record<EntryState, { tone: Tone; shape: IconName }> = {
  credited: { tone: 'solved', shape: 'check' },
  held: { tone: 'waiting', shape: 'diamond' },
  reversed: { tone: 'quiet', shape: 'minus' },
  taken_back: { tone: 'quiet', shape: 'refresh' },
}
