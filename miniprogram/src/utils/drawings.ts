/**
 * Our own drawings: a picture for every kind of hazard and small scenes for empty, failing and
 * offline pages. Lines in `ink`, one soft fill, one warm accent; the scheme gives the colours.
 */
import { dataUri } from './icons'

export interface Colours {
  ink: string
  soft: string
  warm: string
}

export const DRAWING_COLOURS: Record<'light' | 'dark', Colours> = {
  light: { ink: '#0b6e5b', soft: '#d5ebe4', warm: '#e8a33d' },
  dark: { ink: '#7bdcc4', soft: '#23463c', warm: '#ffc861' },
}

// $s and $w stand for the soft and the warm colour; lines take the ink from the root.
const PICTURES: Record<string, string> = {
  FIRE_LANE:
    '<path fill="$s" stroke="none" d="M6 38h36v6H6z"/><path d="M6 38h36M10 44h6m6 0h6m6 0h6"/><path fill="$w" d="M11 30v-5l4-8h16l5 8h3v8H11z"/><path d="M16 25h17M24 17v8"/><circle fill="$s" cx="18" cy="33" r="4"/><circle fill="$s" cx="33" cy="33" r="4"/><path d="M8 12 16 4M8 4l8 8"/>',
  FIRE_EQUIP:
    '<path fill="$w" d="M17 18h14v22H17z"/><path d="M14 40h20M15 18h18M24 8c-4 0-6 4-6 10h12c0-6-2-10-6-10zM24 8V5"/><path d="M17 27h-5v-4M31 27h5v-4"/><circle fill="$s" cx="24" cy="28" r="4"/>',
  EBIKE_WIRE:
    '<path fill="$s" d="M6 5h15v18H6z"/><path d="M6 14h15M13.5 5v18"/><path d="M21 16c8-2 3 12 12 11"/><circle cx="17" cy="38" r="5.5"/><circle cx="37" cy="38" r="5.5"/><path d="M17 38h10l6-11h5M27 38l-4-9h-5M33 27l4 11"/><path fill="$w" d="m35 8-6 8h4l-2 6 7-8h-4z"/>',
  EBIKE_INDOOR:
    '<path fill="$s" d="M6 6h36v38H6z"/><path d="M6 6h36v38H6z"/><circle fill="$w" cx="16" cy="36" r="5"/><circle fill="$w" cx="33" cy="36" r="5"/><path d="M16 36h9l5-10h5M25 36l-4-8h-5M30 26l3 10"/><path d="M12 12h8M12 17h5M34 12h2"/>',
  GAS: '<path fill="$w" d="M24 8c1 6 9 9 9 18a9 9 0 0 1-18 0c0-4 2-6 4-9 1 3 2 4 3 4 2-4 0-8 2-13z"/><path fill="$s" d="M24 24c1 3 4 4 4 7a4 4 0 0 1-8 0c0-3 3-4 4-7z"/><path d="M10 42h28M16 42v-3h16v3"/>',
  FALLING:
    '<path fill="$s" d="M6 6h18v38H6z"/><path d="M11 13h3m3 0h3m-9 8h3m3 0h3m-9 8h3m3 0h3"/><path d="m24 10-5 6 4 4-4 6"/><path fill="$w" d="M30 14h8l-2 7h-5z"/><path d="M34 25v4m-5-2v3m10-3v3"/><path d="M6 44h36"/><path fill="$w" d="m30 38 4-4 4 4-3 4h-4z"/>',
  THROWING:
    '<path fill="$s" d="M6 6h17v38H6z"/><path d="M11 24h7v7h-7zM11 12h7v6h-7z"/><path d="M20 14c8-4 14 2 15 12" stroke-dasharray="3 4"/><path fill="$w" d="M31 28h8l-1 11h-6z"/><path d="M33 28v-3h4v3M6 44h36"/>',
  MANHOLE:
    '<ellipse fill="$s" cx="22" cy="34" rx="16" ry="8"/><ellipse cx="22" cy="34" rx="10" ry="4.5"/><path fill="$w" d="M29 8 42 19c-2 4-7 6-11 2.5S25 12 29 8z"/><path d="m31 12 8 7M29 16l5 4"/>',
  CABLE:
    '<path d="M9 44V6M5 12h10M40 44V6M34 12h10"/><path d="M14 12c4 7 7 8 11 8M35 12c-1 3-2 4-3 5"/><path d="M25 20c4 1 1 9 2 14" /><path fill="$w" d="m26 33-4 5h4l-2 5 7-6h-4l2-4z"/><path d="M5 44h38"/>',
  LIGHT:
    '<path d="M14 44V12c0-6 4-8 10-8h4M9 44h10"/><path fill="$s" d="M26 4h14l3 9H26z"/><path fill="$w" d="M30 13h9a4.5 4.5 0 0 1-9 0z"/><path d="M30 24v2m4-3v5m5-4v2M27 36l12-12" stroke-dasharray="2 3"/>',
  POWERBOX:
    '<path fill="$s" d="M11 7h26v33H11z"/><path d="M15 40v4m18-4v4M24 7v33M20 22v4M28 22v4"/><path fill="$w" d="m26 12-7 9h5l-2 8 8-10h-5z"/>',
  COLLAPSE:
    '<path fill="$s" d="M4 24h13l3 8-2 6h12l3-7-2-7h13v20H4z"/><path d="M4 24h13l3 8-2 6h12l3-7-2-7h13"/><path d="m18 24-3-5m14 5 4-5M24 8v9m-4-3 4 4 4-4"/><path fill="$w" d="m21 30 3-3 3 3-2 3h-3z"/>',
  FLOOD:
    '<path fill="$s" d="M5 30c4-3 6-3 9.5 0s6 3 9.5 0 6-3 9.5 0 6 3 9.5 0v13H5z"/><path d="M5 30c4-3 6-3 9.5 0s6 3 9.5 0 6-3 9.5 0 6 3 9.5 0M5 37c4-3 6-3 9.5 0s6 3 9.5 0 6-3 9.5 0 6 3 9.5 0"/><path fill="$w" d="M13 27v-5l4-7h13l5 7h2v5"/><path d="M17 22h16"/>',
  ELEVATOR:
    '<path fill="$s" d="M8 6h32v38H8z"/><path d="M24 6v38M8 6h32v38H8z"/><path d="m13 17 3-4 3 4zm0 6 3 4 3-4z"/><circle fill="$w" cx="32" cy="21" r="3.5"/><path fill="$w" d="M27 38v-5a5 5 0 0 1 10 0v5z"/>',
  PARK_NMV:
    '<circle fill="$s" cx="12" cy="33" r="7"/><circle fill="$s" cx="36" cy="33" r="7"/><path d="M12 33h11l8-15h5M23 33l-6-13h-5M19 24h10M31 18l5 15"/><path fill="$w" d="M20 5h8v8h-8z"/><path d="M22.5 11V7h2a1.2 1.2 0 0 1 0 2.4h-2"/>',
  WASTE:
    '<path fill="$s" d="M12 18h24l-2.5 26h-19z"/><path d="M9 18h30M19 18v-5h10v5M19 24l1 14m9-14-1 14"/><path fill="$w" d="M30 8c3-4 6-3 7 0-1 4-4 4-7 0zM13 12c-3-2-3-5-1-7 3 1 4 4 1 7z"/>',
  OTHER:
    '<path fill="$s" d="M24 7 4 41h40z"/><path d="M24 7 4 41h40z"/><path d="M24 19v11"/><circle fill="$w" cx="24" cy="35.5" r="1.5"/>',
}

const ROOFS =
  '<path fill="$s" stroke="none" d="M14 92h132v6H14z"/><path d="M10 98h140"/><path fill="$s" d="M22 60h36v38H22z"/><path d="M16 60c8-2 16-8 24-16 8 8 16 14 24 16zM33 98V80h14v18M28 68h6m12 0h6"/>'

const SCENES: Record<string, string> = {
  // A lane, a wall, a cat: nothing is the matter.
  quiet: `${ROOFS}<path d="M104 98V64"/><path fill="$s" d="M104 70c-14 0-18-10-14-18-2-12 12-18 18-12 10-4 20 4 16 14 6 8-4 18-20 16z"/><path fill="$w" d="M70 98c-2-8 2-14 8-14l1-5 4 3h5l4-3 1 7c2 5 0 9-2 12z"/><path d="M90 98c8 2 12-4 8-10M81 88h.2M88 88h.2"/>`,
  // A tea bowl: the work is done.
  done: '<path d="M22 98h116"/><path fill="$s" d="M52 62h52c0 20-10 34-26 34S52 82 52 62z"/><path d="M104 68c16-4 18 16-3 16"/><path fill="$w" stroke="none" d="M56 68h44c-1 4-2 6-3 8H59c-2-3-3-5-3-8z"/><path d="M68 52c-5-6 5-8 0-15m11 15c-5-6 5-8 0-15m11 15c-5-6 5-8 0-15M46 98l4-3h56l4 3"/>',
  // A kite caught in a wire: it did not work.
  error: '<path d="M14 98h132M26 98V22m-8 10h18M134 98V22m-8 10h18"/><path d="M36 32c28 16 62 18 90 0"/><path fill="$w" d="M78 36 98 54 84 76 66 58z"/><path d="m78 36 6 40M66 58l32-4"/><path d="M84 76c0 8-10 6-8 14"/><path fill="$s" d="m72 86 6 2-3 5zM81 84l-4 5 6 1z"/>',
  // A pulled plug and a snail with the letter: it waits until the line is back.
  offline: `<path d="M12 98h136"/><path fill="$s" d="M52 98c-4-26 8-40 26-40 20 0 28 16 24 32-2 6-6 8-12 8z"/><path d="M86 92c-14 4-24-4-22-14s16-12 20-4-4 12-8 8"/><path d="M52 98H38c-10 0-12-8-10-14l-6-10m8 8 4-11"/><path fill="$w" d="M64 40h30v20H64z"/><path d="m64 42 15 11 15-11"/><path d="M112 58h8m-8 8h8M126 50v24h8l8-6V56l-8-6z"/>`,
  // Two neighbours' houses and a tree: the welcome.
  welcome: `${ROOFS}<path fill="$s" d="M88 50h46v48H88z"/><path d="M82 50c10-3 20-10 29-20 9 10 19 17 29 20z"/><path fill="$w" d="M96 60h10v10H96zM116 60h10v10h-10z"/><path d="M104 98V82h14v16"/><path d="M74 98V72"/><path fill="$s" d="M74 78c-9 0-12-7-9-13-1-9 8-12 12-8 7-2 13 4 10 10 3 6-3 12-13 11z"/><path d="M24 32h10m-5-5c4-4 10 0 8 5M58 22h12m-6-5c5-4 11 0 9 5"/>`,
  // Two lanterns on the way past the houses: a round in the evening.
  patrol: `${ROOFS}<path d="M88 98h58M100 98V46M92 46h16"/><path fill="$w" d="M93 50h14l-2 14H95z"/><path d="M97 50v-4h6v4M100 64v4"/><circle fill="$s" cx="122" cy="60" r="6"/><path fill="$s" d="M114 84c0-10 3-15 8-15s8 5 8 15v6h-4l-1 8m-6 0-1-8h-4z"/><path d="M130 78l8 3"/><path fill="$w" d="M136 80h8l2 8h-12z"/><path d="M30 30h.2M52 18h.2M76 30h.2M118 26h.2M140 16h.2"/>`,
  // A pin over folded ground: no place known.
  place: '<path fill="$s" d="m20 60 38-14 44 14 38-14v42l-38 14-44-14-38 14z"/><path d="m20 60 38-14 44 14 38-14v42l-38 14-44-14-38 14zM58 46v42m44-28v42"/><path fill="$w" d="M80 76C66 60 60 52 60 42a20 20 0 0 1 40 0c0 10-6 18-20 34z"/><circle fill="$s" cx="80" cy="42" r="7"/>',
}

export type Scene = 'patrol' | 'quiet' | 'done' | 'error' | 'offline' | 'welcome' | 'place'

/** Lines of ours in a box of their own, in the colours of the day or the night. */
export function paint(lines: string, box: string, width: number, colours: Colours): string {
  const body = lines.replaceAll('$s', colours.soft).replaceAll('$w', colours.warm)
  const pen = `fill="none" stroke="${colours.ink}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"`
  return dataUri(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${box}" ${pen}>${body}</svg>`)
}

const ALIKE: Record<string, string> = { FACADE: 'FALLING' }

/** Codes may be finer than our pictures (MANHOLE_LOST): the longest picture whose name begins the code wins. */
export function pictureName(category: string): string {
  const fitting = Object.keys(PICTURES).filter((name) => category === name || category.startsWith(`${name}_`))
  return fitting.sort((a, b) => b.length - a.length)[0] ?? ALIKE[category] ?? 'OTHER'
}

export function categoryPicture(category: string, colours: Colours): string {
  return paint(PICTURES[pictureName(category)] ?? '', '48 48', 2, colours)
}

export function scenePicture(scene: Scene, colours: Colours): string {
  return paint(SCENES[scene] ?? '', '160 110', 2.2, colours)
}
