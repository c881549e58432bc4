/**
 * The key that a form is sent with: the service does what it says once, and repeats its answer to
 * a second send. A form that stays in the page after it was done gets another.
 */
export const FIELD = 'once'

export const freshKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, '0')).join('')

export const renewKey = (form: HTMLFormElement): void => {
  const field = form.elements.namedItem(FIELD)
  if (field instanceof HTMLInputElement) field.value = freshKey()
}
