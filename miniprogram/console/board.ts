/**
 * The board of hazards: cards that are dragged, or moved by the keyboard; dialogs that ask for what
 * a move needs. The service says which moves a card has; here is only how one gets to them.
 */
import htmx from 'htmx.org'
import { FIELD, freshKey } from './once.ts'

interface Way {
  move: string
  to: string
  column: string
  /** Something has to be said first. */
  ask: boolean
}

const STEP: Record<string, [column: number, card: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

let words = { picked: '', not_there: '' }
let dragged: HTMLElement | null = null
let hovered: HTMLElement | null = null
let started = false

const one = <Kind extends HTMLElement = HTMLElement>(selector: string, within: ParentNode = document): Kind | null =>
  within.querySelector<Kind>(selector)
const all = <Kind extends HTMLElement = HTMLElement>(selector: string, within: ParentNode = document): Kind[] => [
  ...within.querySelectorAll<Kind>(selector),
]
const near = (event: Event, selector: string): HTMLElement | null =>
  event.target instanceof Element ? event.target.closest<HTMLElement>(selector) : null

const columns = (): HTMLElement[] => all('[data-column]')
const cards = (column: ParentNode): HTMLElement[] => all('[data-case]', column)
/** In `data-moves`: `accept,accepted,accepted decline,declined,over,ask`. */
const ways = (card: HTMLElement): Way[] =>
  (card.dataset.moves ?? '').split(' ').filter(Boolean).map((each) => {
    const [move = '', to = '', column = '', ask] = each.split(',')
    return { move, to, column, ask: ask === 'ask' }
  })
const focusOn = (card: HTMLElement | null | undefined): void => {
  one('a.open', card ?? document.createElement('i'))?.focus()
  card?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}
const dialog = (): HTMLDialogElement | undefined => all<HTMLDialogElement>('dialog[open]').at(-1)
/** With the filters of the page, so that what comes back is counted by them. */
const filtered = (address: string): string => {
  const query = new URLSearchParams(location.search)
  query.delete('cursor')
  return query.size > 0 ? `${address}?${query.toString()}` : address
}

/** Says something to whoever looks and to whoever listens. */
const say = (sentence: string): void => {
  const place = one('#said')
  if (place) place.textContent = sentence
}

/** Puts a card into a column, as far as it may go there. */
const put = (card: HTMLElement, column: HTMLElement): void => {
  const name = column.dataset.column ?? ''
  const way = ways(card).find((each) => each.column === name)
  const address = one<HTMLAnchorElement>('[data-menu]', card)?.pathname ?? ''
  if (!way) say(words.not_there.replace('{column}', one('h3', column)?.firstChild?.textContent?.trim() ?? name))
  else if (way.ask) void htmx.ajax('get', filtered(`${address}/${way.move}`), { target: '#ask', swap: 'innerHTML' })
  else void htmx.ajax('post', filtered(address), { target: '#said', swap: 'innerHTML', values: { to: way.to, [FIELD]: freshKey() } })
}

// --- The keyboard

const walk = (card: HTMLElement, [across, down]: [number, number]): void => {
  const column = card.closest<HTMLElement>('[data-column]')
  if (!column) return
  if (down) {
    const here = cards(column)
    focusOn(here[here.indexOf(card) + down])
    return
  }
  const row = cards(column).indexOf(card)
  const filled = columns().filter((each) => each === column || cards(each).length > 0)
  const next = filled[filled.indexOf(column) + across]
  const there = next ? cards(next) : []
  focusOn(there[Math.min(row, there.length - 1)])
}

/** Moves a card to the nearest column on one side that takes it. */
const shove = (card: HTMLElement, across: number): void => {
  const every = columns()
  const takes = new Set(ways(card).map(({ column }) => column))
  let at = every.indexOf(card.closest<HTMLElement>('[data-column]') ?? every[0] ?? card) + across
  const beside = every[at]
  while (every[at] && !takes.has(every[at]?.dataset.column ?? '')) at += across
  const goal = every[at] ?? beside
  if (goal) put(card, goal)
}

const press = (event: KeyboardEvent): void => {
  const card = near(event, '.case')
  if (!card || event.ctrlKey || event.metaKey || event.altKey) return
  const step = STEP[event.key]
  if (step) {
    if (event.shiftKey && step[0]) shove(card, step[0])
    else walk(card, step)
  } else if (event.key.toLowerCase() === 'm') one('[data-menu]', card)?.click()
  else if (event.key === ' ' && !near(event, '[data-pick], [data-menu]')) one('[data-pick]', card)?.click()
  else return
  event.preventDefault()
}

// --- Several at once

const picked = (): HTMLInputElement[] => all<HTMLInputElement>('[data-pick]:checked')

const count = (): void => {
  const bar = one('#bulk')
  const told = one('[data-picked]')
  const number = picked().length
  if (!bar || !told) return
  bar.hidden = number === 0
  told.textContent = words.picked.replace('{count}', String(number))
  for (const card of all('.case')) card.classList.toggle('picked', Boolean(one<HTMLInputElement>('[data-pick]', card)?.checked))
}

const unpick = (): void => {
  for (const box of picked()) box.checked = false
  count()
}

// --- The pointer

const mark = (card: HTMLElement | null): void => {
  const takes = new Set(card ? ways(card).map(({ column }) => column) : [])
  for (const column of columns()) {
    column.classList.toggle('takes', takes.has(column.dataset.column ?? ''))
    column.classList.remove('over')
  }
  one('#board')?.classList.toggle('dragging', card !== null)
}

const letGo = (): void => {
  dragged = hovered = null
  mark(null)
}

const lift = (event: DragEvent): void => {
  const card = near(event, '.case')
  if (!card || !event.dataTransfer) return
  dragged = card
  event.dataTransfer.effectAllowed = 'move'
  event.dataTransfer.setData('text/plain', card.dataset.case ?? '')
  // In the next turn: what is changed in this one would be in the picture that is dragged.
  setTimeout(() => {
    mark(dragged)
  })
}

const hover = (event: DragEvent): void => {
  const column = near(event, '[data-column]')
  if (!dragged) return
  if (column !== hovered) hovered?.classList.remove('over')
  hovered = column
  if (!column || column === dragged.closest('[data-column]')) return
  // Also where it may not go: what is dropped there is told why.
  event.preventDefault()
  column.classList.toggle('over', column.classList.contains('takes'))
}

const drop = (event: DragEvent): void => {
  const column = near(event, '[data-column]')
  if (!dragged || !column) return
  event.preventDefault()
  const card = dragged
  letGo()
  if (card.closest('[data-column]') !== column) put(card, column)
}

// --- What comes back

const arrived = (target: Element): void => {
  if (target instanceof HTMLDialogElement) {
    if (!target.open) target.showModal()
    one('h2', target)?.focus()
    return
  }
  if (target.id !== 'said') return
  const moved = one('[data-moved]', target)?.dataset.moved
  if (moved === undefined) return
  one<HTMLDialogElement>('#ask')?.close()
  unpick()
  const ids = moved.split(' ')
  // What a closed dialog still holds is shown to nobody.
  const shown = one('dialog[open] article[data-refresh], main > article[data-refresh]')
  if (shown?.dataset.refresh && ids.includes(shown.dataset.case ?? '')) {
    const told = target.innerHTML
    const inDialog = shown.closest('dialog')
    if (!inDialog) {
      location.assign(shown.dataset.refresh)
      return
    }
    void htmx.ajax('get', shown.dataset.refresh, { target: inDialog, swap: 'innerHTML' }).then(() => {
      const place = one('[data-told]', inDialog)
      if (place) place.innerHTML = told
    })
    return
  }
  focusOn(one(`#case-${ids[0] ?? ''}`))
}

/** A refusal belongs where one looks: into the dialog, where one is open. */
const refuse = (detail: { isError: boolean; target: Element }): void => {
  const place = dialog()?.querySelector('[data-refused]')
  if (detail.isError && place) detail.target = place
}

let goesOn: { column: HTMLElement; card: number } | null = null

/** Puts the board, its dialogs and its keys to work, once for all that is swapped in later. */
export const use = (place: HTMLElement): void => {
  words = JSON.parse(place.dataset.words ?? '{}') as typeof words
  place.dataset.awake = 'true'
  if (started) return
  started = true
  document.addEventListener('keydown', press)
  document.addEventListener('dragstart', lift)
  document.addEventListener('dragover', hover)
  document.addEventListener('drop', drop)
  document.addEventListener('dragend', letGo)
  document.addEventListener('change', (event) => {
    if (near(event, '[data-pick]')) count()
  })
  document.addEventListener('click', (event) => {
    near(event, '[data-close]')?.closest('dialog')?.close()
    if (near(event, '[data-unpick]')) unpick()
    const column = near(event, '.further')?.closest<HTMLElement>('[data-column]')
    if (column) goesOn = { column, card: cards(column).length }
  })
  document.addEventListener('htmx:beforeSwap', (event) => {
    refuse((event as CustomEvent<{ isError: boolean; target: Element }>).detail)
  })
  document.addEventListener('htmx:afterSettle', (event) => {
    const { target } = (event as CustomEvent<{ target: Element }>).detail
    arrived(target)
    if (goesOn) {
      focusOn(cards(goesOn.column)[goesOn.card])
      goesOn = null
    }
  })
}
