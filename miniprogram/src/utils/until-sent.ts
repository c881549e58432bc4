import { NetworkFailure, Problem } from '@/api'

/** So many seconds lie between the tries; the last pause stays. */
export const PAUSES_S: readonly number[] = [4, 8, 16, 32, 60]
/** Up to this share of a pause is added by chance: a whole community must not come back in the same second. */
const SCATTER = 0.5
/** A gateway may name an hour; nobody is to wait that long for a service that is back. */
const LONGEST_TOLD_S = 600
const SECOND_MS = 1000

interface Pace {
  pausesS?: readonly number[]
  scatter?: number
}

export interface UntilSent {
  /** A try has failed by something passing, so another one comes by itself. Where the tries are to keep a pace, from when this one began. */
  later: (error?: unknown, begunAt?: number) => void
  /** Something has arrived: the next pause is the first again. */
  anew: () => void
}

/**
 * Tries again by itself, with growing pauses, what only needs the network. One timer, however often it fails meanwhile.
 * While nothing may be tried (nobody is signed in, the app is hidden, the phone says that it is offline) nothing is,
 * and no timer runs on: whoever comes back tries at once.
 */
export function untilSent(send: () => Promise<unknown>, mayTry: () => boolean, { pausesS = PAUSES_S, scatter = SCATTER }: Pace = {}): UntilSent {
  let timer: ReturnType<typeof setTimeout> | undefined
  let dueAt = 0
  let failures = 0

  function later(error?: unknown, begunAt = Date.now()): void {
    const toldS = toldToWait(error)
    if (timer === undefined) {
      const pauseS = pausesS[Math.min(failures, pausesS.length - 1)] ?? 0
      failures += 1
      wait(Math.max(pauseS, toldS), begunAt)
    } else if (Date.now() + toldS * SECOND_MS > dueAt) {
      wait(toldS, Date.now())
    }
  }

  function wait(seconds: number, from: number): void {
    clearTimeout(timer)
    dueAt = from + seconds * SECOND_MS * (1 + Math.random() * scatter)
    timer = setTimeout(tryNow, Math.max(0, dueAt - Date.now()))
  }

  function tryNow(): void {
    timer = undefined
    if (mayTry()) {
      // Whoever sends tells what went wrong, and says `later`.
      send().catch(() => undefined)
    } else {
      failures = 0
    }
  }

  function anew(): void {
    failures = 0
  }

  return { later, anew }
}

/** For how long the service asked to be left alone. */
function toldToWait(error: unknown): number {
  const told = error instanceof Problem || error instanceof NetworkFailure ? error.retryAfterS : null
  return Math.min(told ?? 0, LONGEST_TOLD_S)
}
