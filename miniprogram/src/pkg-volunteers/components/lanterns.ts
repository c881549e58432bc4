/** The way to five stars as a string of lanterns across a lane: those reached are lit. */
import { type Colours, paint } from '@/utils/drawings'
import { STAR_HOURS, type StarWay } from '@/utils/stars'

const WIDTH = 340
const HEIGHT = 92
const STEP = WIDTH / STAR_HOURS.length
const TOP = 18
const SAG = 14

/** How deep the string hangs at x. */
function hang(x: number): number {
  const share = x / WIDTH
  return TOP + 4 * SAG * share * (1 - share)
}

function stringPath(from: number, until: number): string {
  const points = 24
  const at = (step: number) => from + ((until - from) * step) / points
  return Array.from({ length: points + 1 }, (_, step) => `${step ? 'L' : 'M'}${at(step).toFixed(1)} ${hang(at(step)).toFixed(1)}`).join('')
}

function lantern(x: number, lit: boolean): string {
  const y = hang(x)
  const glow = lit ? `<circle cx="${x}" cy="${y + 26}" r="24" fill="$w" fill-opacity=".22" stroke="none"/>` : ''
  const body = lit ? '$w' : '$s'
  return (
    `${glow}<path d="M${x} ${y}v8"/><ellipse cx="${x}" cy="${y + 26}" rx="16" ry="14" fill="${body}"/>` +
    `<path d="M${x - 7} ${y + 12}h14M${x - 7} ${y + 40}h14M${x} ${y + 40}v9M${x} ${y + 12}c-8 6-8 22 0 28c8-6 8-22 0-28"/>`
  )
}

/** The string is strong as far as one has come, and dotted from there on. */
export function lanternPicture({ stars, share }: StarWay, colours: Colours): string {
  const middle = (index: number) => STEP * (index + 0.5)
  const last = stars === 0 ? 0 : middle(stars - 1)
  const next = stars === STAR_HOURS.length ? WIDTH : middle(stars)
  const reached = last + (next - last) * share
  const ways = `<path stroke-dasharray="2 6" d="${stringPath(reached, WIDTH)}"/><path stroke-width="3.6" d="${stringPath(0, reached)}"/>`
  const here = `<circle cx="${reached.toFixed(1)}" cy="${hang(reached).toFixed(1)}" r="5" fill="$w"/>`
  return paint(`${ways}${STAR_HOURS.map((_, index) => lantern(middle(index), index < stars)).join('')}${here}`, `${WIDTH} ${HEIGHT}`, 2, colours)
}
