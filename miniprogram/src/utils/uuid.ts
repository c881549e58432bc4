const HEX = 16
const VARIANT = 0x8
const VARIANT_MASK = 0x3

/** A UUID (version 4) by which the service knows a scan again. WeChat has no `crypto.randomUUID`. */
export function newUuid(): string {
  return 'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'.replace(/[xy]/g, (letter) => {
    const random = Math.floor(Math.random() * HEX)
    return (letter === 'x' ? random : (random & VARIANT_MASK) | VARIANT).toString(HEX)
  })
}
