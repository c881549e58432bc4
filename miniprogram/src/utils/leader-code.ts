/**
 * The leader's code: another one every thirty seconds. The service gives those of the whole shift at once,
 * so that the phone can show them where there is no network; and its own time, because phones' clocks are off.
 */
export interface CodeBook {
  /** When the first of the codes is shown, by the service's clock. */
  first_at: string
  step_seconds: number
  codes: readonly string[]
  /** The service's clock when it answered. */
  now: string
}

export interface KeptBook extends CodeBook {
  shiftId: number
  /** The phone's own clock when the answer came, in milliseconds since 1970. */
  receivedAt: number
}

export interface ShownCode {
  text: string
  /** What is left of its time, in seconds. */
  left: number
  /** The part of its time that is left, 1 to 0. */
  share: number
}

const SECOND_MS = 1000

/** By how many milliseconds the phone's clock is ahead of the service's. */
export function clockOff({ now, receivedAt }: Pick<KeptBook, 'now' | 'receivedAt'>): number {
  return receivedAt - new Date(now).getTime()
}

/** The code of this moment, or null before the first and after the last. */
export function codeAt(book: KeptBook, deviceNow: number): ShownCode | null {
  const step = book.step_seconds * SECOND_MS
  const passed = deviceNow - clockOff(book) - new Date(book.first_at).getTime()
  const index = Math.floor(passed / step)
  const text = passed < 0 ? undefined : book.codes[index]
  if (text === undefined) {
    return null
  }
  const left = step - (passed % step)
  return { text, left: Math.ceil(left / SECOND_MS), share: left / step }
}
