/** How a figure that can be opened is said: itself or why there is none, what it is made of, its direction. */
import type { Figures, Participation, PeriodFigures, PlainFigure, Siblings } from '@/api'
import type { Say } from '@/locale'
import { halfUp, points } from '@/utils/half-up'

import type { Direction } from './figures'

export const INDICES = ['participation', 'solving'] as const
export const INDICATORS = ['filing', 'on_time', 'closing', 'accurate_dispatch', 'rework', 'return', 'response', 'resolved', 'satisfied'] as const
export const ACTIVITIES = ['reported', 'confirmed', 'patrolled', 'learnt'] as const

const REASONS = ['few', 'coverage', 'grid', 'part', 'nothing']
const WHOLE = 100
const MINUTES_OF_HOUR = 60
const COUNTED_AS: Record<string, string> = {
  filing: 'cases',
  on_time: 'cases',
  closing: 'cases',
  response: 'cases',
  responsiveness: 'cases',
  accurate_dispatch: 'times',
  rework: 'times',
  return: 'times',
  resolved: 'times',
  satisfied: 'times',
  finality: 'times',
  breadth: 'people',
  continuity: 'people',
  silent: 'people',
  grids: 'grids',
  buildings: 'buildings',
  silent_buildings: 'buildings',
}

export interface Told {
  /** Nothing where it is withheld: a figure that may not be told never looks like one. */
  value: string | null
  /** What it is made of, or why it is not told. */
  base: string
  direction: Direction | null
}

const isIndex = (name: string): boolean => (INDICES as readonly string[]).includes(name)

type Scale = 'count' | 'hours' | 'share' | 'index'

function scale(name: string, { denominator }: PlainFigure): Scale {
  if (isIndex(name)) {
    return 'index'
  }
  return denominator === null ? (name === 'minutes' ? 'hours' : 'count') : 'share'
}

const oneDigit = (value: number): number => halfUp(value, 1)

/** A share of 0 to 1 in words; never 100 % of less, never 0 % of more. */
export function percentText(share: number): string {
  const exact = oneDigit(share * WHOLE)
  const isNearEnd = (share > 0 && exact < 1) || (share < 1 && exact > WHOLE - 1)
  if (!isNearEnd) {
    // Of the share, not of what was rounded before: 91.49 would be 91.5, and 92.
    return `${points(share)}%`
  }
  return `${Math.min(WHOLE - 0.1, Math.max(0.1, exact))}%`
}

/** A value on a figure's scale, as targets have them. */
export function valueText(name: string, value: number): string {
  return isIndex(name) ? String(oneDigit(value)) : percentText(value)
}

function text(figure: PlainFigure, on: Scale): string | null {
  const { value, withheld } = figure
  if (value === null || withheld !== null) {
    return null
  }
  if (on === 'share') {
    return percentText(value)
  }
  return String(on === 'count' ? halfUp(value) : oneDigit(on === 'hours' ? value / MINUTES_OF_HOUR : value))
}

/** Why a figure is not told, in words; a reason that this app does not know yet is one, too. */
export function whyWithheld(reason: string, say: Say): string {
  return say(`withheld.${REASONS.includes(reason) ? reason : 'other'}`)
}

function whatIsKnown({ denominator, excluded }: PlainFigure, say: Say): string {
  return say('withheld.known', { known: denominator ?? 0, all: (denominator ?? 0) + excluded })
}

function baseOf(name: string, figure: PlainFigure, say: Say): string {
  const { withheld, numerator, denominator, excluded } = figure
  if (withheld !== null) {
    const why = whyWithheld(withheld, say)
    return withheld === 'coverage' ? say('withheld.because', { why, known: whatIsKnown(figure, say) }) : why
  }
  if (denominator === null || numerator === null) {
    return ''
  }
  const unit = COUNTED_AS[name]
  if (!unit) {
    return name === 'evenness' ? say('figure.of.even') : ''
  }
  const words = say(`figure.of.${unit}`, { numerator, denominator })
  return excluded > 0 ? say('figure.excluding', { words, excluded }) : words
}

function directionOf(now: PlainFigure, before: PlainFigure | undefined, on: Scale, say: Say): Direction | null {
  if (!before || now.withheld !== null || before.withheld !== null || now.value === null || before.value === null) {
    return null
  }
  const step = (value: number) =>
    on === 'share' ? points(value) : on === 'hours' ? oneDigit(value / MINUTES_OF_HOUR) : on === 'index' ? oneDigit(value) : value
  const by = oneDigit(step(now.value) - step(before.value))
  if (by === 0) {
    return { words: say('overview.level'), arrow: '＝' }
  }
  const kind = on === 'share' ? 'points' : on
  return { words: say(`figure.${by > 0 ? 'more' : 'less'}.${kind}`, { by: Math.abs(by) }), arrow: by > 0 ? '▲' : '▼' }
}

export function told(name: string, now: PlainFigure | undefined, before: PlainFigure | undefined, say: Say): Told {
  if (!now) {
    return { value: null, base: say('withheld.nothing'), direction: null }
  }
  const on = scale(name, now)
  return { value: text(now, on), base: baseOf(name, now, say), direction: directionOf(now, before, on, say) }
}

/** Of 0 to 1, for a bar; nothing where there is no share to draw. */
export function shareOf(figure: PlainFigure | undefined): number | null {
  return !figure || figure.withheld !== null || figure.denominator === null ? null : figure.value
}

const known = (figure: PlainFigure | undefined): number | null => (figure?.withheld === null ? figure.value : null)

/** "有 128 位邻居参加，其中 23 位是第一次". */
export function peopleAnswer({ people, newly }: Figures, say: Say): string {
  const count = known(people)
  if (count === null) {
    return say('figures.answer.few')
  }
  if (count === 0) {
    return say('figures.answer.nobody')
  }
  const first = known(newly)
  return first === null ? say('figures.answer.people', { people: count }) : say('figures.answer.newly', { people: count, newly: first })
}

/** When most people took part, of the periods that may be told. */
export function periodAnswer(periods: readonly PeriodFigures[], name: (period: PeriodFigures) => string, say: Say): string {
  const counted = periods.flatMap((period) => {
    const people = known(period.figures.people)
    return people === null ? [] : [{ name: name(period), people }]
  })
  const [peak] = [...counted].sort((a, b) => b.people - a.people)
  if (!peak) {
    return say('figures.period.hidden')
  }
  return peak.people > 0 ? say('figures.period.peak', { when: peak.name, people: peak.people }) : say('figures.answer.nobody')
}

export function hiddenPeriods(periods: readonly PeriodFigures[]): number {
  return periods.filter(({ figures }) => known(figures.people) === null).length
}

export function activityAnswer(figures: Figures, say: Say): string {
  const counted = ACTIVITIES.map((name) => ({ name, count: known(figures[name]) ?? 0 })).sort((a, b) => b.count - a.count)
  const [most] = counted
  return most && most.count > 0 ? say('figures.activity.most', { name: say(`figure.name.${most.name}`), count: most.count }) : say('figures.answer.nobody')
}

export function missingAnswer({ missing }: Participation, say: Say): string {
  const { withheld, numerator } = missing.buildings
  if (withheld !== null || numerator === null) {
    return whyWithheld(withheld ?? 'nothing', say)
  }
  return numerator > 0 ? say('figures.missing.some', { count: numerator }) : say('figures.missing.none')
}

export type Standing = 'top' | 'above' | 'below' | 'bottom'

/** In which quarter of the places of similar size one stands. */
export function standing({ own, lower, median, upper }: Siblings['figures'][string]): Standing | null {
  if (lower === undefined || median === undefined || upper === undefined) {
    return null
  }
  if (own >= upper) {
    return 'top'
  }
  if (own >= median) {
    return 'above'
  }
  return own >= lower ? 'below' : 'bottom'
}

export function siblingAnswer(siblings: Siblings, say: Say): string {
  const breadth = siblings.figures.breadth
  const place = breadth && standing(breadth)
  return place ? say(`figures.siblings.${place}`, { count: siblings.count }) : say('figures.siblings.none')
}
