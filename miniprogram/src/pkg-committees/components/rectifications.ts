/** What has to be put right: its state in a word and a shape, and its promise. */
import type { Rectification, RectificationState } from '@/api'
import type { Say } from '@/locale'
import type { IconName } from '@/utils/icons'
import type { Tone } from '@/utils/states'
import { dayText } from '@/utils/time'

const LOOKS: Record<RectificationState, { tone: Tone; shape: IconName }> = {
  open: { tone: 'waiting', shape: 'diamond' },
  answered: { tone: 'info', shape: 'half' },
  accepted: { tone: 'solved', shape: 'check' },
  withdrawn: { tone: 'quiet', shape: 'minus' },
}

export const RECTIFICATION_STATES = ['open', 'answered', 'accepted', 'withdrawn'] as const

export function rectificationLook(state: RectificationState): { tone: Tone; shape: IconName } {
  return LOOKS[state]
}

/** The promise: by when it must be answered, that it is late, or what became of it. */
export function dueWords({ state, due_on: due, late }: Pick<Rectification, 'state' | 'due_on' | 'late'>, now: Date, say: Say): string {
  const day = dayText(due, now, say)
  if (state !== 'open') {
    return say('rectification.wasDue', { day })
  }
  return say(late ? 'rectification.late' : 'rectification.due', { day })
}
