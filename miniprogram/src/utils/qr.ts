/** QR codes drawn on the phone itself, so that they are there without a network and leave it to nobody. */
import { encode } from 'uqr'

/** L, M, Q, H: about 7, 15, 25, 30 % of the code may be dirty or torn. A screen needs no more than M. */
export type Correction = 'L' | 'M' | 'Q' | 'H'

/** The bright frame that the standard asks for, in modules; many readers find nothing without it. */
const QUIET_ZONE = 4

/** One row's dark runs as little rectangles, one module high. */
function rowPath(row: readonly boolean[], y: number): string {
  let path = ''
  for (let x = 0; x < row.length; x += 1) {
    const start = x
    while (row[x]) {
      x += 1
    }
    if (x > start) {
      path += `M${start + QUIET_ZONE} ${y + QUIET_ZONE}h${x - start}v1h-${x - start}z`
    }
  }
  return path
}

/** The code as an SVG picture, always black on white: readers expect it, by night too. */
export function qrSvg(text: string, ecc: Correction = 'M'): string {
  const { data, size } = encode(text, { ecc, border: 0, boostEcc: true })
  const side = size + 2 * QUIET_ZONE
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges">` +
    `<path fill="#fff" d="M0 0h${side}v${side}H0z"/><path d="${data.map(rowPath).join('')}"/></svg>`
  )
}
