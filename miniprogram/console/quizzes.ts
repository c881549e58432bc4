/**
 * Places of a question's picture: pointed at, dragged, or moved by the keyboard. What counts are the
 * numbers in the form, which can be written by hand as well.
 */

const SIDES = ['x', 'y', 'width', 'height'] as const
type Side = (typeof SIDES)[number]
type Region = Record<Side, number>

const WHOLE = 100
const SMALLEST = 3
const STEP = 1
const KEYS: Record<string, [across: number, down: number]> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
}
const awake = new WeakSet<HTMLElement>()

const within = (least: number, value: number, most: number): number => Math.min(most, Math.max(least, value))
const shown = (value: number): string => String(Math.round(value * 10) / 10)

/** Puts a picture to work in the form around it. */
export const use = (place: HTMLElement): void => {
  const form = document.querySelector<HTMLFormElement>('#writing form')
  const picture = place.querySelector('img')
  if (!form || !picture || awake.has(place)) return
  awake.add(place)

  const field = (spot: string, side: Side): HTMLInputElement | null => form.querySelector(`[data-of="${spot}"][data-side="${side}"]`)
  const box = (spot: string): HTMLElement | null => place.querySelector(`[data-spot="${spot}"]`)
  const spotOf = (target: EventTarget | null): HTMLElement | null => (target instanceof Element ? target.closest<HTMLElement>('[data-spot]') : null)

  const read = (spot: string): Region => {
    const [x = 0, y = 0, width = 0, height = 0] = SIDES.map((side) => Number(field(spot, side)?.value ?? 0))
    return { x, y, width, height }
  }
  const draw = (spot: string, { x, y, width, height }: Region): void => {
    const style = box(spot)?.style
    if (!style) return
    style.left = `${String(x)}%`
    style.top = `${String(y)}%`
    style.width = `${String(width)}%`
    style.height = `${String(height)}%`
  }
  /** Within the picture, and told to whoever listens to the form. */
  const write = (spot: string, wanted: Region): void => {
    const width = within(SMALLEST, wanted.width, WHOLE)
    const height = within(SMALLEST, wanted.height, WHOLE)
    const region = { x: within(0, wanted.x, WHOLE - width), y: within(0, wanted.y, WHOLE - height), width, height }
    for (const side of SIDES) {
      const input = field(spot, side)
      if (input) input.value = shown(region[side])
    }
    draw(spot, region)
  }

  let held: { spot: string; at: [number, number]; from: Region; grows: boolean } | null = null

  place.addEventListener('pointerdown', (event) => {
    const spot = spotOf(event.target)
    if (!spot || event.button !== 0) return
    const grows = event.target instanceof Element && event.target.closest('[data-corner]') !== null
    held = { spot: spot.dataset.spot ?? '', at: [event.clientX, event.clientY], from: read(spot.dataset.spot ?? ''), grows }
    spot.setPointerCapture(event.pointerId)
    spot.focus()
    event.preventDefault()
  })
  place.addEventListener('pointermove', (event) => {
    if (!held) return
    const across = (WHOLE * (event.clientX - held.at[0])) / place.clientWidth
    const down = (WHOLE * (event.clientY - held.at[1])) / place.clientHeight
    const { from, grows, spot } = held
    write(spot, grows ? { ...from, width: from.width + across, height: from.height + down } : { ...from, x: from.x + across, y: from.y + down })
  })
  for (const name of ['pointerup', 'pointercancel']) {
    place.addEventListener(name, () => {
      held = null
    })
  }
  place.addEventListener('keydown', (event) => {
    const spot = spotOf(event.target)?.dataset.spot
    const step = KEYS[event.key]
    if (spot === undefined || !step || event.ctrlKey || event.metaKey || event.altKey) return
    const from = read(spot)
    const [across, down] = step
    write(spot, event.shiftKey ? { ...from, width: from.width + across, height: from.height + down } : { ...from, x: from.x + across, y: from.y + down })
    event.preventDefault()
  })
  place.addEventListener('click', (event) => {
    if (spotOf(event.target) || event.target !== picture) return
    const { left, top, width, height } = picture.getBoundingClientRect()
    const told = { x: (event.clientX - left) / width, y: (event.clientY - top) / height, ratio: width / height }
    for (const [name, value] of Object.entries(told)) {
      const input = form.querySelector<HTMLInputElement>(`[name="spot.${name}"]`)
      if (input) input.value = String(value)
    }
    form.querySelector<HTMLButtonElement>('[data-place]')?.click()
  })
  form.addEventListener('input', (event) => {
    const input = event.target
    if (!(input instanceof HTMLInputElement) || input.dataset.of === undefined) return
    draw(input.dataset.of, read(input.dataset.of))
  })
}
