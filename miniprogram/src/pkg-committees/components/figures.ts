/** How figures are said: with their direction against the period before, and with their denominator. */
import type { Overview, Rate } from '@/api'
import type { Say } from '@/locale'
import { points } from '@/utils/half-up'

export interface Direction {
  words: string
  /** Up, down or level; a shape, since a colour alone would not say it. */
  arrow: '▲' | '▼' | '＝'
}

export function percent(rate: Rate): string {
  return rate.value === null ? '—' : `${points(rate.value)}%`
}

function direction(difference: number, say: Say, unit: 'count' | 'points'): Direction {
  if (difference === 0) {
    return { words: say('overview.level'), arrow: '＝' }
  }
  const up = difference > 0
  const words = say(`overview.${up ? 'more' : 'less'}.${unit}`, { by: Math.abs(difference) })
  return { words, arrow: up ? '▲' : '▼' }
}

export function countDirection(present: number, before: number, say: Say): Direction {
  return direction(present - before, say, 'count')
}

/** Of earlier days it is known what is open now, not what was open then: nothing to compare with. */
export function directionOf(name: keyof Overview['totals'], { totals, previous }: Overview, say: Say): Direction | null {
  return name === 'open' || name === 'overdue' ? null : countDirection(totals[name], previous.totals[name], say)
}

export function rateDirection(present: Rate, before: Rate, say: Say): Direction | null {
  if (present.value === null || before.value === null) {
    return null
  }
  return direction(points(present.value) - points(before.value), say, 'points')
}

/** "23 件中 21 件，2 件不计": what a rate was counted from. */
export function denominator(rate: Rate, say: Say): string {
  if (rate.denominator === 0) {
    return say('overview.nothingCounted')
  }
  const words = say('overview.of', { numerator: rate.numerator, denominator: rate.denominator })
  return rate.excluded > 0 ? say('overview.excluding', { words, excluded: rate.excluded }) : words
}

function most<Row>(rows: readonly Row[], weigh: (row: Row) => number): Row | null {
  const best = [...rows].sort((a, b) => weigh(b) - weigh(a))[0]
  return best && weigh(best) > 0 ? best : null
}

function onTimeAnswer({ rates, previous }: Overview, say: Say): string {
  const [present, than] = [percent(rates.on_time), rateDirection(rates.on_time, previous.rates.on_time, say)]
  return than
    ? say('overview.answer.onTimeThan', { percent: present, than: than.words })
    : say('overview.answer.onTime', { percent: present })
}

/** Each chart's title is the answer to its question. */
export function answers(overview: Overview, dayWords: (day: string) => string, say: Say) {
  const { totals, by_day: days, by_category: categories, by_grid: grids } = overview
  const peak = most(days, ({ reported }) => reported)
  const commonest = most(categories, ({ reported }) => reported)
  const busiest = most(grids, ({ open }) => open)
  return {
    day: peak
      ? say('overview.answer.day', { day: dayWords(peak.date), count: peak.reported })
      : say('overview.answer.nothing'),
    category: commonest
      ? say('overview.answer.category', {
          name: commonest.name,
          count: commonest.reported,
          percent: points(commonest.reported / Math.max(1, totals.reported)),
        })
      : say('overview.answer.nothing'),
    grid: busiest
      ? say('overview.answer.grid', { name: busiest.name, count: busiest.open })
      : say('overview.answer.noneOpen'),
    onTime: onTimeAnswer(overview, say),
  }
}
