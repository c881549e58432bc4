/** The nine states of a hazard in the five words that every page uses, each with its own shape and tone. */
import type { HazardState } from '@/api'

import type { IconName } from './icons'

export type StateWord = 'new' | 'in_hand' | 'on_hold' | 'to_confirm' | 'closed'
export type Tone = 'info' | 'brand' | 'quiet' | 'waiting' | 'solved' | 'urgent'

const WORDS: Record<HazardState, StateWord> = {
  reported: 'new',
  accepted: 'in_hand',
  assigned: 'in_hand',
  handling: 'in_hand',
  suspended: 'on_hold',
  handled: 'to_confirm',
  closed: 'closed',
  declined: 'closed',
  withdrawn: 'closed',
}

const LOOKS: Record<StateWord, { tone: Tone; shape: IconName }> = {
  new: { tone: 'info', shape: 'ring' },
  in_hand: { tone: 'brand', shape: 'half' },
  on_hold: { tone: 'quiet', shape: 'bars' },
  to_confirm: { tone: 'waiting', shape: 'diamond' },
  closed: { tone: 'solved', shape: 'check' },
}

/** The words in the order of a case's life, with the states that each stands for (for filters). */
export const STATE_WORDS = Object.keys(LOOKS) as StateWord[]

export function statesOf(word: StateWord): string {
  return (Object.keys(WORDS) as HazardState[]).filter((state) => WORDS[state] === word).join(',')
}

export function stateWord(state: HazardState): StateWord {
  return WORDS[state]
}

export function stateLook(state: HazardState): { tone: Tone; shape: IconName } {
  const unsolved = state === 'declined' || state === 'withdrawn'
  return unsolved ? { tone: 'quiet', shape: 'minus' } : LOOKS[WORDS[state]]
}

/** How a closed case ended, where "closed" alone would not say it. */
export function ending(state: HazardState): 'declined' | 'withdrawn' | null {
  return state === 'declined' || state === 'withdrawn' ? state : null
}
