/** Typing in sheets: one box follows the other, so that nobody looks up from the paper. */

const LAST = 'button[type="submit"], button.main'

/** The boxes of the variant that is chosen; those of the other one are not shown. */
const boxes = (form: HTMLFormElement): HTMLInputElement[] =>
  [...form.querySelectorAll<HTMLInputElement>('[data-pick]')].filter((box) => box.offsetParent !== null)

const follow = (form: HTMLFormElement, box: HTMLInputElement): void => {
  const all = boxes(form)
  const next = all[all.indexOf(box) + 1] ?? form.querySelector<HTMLElement>(LAST)
  next?.focus()
  if (next instanceof HTMLInputElement) next.select()
}

/** Whether no letter can follow: one is asked for, or an order has all of them. */
const isFull = ({ value, dataset }: HTMLInputElement): boolean =>
  (dataset.pick === 'one' && value.length === 1) || (dataset.pick === 'order' && value.length === Number(dataset.most))

/** Lets the boxes of a sheet follow one another, by typing and by Enter; the last Enter sends. */
export const type = (form: HTMLFormElement): void => {
  if (form.dataset.typed) return
  form.dataset.typed = 'yes'
  form.addEventListener('input', ({ target }) => {
    if (target instanceof HTMLInputElement && target.dataset.pick && isFull(target)) follow(form, target)
  })
  form.addEventListener('keydown', (event) => {
    const { target } = event
    if (event.key !== 'Enter' || event.isComposing || !(target instanceof HTMLInputElement)) return
    const all = boxes(form)
    if (target === all.at(-1)) return
    event.preventDefault()
    if (target.dataset.pick) follow(form, target)
    else (target.name === 'whose' ? form.querySelector<HTMLInputElement>('[name="code"]:checked') : all[0])?.focus()
  })
}
