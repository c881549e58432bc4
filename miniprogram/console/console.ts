/**
 * What every page of the console runs. Pages come from the service; htmx swaps parts of them.
 * Charts, maps and the board are loaded by the pages that have one.
 */
import htmx from 'htmx.org'
import { renewKey } from './once.ts'

declare global {
  interface Window {
    htmx: typeof htmx
  }
}

window.htmx = htmx
// What is swapped in is alive at once: what somebody does in the 20 ms that it would wait is lost.
htmx.config.defaultSettleDelay = 0

/** Puts charts, maps and boards to work in what was just shown. */
const wake = async (shown: ParentNode): Promise<void> => {
  const charts = shown.querySelectorAll<HTMLElement>('[data-chart]')
  if (charts.length > 0) {
    const { draw } = await import('./charts.ts')
    charts.forEach(draw)
  }
  const maps = shown.querySelectorAll<HTMLElement>('[data-map]')
  if (maps.length > 0) {
    const { open } = await import('./maps.ts')
    maps.forEach(open)
  }
  const boards = shown.querySelectorAll<HTMLElement>('[data-board]')
  if (boards.length > 0) {
    const { use } = await import('./board.ts')
    boards.forEach(use)
  }
  const sheets = shown.querySelectorAll<HTMLFormElement>('form[data-sheet]')
  if (sheets.length > 0) {
    const { type } = await import('./campaigns.ts')
    sheets.forEach(type)
  }
  const pictures = shown.querySelectorAll<HTMLElement>('[data-spots]')
  if (pictures.length > 0) {
    const { use } = await import('./quizzes.ts')
    pictures.forEach(use)
  }
}

htmx.onLoad((shown) => {
  if (shown instanceof HTMLElement) void wake(shown.parentElement ?? shown)
})

// On a phone the doors scroll sideways: the one behind which one stands is in sight.
document.querySelector('.doors [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' })

// A form is sent once at a time: htmx would keep the second of two clicks, and send it afterwards.
let sending = new WeakSet<EventTarget>()

document.addEventListener('htmx:confirm', (event) => {
  if (sending.has((event as CustomEvent<{ elt: EventTarget }>).detail.elt)) event.preventDefault()
})
document.addEventListener('htmx:beforeRequest', (event) => {
  const { elt } = (event as CustomEvent<{ elt: EventTarget }>).detail
  if (elt instanceof HTMLFormElement && (elt.method === 'post' || elt.hasAttribute('hx-post'))) sending.add(elt)
})
document.addEventListener('htmx:afterRequest', (event) => {
  const { elt, xhr, successful, requestConfig } = (
    event as CustomEvent<{ elt: EventTarget; xhr: XMLHttpRequest; successful?: boolean; requestConfig: { verb: string; elt: EventTarget } }>
  ).detail
  // What was said of an earlier send does not stand beside what became of the last one.
  // A form that was swapped away by its answer is no `elt` any more.
  const { verb, elt: sender } = requestConfig
  if (verb === 'post' && (sender instanceof HTMLFormElement || sender === document.body)) {
    document.querySelector(successful ? '#refused' : '#said')?.replaceChildren()
  }
  // Whoever is led to another page has done with the form.
  if (xhr.getResponseHeader('HX-Redirect')) return
  sending.delete(elt)
  // What was refused was not done, and what had no answer may have been: both keep their key.
  if (successful && elt instanceof HTMLFormElement) renewKey(elt)
})

window.addEventListener('pageshow', () => {
  sending = new WeakSet()
})

// What asks by itself asks while somebody looks, and so often and no more until somebody does something.
const MOST_ASKED = 300
const asked = new Map<string, number>()

document.addEventListener('htmx:beforeRequest', (event) => {
  const { elt } = (event as CustomEvent<{ elt: Element }>).detail
  if (!elt.getAttribute('hx-trigger')?.startsWith('every ')) return
  const times = asked.get(elt.id) ?? 0
  if (document.hidden || times >= MOST_ASKED) event.preventDefault()
  else asked.set(elt.id, times + 1)
})
for (const deed of ['pointermove', 'pointerdown', 'keydown', 'scroll', 'visibilitychange']) {
  document.addEventListener(
    deed,
    () => {
      asked.clear()
    },
    { passive: true },
  )
}

// Without an answer there is no page of ours to say so.
document.addEventListener('htmx:sendError', () => {
  const place = document.querySelector('#refused')
  const sentence = document.documentElement.lang === 'en' ? 'No connection. You may send it again: it counts once.' : '连不上网络。可以再点一次，重复提交只算一次。'
  if (place) place.textContent = sentence
})
