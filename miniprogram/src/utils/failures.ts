import { NetworkFailure, Problem } from '@/api'
import type { Say } from '@/locale'

/** Worth another try with the same words: no network, a busy or absent service, a session to renew. */
export function isPassing(error: unknown): boolean {
  if (error instanceof Problem) {
    return error.status >= 500 || error.status === 429 || error.status === 408 || error.status === 401
  }
  return error instanceof NetworkFailure
}

/** A fault of the service over this one thing: what waits behind it may well be taken. */
export function isOfThisAlone(error: unknown): boolean {
  return error instanceof Problem && error.status === 500
}

/** What went wrong, in one sentence for a person. */
export function inWords(error: unknown, say: Say): string {
  if (error instanceof NetworkFailure) {
    return say('failure.network')
  }
  if (error instanceof Problem) {
    return error.detail || error.title
  }
  return say('failure.unknown')
}

/** Beside each field what is wrong with it; what belongs to no field is in `inWords`. */
export function fieldErrors(error: unknown): Record<string, string> {
  if (!(error instanceof Problem)) {
    return {}
  }
  return Object.fromEntries(error.errors.map(({ field, message }) => [field.split('.')[0] ?? field, message]))
}
