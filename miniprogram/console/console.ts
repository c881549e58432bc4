/**
 * What every page of the console runs. Pages come from the service; htmx swaps parts of them.
 * Charts, maps and the board are loaded by the pages that have one.
 */
import htmx from 'htmx.org'

declare global {
  interface Window {
    htmx: typeof htmx
  }
}

window.htmx = htmx

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
}

htmx.onLoad((shown) => {
  if (shown instanceof HTMLElement) void wake(shown.parentElement ?? shown)
})

// A form is sent once at a time: htmx would keep the second of two clicks, and send it afterwards.
let sending = new WeakSet<EventTarget>()

document.addEventListener('htmx:confirm', (event) => {
  if (sending.has((event as CustomEvent<{ elt: EventTarget }>).detail.elt)) event.preventDefault()
})
document.addEventListener('htmx:beforeRequest', (event) => {
  const { elt } = (event as CustomEvent<{ elt: EventTarget }>).detail
  if (elt instanceof HTMLFormElement && elt.method === 'post') sending.add(elt)
})
document.addEventListener('htmx:afterRequest', (event) => {
  const { elt, xhr } = (event as CustomEvent<{ elt: EventTarget; xhr: XMLHttpRequest }>).detail
  // Whoever is led to another page has done with the form.
  if (!xhr.getResponseHeader('HX-Redirect')) sending.delete(elt)
})
window.addEventListener('pageshow', () => {
  sending = new WeakSet()
})

// Without an answer there is no page of ours to say so.
document.addEventListener('htmx:sendError', () => {
  const place = document.querySelector('#refused')
  const sentence = document.documentElement.lang === 'en' ? 'No connection. Nothing was changed.' : '连不上网络，什么都没有改动。'
  if (place) place.textContent = sentence
})
