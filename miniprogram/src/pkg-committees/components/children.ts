/** How the places of the next level lie: the answer of their list. */
import type { Child, Children } from '@/api'
import type { Say } from '@/locale'

import { shortName } from './options'
import { told, valueText } from './telling'

/** Which place has the best of what they are sorted by, and where their middle half lies. */
export function childrenAnswer(items: readonly Child[], quartiles: Children['quartiles'], sort: string, around: string, say: Say): string {
  const [best] = items
  const value = best && sort !== 'code' ? told(sort, best.figures[sort], undefined, say).value : null
  if (!best || value === null) {
    return say('children.answer.count', { count: items.length })
  }
  const first = say('children.answer.first', { place: shortName(best.place.name, around), name: say(`figure.name.${sort}`), value })
  const middle = quartiles[sort]
  return middle ? say('children.answer.middle', { first, lower: valueText(sort, middle.lower), upper: valueText(sort, middle.upper) }) : first
}
