import type { FileFormat, QuestionFigures, QuestionFlag, QuestionMoveName, QuestionState } from '@/api'
import { points } from '@/utils/half-up'
import type { IconName } from '@/utils/icons'
import type { Tone } from '@/utils/states'

export const STATES: readonly QuestionState[] = ['draft', 'in_review', 'published', 'retired']

const LOOKS: Record<QuestionState, { tone: Tone; shape: IconName }> = {
  draft: { tone: 'quiet', shape: 'pen' },
  in_review: { tone: 'waiting', shape: 'diamond' },
  published: { tone: 'solved', shape: 'check' },
  retired: { tone: 'quiet', shape: 'minus' },
}

export function questionLook(state: QuestionState): { tone: Tone; shape: IconName } {
  return LOOKS[state]
}

/** Those that point at a bad question; the others are worth a look. */
const DOUBTFUL: readonly QuestionFlag[] = ['negative', 'poor', 'too_hard', 'rival']

export function isDoubtful(flag: QuestionFlag): boolean {
  return DOUBTFUL.includes(flag)
}

/** The one step forward that a page urges; the others are steps back and aside. */
const FORWARD: readonly QuestionMoveName[] = ['publish', 'submit']

export function forward<Move extends { move: QuestionMoveName }>(moves: readonly Move[]): Move | null {
  return moves.find(({ move }) => FORWARD.includes(move)) ?? null
}

/** What the share of right answers means, as a key of `question.facility.`. */
export function facilityWord(facility: number): 'hard' | 'fair' | 'easy' {
  if (facility <= 0.4) {
    return 'hard'
  }
  return facility < 0.9 ? 'fair' : 'easy'
}

/** What the correlation of being right here and elsewhere means, as a key of `question.discrimination.`. */
export function discriminationWord(value: number | null): 'unknown' | 'negative' | 'poor' | 'fair' | 'good' {
  if (value === null) {
    return 'unknown'
  }
  if (value < 0) {
    return 'negative'
  }
  if (value < 0.1) {
    return 'poor'
  }
  return value < 0.3 ? 'fair' : 'good'
}

export interface ChosenLine {
  number: number
  right: boolean
  share: number
  byBest: number
  byWorst: number
}

/** How many of a hundred chose each option. */
export function chosenLines(figures: QuestionFigures): ChosenLine[] {
  return figures.options.map((option) => ({
    number: option.number,
    right: option.right,
    share: points(option.share),
    byBest: points(option.by_best),
    byWorst: points(option.by_worst),
  }))
}

export const FORMATS: readonly FileFormat[] = ['csv', 'gift', 'moodle_xml', 'aiken']

const BY_ENDING: Record<string, FileFormat> = { csv: 'csv', xml: 'moodle_xml', gift: 'gift' }

/** What a file's name says of its format; a `.txt` may be either of two, so it leaves the choice as it is. */
export function formatOf(name: string): FileFormat | null {
  return BY_ENDING[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? null
}
