import type { Breadth, BreadthTopic, Campaign, CampaignItem, CampaignState, Challenge, ChallengeState, PaperQuestion } from '@/api'
import type { Say } from '@/locale'
import { points } from '@/utils/half-up'
import type { IconName } from '@/utils/icons'
import type { Tone } from '@/utils/states'
import { dayText, when } from '@/utils/time'

type Look = { tone: Tone; shape: IconName }

const LOOKS: Record<CampaignState, Look> = {
  draft: { tone: 'quiet', shape: 'pen' },
  announced: { tone: 'info', shape: 'ring' },
  running: { tone: 'brand', shape: 'half' },
  over: { tone: 'quiet', shape: 'check' },
  cancelled: { tone: 'quiet', shape: 'minus' },
}

export function campaignLook(state: CampaignState): Look {
  return LOOKS[state]
}

const CHALLENGE_LOOKS: Record<ChallengeState, Look> = {
  planned: LOOKS.announced,
  running: LOOKS.running,
  over: LOOKS.over,
}

export function challengeLook(state: ChallengeState): Look {
  return CHALLENGE_LOOKS[state]
}

/** The promise of a campaign: until when, or what became of it. */
export function deadlineWords(one: Pick<CampaignItem, 'state' | 'first_day' | 'last_day'>, now: Date, say: Say): string {
  const from = dayText(one.first_day, now, say)
  const to = dayText(one.last_day, now, say)
  if (one.state === 'running') {
    return say('campaign.until', { day: to })
  }
  if (one.state === 'over') {
    return say('campaign.wasUntil', { day: to })
  }
  return say('campaign.fromTo', { from, to })
}

/** What a person's own tries come to, in a list. */
export function mineWords(one: CampaignItem, say: Say): string {
  const { passed, open, tries, best_percent: best } = one.mine
  if (passed) {
    return say('campaign.mine.passed', { percent: best ?? one.pass_percent })
  }
  if (open) {
    return say('campaign.mine.open')
  }
  return tries > 0 && best !== null ? say('campaign.mine.tried', { percent: best }) : ''
}

/** Why somebody cannot begin now, and when they can. */
export function reasonWords(one: Campaign, now: Date, say: Say): string {
  const { mine } = one
  if (!mine.for_me) {
    return say('campaign.why.notForMe')
  }
  if (mine.why_not === 'try_too_soon' && mine.next_try_at) {
    return say('campaign.why.try_too_soon', { when: when(mine.next_try_at, now, say) })
  }
  if (mine.why_not === 'campaign_not_running') {
    const early = one.state === 'announced'
    return early ? say('campaign.why.early', { day: dayText(one.first_day, now, say) }) : say('campaign.why.over')
  }
  return mine.why_not ? say(`campaign.why.${mine.why_not}`) : ''
}

/** "12 / 80": a figure is never shown without what it was counted from; too few people are said to be too few. */
export function countWords(people: number | null, of: number | null, fewest: number, say: Say): string {
  if (people === null) {
    return say('breadth.hidden', { fewest })
  }
  return of === null ? say('breadth.people', { people }) : say('breadth.peopleOf', { people, of })
}

/** Figures that are told in fives while they still change, so that no two of them give somebody away. */
export function atLeastWords(people: number | null, fewest: number, say: Say): string {
  return people === null ? say('breadth.hidden', { fewest }) : say('campaign.atLeast', { people })
}

/** The answer of the breadth page: where most take part, of those that may be told. */
export function breadthAnswer(breadth: Breadth, say: Say): string {
  const { total, fewest } = breadth
  if (total.people === null) {
    return say('breadth.answer.few', { fewest })
  }
  if (!breadth.final) {
    return say('breadth.answer.atLeast', { people: total.people })
  }
  return total.share === null
    ? say('breadth.answer.people', { people: total.people })
    : say('breadth.answer.share', { people: total.people, percent: points(total.share) })
}

/** What changed in a topic, in points of a hundred; null where one of the two is not told. */
export function change(topic: BreadthTopic): number | null {
  const [before, after] = [topic.before?.share ?? null, topic.after?.share ?? null]
  return before === null || after === null ? null : points(after) - points(before)
}

/** The topic that gained most, as the answer of its chart. */
export function knowledgeAnswer(topics: readonly BreadthTopic[], say: Say): string {
  const told = topics.flatMap((topic) => {
    const points = change(topic)
    return points === null ? [] : [{ name: topic.name, points }]
  })
  const [best] = told.sort((a, b) => b.points - a.points)
  if (!best) {
    return say('breadth.knowledge.none')
  }
  return best.points > 0 ? say('breadth.knowledge.best', { topic: best.name, points: best.points }) : say('breadth.knowledge.same')
}

/** The answer of a challenge's standing: who leads, or that too few take part to say. */
export function standingAnswer(challenge: Challenge, say: Say): string {
  if (challenge.state === 'planned') {
    return say('challenge.answer.planned')
  }
  const first = challenge.standing.filter(({ rank }) => rank === 1)
  const [leader] = first
  if (!leader) {
    return say('challenge.answer.none')
  }
  if (first.length > 1) {
    return say('challenge.answer.tied', { count: first.length })
  }
  return say(challenge.state === 'over' ? 'challenge.answer.won' : 'challenge.answer.leads', { name: leader.name })
}

type ChallengeGrid = Challenge['standing'][number]

/** While a challenge runs its numbers are in fives, so they are "at least", but for a goal that was reached. */
function isAtLeast({ state }: Challenge, { reached }: ChallengeGrid): boolean {
  return state === 'running' && !reached
}

export function gridPercent(challenge: Challenge, grid: ChallengeGrid, say: Say): string {
  const percent = grid.percent ?? 0
  return isAtLeast(challenge, grid) ? say('challenge.atLeastPercent', { percent }) : `${percent}%`
}

export function gridWords(challenge: Challenge, grid: ChallengeGrid, say: Say): string {
  const { people, of } = grid
  return people !== null && of !== null && isAtLeast(challenge, grid)
    ? say('challenge.atLeastOf', { people, of })
    : countWords(people, of, challenge.fewest, say)
}

/** The letters of one printed question after one of them was tapped. */
export function lettersAfter(question: PaperQuestion, given: string, letter: string): string {
  if (question.pick === 'one') {
    return given === letter ? '' : letter
  }
  if (given.includes(letter)) {
    return given.replace(letter, '')
  }
  const more = given + letter
  return question.pick === 'order' ? more : [...more].sort().join('')
}

/** How many printed questions have a whole answer; of an order half of it is none. */
export function answered(questions: readonly PaperQuestion[], answers: readonly string[]): number {
  return questions.filter(({ pick, letters }, index) => {
    const given = answers[index] ?? ''
    return pick === 'order' ? given.length === letters.length : given.length > 0
  }).length
}
