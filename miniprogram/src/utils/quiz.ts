/** How a question is answered, whatever its kind: what is chosen is a list of option ids, of an order all in turn. */
import type { QuizExplanation, QuizOption, QuizQuestion, TopicKnowledge } from '@/api'
import type { Say } from '@/locale'

import type { IconName } from './icons'
import type { Tone } from './states'

/** What lies chosen before anybody touched it: an order is always some order. */
export function beginning(question: QuizQuestion): string[] {
  return question.kind === 'ordering' ? question.options.map(({ id }) => id) : []
}

/** What is chosen after an option was tapped: one takes the place of another, of several each is on or off. */
export function tapped(question: QuizQuestion, chosen: readonly string[], id: string): string[] {
  if (question.kind === 'single' || question.kind === 'true_false') {
    return [id]
  }
  return chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]
}

/** The order after one was moved up (-1) or down (1); at the end it stays. */
export function moved(chosen: readonly string[], id: string, by: -1 | 1): string[] {
  const from = chosen.indexOf(id)
  const to = from + by
  const order = [...chosen]
  if (from >= 0 && to >= 0 && to < order.length) {
    order.splice(from, 1)
    order.splice(to, 0, id)
  }
  return order
}

/** Whether that is an answer which the service would take. */
export function isComplete(question: QuizQuestion, chosen: readonly string[]): boolean {
  return question.kind === 'ordering' ? chosen.length === question.options.length : chosen.length > 0
}

/** Options in the order in which they are to be shown: an order as it lies now, or once answered, as it is right. */
export function inTurn(question: QuizQuestion, chosen: readonly string[], answer?: QuizExplanation | null): QuizOption[] {
  if (question.kind !== 'ordering') {
    return question.options
  }
  const order = answer?.right_option_ids ?? (chosen.length > 0 ? chosen : beginning(question))
  return order.flatMap((id) => question.options.filter((option) => option.id === id))
}

/** What became of an option: `missed` is right, and was not chosen. */
export type Mark = 'right' | 'wrong' | 'missed' | 'none'

export function markOf(question: QuizQuestion, chosen: readonly string[], id: string, answer?: QuizExplanation | null): Mark {
  if (!answer) {
    return 'none'
  }
  if (question.kind === 'ordering') {
    return chosen.indexOf(id) === answer.right_option_ids.indexOf(id) ? 'right' : 'missed'
  }
  const isRight = answer.right_option_ids.includes(id)
  if (chosen.includes(id)) {
    return isRight ? 'right' : 'wrong'
  }
  return isRight ? 'missed' : 'none'
}

/** Right or not, in a shape and a tone; the word stands beside it. */
export function verdictLook(correct: boolean): { tone: Tone; shape: IconName; word: string } {
  return correct
    ? { tone: 'solved', shape: 'check', word: 'quiz.right' }
    : { tone: 'waiting', shape: 'close', word: 'quiz.wrong' }
}

const SECOND_MS = 1000
const MINUTE_S = 60

export interface TimeLeft {
  /** Of the whole, 1 to 0. */
  share: number
  /** "1:20"; empty when the time is over. */
  clock: string
}

/** How much is left on the server's clock; `aheadMs` is how far it is ahead of the phone's. */
export function timeLeft(startedAt: string, deadline: string, now: Date, aheadMs: number): TimeLeft {
  const end = new Date(deadline).getTime()
  const whole = end - new Date(startedAt).getTime()
  const left = end - now.getTime() - aheadMs
  if (left <= 0) {
    return { share: 0, clock: '' }
  }
  const seconds = Math.ceil(left / SECOND_MS)
  return {
    share: Math.min(1, left / whole),
    clock: `${Math.floor(seconds / MINUTE_S)}:${String(seconds % MINUTE_S).padStart(2, '0')}`,
  }
}

/** What is to be done in a topic: "3 道该复习了 · 5 道还没见过". */
export function topicState({ questions, seen, due }: TopicKnowledge, say: Say): string {
  const unseen = Math.max(0, questions - seen)
  const states = [
    due > 0 ? say('practice.topicDue', { count: due }) : '',
    unseen > 0 ? say('practice.topicNew', { count: unseen }) : '',
  ].filter(Boolean)
  return states.length > 0 ? states.join(' · ') : say('practice.topicKnown')
}

/** What the picture of one's knowledge says, as its title; only topics that were practised can be best or worst. */
export function knowledgeAnswer(topics: readonly TopicKnowledge[], say: Say): string {
  const ranked = topics.filter(({ seen }) => seen > 0).sort((a, b) => knownShare(b) - knownShare(a) || b.known - a.known)
  const best = ranked[0]
  const worst = ranked.at(-1)
  if (!best || !worst) {
    return say('knowledge.answer.none')
  }
  return knownShare(worst) < knownShare(best)
    ? say('knowledge.answer.both', { best: best.name, worst: worst.name })
    : say('knowledge.answer.best', { best: best.name })
}

function knownShare({ known, questions }: TopicKnowledge): number {
  return questions > 0 ? known / questions : 0
}

const DAY_MS = 86_400_000
/** The first day of 1970, counted from the first of year 1. */
const EPOCH_DAY = 719_163

/** The number by which notices know a day's quiz: its day, counted from the first of year 1. */
export function dayNumber(day: string): number {
  return new Date(`${day}T00:00:00Z`).getTime() / DAY_MS + EPOCH_DAY
}
