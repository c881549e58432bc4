import { NetworkFailure, toProblem, type Problem } from './errors'
import { dropTokens, keepTokens, readTokens } from './tokens'
import type { Language, Session } from './types'

const ORIGIN = (import.meta.env.VITE_API_ORIGIN ?? '').replace(/\/$/, '')
const BASE = `${ORIGIN}/api/v1`
const TIMEOUT_MS = 15_000
const UPLOAD_TIMEOUT_MS = 60_000

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
type Query = Record<string, string | number | boolean | null | undefined>
type Headers = Record<string, string>

interface Raw {
  status: number
  body: unknown
  retryAfterS?: number | null
}

interface Options {
  query?: object
  body?: object
  /** Makes a repeated POST safe: the service answers the first answer again. */
  idempotencyKey?: string
}

interface Surroundings {
  language: () => Language
  /** The refresh token was refused: the person has to sign in again. */
  onSignedOut: () => void
}

let surroundings: Surroundings = { language: () => 'zh-Hans', onSignedOut: () => undefined }

/** Tells the client what it cannot know by itself. Called once, at launch. */
export function configureClient(own: Partial<Surroundings>): void {
  surroundings = { ...surroundings, ...own }
}

export async function call<Answer>(method: Method, path: string, options: Options = {}): Promise<Answer> {
  const { query, body, idempotencyKey } = options
  const extra: Headers = idempotencyKey ? { 'Idempotency-Key': idempotencyKey } : {}
  return authorised<Answer>((headers) =>
    send(method, `${BASE}${path}${queryString(query)}`, { ...headers, ...extra }, body),
  )
}

/** Sends one file as `multipart/form-data`, in the field `file`, and what `form` says beside it. */
export async function upload<Answer>(path: string, filePath: string, form: Record<string, string> = {}): Promise<Answer> {
  return authorised<Answer>(
    (header) =>
      new Promise((resolve, reject) => {
        uni.uploadFile({
          url: `${BASE}${path}`,
          filePath,
          name: 'file',
          formData: form,
          header,
          timeout: UPLOAD_TIMEOUT_MS,
          success: ({ statusCode, data }) => {
            resolve({ status: statusCode, body: parsed(data) })
          },
          fail: ({ errMsg }) => {
            reject(new NetworkFailure(errMsg))
          },
        })
      }),
  )
}

/** Fetches a file that only this person may have; answers where it lies on the phone until the app is closed. */
export async function download(path: string, query: object = {}): Promise<string> {
  const { file } = await authorised<{ file: string }>(
    (header) =>
      new Promise((resolve, reject) => {
        uni.downloadFile({
          url: `${BASE}${path}${queryString(query)}`,
          header,
          timeout: UPLOAD_TIMEOUT_MS,
          success: ({ statusCode, tempFilePath }) => {
            resolve({ status: statusCode, body: { file: tempFilePath } })
          },
          fail: ({ errMsg }) => {
            reject(new NetworkFailure(errMsg))
          },
        })
      }),
  )
  return file
}

/** The service gives photo addresses without a host; an `<image>` of the mini-program needs one. */
export function absoluteUrl(path: string): string {
  return path.startsWith('/') ? `${ORIGIN}${path}` : path
}

/** A key that no other request of anyone will have. (WeChat offers no `crypto.randomUUID`.) */
export function newIdempotencyKey(): string {
  const random = () => Math.random().toString(36).slice(2, 12).padEnd(10, '0')
  return `${Date.now().toString(36)}-${random()}-${random()}`
}

function send(method: Method, url: string, header: Headers, data?: object): Promise<Raw> {
  return new Promise((resolve, reject) => {
    uni.request({
      url,
      // uni's own list of methods lacks PATCH; every platform we build for sends it.
      method: method as 'GET',
      header: data ? { ...header, 'Content-Type': 'application/json' } : header,
      data,
      timeout: TIMEOUT_MS,
      success: ({ statusCode, data: body, header: said }) => {
        resolve({ status: statusCode, body, retryAfterS: retryAfter(said) })
      },
      fail: ({ errMsg }) => {
        reject(new NetworkFailure(errMsg))
      },
    })
  })
}

async function authorised<Answer>(attempt: (headers: Headers) => Promise<Raw>): Promise<Answer> {
  const used = readTokens()?.access
  let raw = await attempt(headersWith(used))
  if (raw.status === 401 && used && (await renewed(used))) {
    raw = await attempt(headersWith(readTokens()?.access))
  }
  return answerOf<Answer>(raw)
}

function headersWith(token: string | undefined): Headers {
  const headers: Headers = { 'Accept-Language': surroundings.language() }
  return token ? { ...headers, Authorization: `Bearer ${token}` } : headers
}

function answerOf<Answer>(raw: Raw): Answer {
  const { status, body } = raw
  if (status === 204) return undefined as Answer
  if (status >= 200 && status < 300 && typeof body === 'object' && body !== null) return body as Answer
  throw refusal(raw)
}

function refusal({ status, body, retryAfterS = null }: Raw): Problem | NetworkFailure {
  return toProblem(status, body, retryAfterS) ?? new NetworkFailure(`an answer ${String(status)} that is not ours`, retryAfterS)
}

let renewal: Promise<boolean> | undefined

/**
 * Whether there is a fresh access token in place of `refused`. A refresh token can be used once
 * only, so all the requests refused at the same time share one renewal.
 */
function renewed(refused: string): Promise<boolean> {
  if (readTokens()?.access !== refused) return Promise.resolve(readTokens() !== null)
  renewal ??= renew().finally(() => {
    renewal = undefined
  })
  return renewal
}

async function renew(): Promise<boolean> {
  const refresh = readTokens()?.refresh
  const raw = await send('POST', `${BASE}/session/refresh`, headersWith(undefined), { refresh_token: refresh })
  if (raw.status === 200) {
    keepSession(answerOf<Session>(raw))
    return true
  }
  // Anything but a plain refusal (a gateway's 502, say) must not sign the person out.
  if (raw.status !== 401 && raw.status !== 422) throw refusal(raw)
  dropTokens()
  surroundings.onSignedOut()
  return false
}

export function keepSession(session: Session): void {
  keepTokens({ access: session.access_token, refresh: session.refresh_token })
}

function queryString(query: object | undefined): string {
  const pairs = Object.entries((query ?? {}) as Query)
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
  return pairs.length > 0 ? `?${pairs.join('&')}` : ''
}

/** Phones write the names of headers each in their own way. A date instead of seconds is left to the pauses of the app. */
function retryAfter(header: unknown): number | null {
  const all = Object.entries((header ?? {}) as Record<string, unknown>)
  const said = String(all.find(([name]) => name.toLowerCase() === 'retry-after')?.[1] ?? '')
  return /^\d{1,9}$/.test(said) ? Number(said) : null
}

/** An upload's answer arrives as text. */
function parsed(data: unknown): unknown {
  if (typeof data !== 'string') return data
  try {
    return JSON.parse(data) as unknown
  } catch {
    return data
  }
}
