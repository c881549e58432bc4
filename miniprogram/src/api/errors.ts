import type { FieldProblem } from './types'

/** The service understood the request and said no; `detail` is in the person's language. */
export class Problem extends Error {
  override readonly name = 'Problem'

  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly detail: string,
    readonly errors: readonly FieldProblem[],
    /** After how many seconds the service wants to be asked again, where it said so. */
    readonly retryAfterS: number | null = null,
  ) {
    super(detail || title)
  }

  /** What is wrong with one field of the form, in words. */
  of(field: string): string | undefined {
    return this.errors.find((error) => error.field === field || error.field.startsWith(`${field}.`))?.message
  }
}

/**
 * No answer of ours came back: no network, a timeout, or something in between (a gateway, the
 * sign-in page of a public Wi-Fi) answered instead. Whether the service did the thing is unknown,
 * so a retry has to carry the same Idempotency-Key.
 */
export class NetworkFailure extends Error {
  override readonly name = 'NetworkFailure'

  constructor(
    message?: string,
    readonly retryAfterS: number | null = null,
  ) {
    super(message)
  }
}

/** An answer as a `Problem`, or null if it is not one of ours. */
export function toProblem(status: number, body: unknown, retryAfterS: number | null = null): Problem | null {
  if (typeof body !== 'object' || body === null) return null
  const { code, title, detail, errors } = body as Record<string, unknown>
  if (typeof code !== 'string') return null
  return new Problem(
    status,
    code,
    typeof title === 'string' ? title : '',
    typeof detail === 'string' ? detail : '',
    Array.isArray(errors) ? (errors as FieldProblem[]) : [],
    retryAfterS,
  )
}
