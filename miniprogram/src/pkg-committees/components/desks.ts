/** The code of a computer that asks to be let in, however it came: scanned, in an address, or typed. */
const LETTERS = /[^23456789ABCDEFGHJKLMNPQRSTUVWXYZ]/g
const LENGTH = 8
const IN_ADDRESS = /[?&]code=([^&#]+)/

/** Nothing where there is no such code in it. */
export function deskCode(read: string): string {
  const found = IN_ADDRESS.exec(read)?.[1]
  // Another address than ours: its letters are no code.
  if (!found && /[:/]/.test(read)) {
    return ''
  }
  const letters = (found ?? read).toUpperCase().replace(LETTERS, '')
  return letters.length === LENGTH ? letters : ''
}

/** "K7QX 2M9P", as it stands on the computer's screen. */
export function spaced(code: string): string {
  return `${code.slice(0, LENGTH / 2)} ${code.slice(LENGTH / 2)}`
}

/** Seconds that are left, never less than none. */
export function secondsLeft(until: string, now: Date): number {
  return Math.max(0, Math.ceil((new Date(until).getTime() - now.getTime()) / 1000))
}
