import { beforeEach, describe, expect, it, vi } from 'vitest'

import { absoluteUrl, api, configureClient, NetworkFailure, newIdempotencyKey, Problem } from '@/api'
import type { HazardForm } from '@/api'
import { keepTokens, readTokens } from '@/api/tokens'

interface Sent {
  url: string
  method: string
  header: Record<string, string>
  data?: unknown
}

type Answer = { status: number; body?: unknown; header?: object } | 'no network'

const sent: Sent[] = []

/** Answers every request from `answer`, a tick later as a network would. */
function service(answer: (request: Sent) => Answer): void {
  vi.mocked(uni.request).mockImplementation(((options: UniApp.RequestOptions) => {
    const request = options as unknown as Sent
    sent.push(request)
    setTimeout(() => {
      const given = answer(request)
      if (given === 'no network') options.fail?.({ errMsg: 'request:fail' })
      else options.success?.({ statusCode: given.status, data: given.body as string, header: given.header } as unknown as UniApp.RequestSuccessCallbackResult)
    })
  }) as unknown as typeof uni.request)
}

const expired = { status: 401, body: { status: 401, code: 'token_expired', title: 't', detail: 'd', errors: [] } }
const session = { access_token: 'new', refresh_token: 'next', expires_in: 900, resident: {} }
const form: HazardForm = { category: 'FIRE', description: '堵了', lat: 30.66, lon: 104.027, coord_sys: 'wgs84' }

beforeEach(() => {
  sent.length = 0
  configureClient({ language: () => 'zh-Hans', onSignedOut: () => undefined })
})

describe('a request', () => {
  it('carries the language, the token and the key', async () => {
    keepTokens({ access: 'now', refresh: 'r' })
    configureClient({ language: () => 'en' })
    service(() => ({ status: 201, body: { id: 1 } }))
    await api.reportHazard(form, 'key-1')
    expect(sent[0]).toMatchObject({
      url: '/api/v1/hazards',
      method: 'POST',
      data: form,
      header: { 'Accept-Language': 'en', Authorization: 'Bearer now', 'Idempotency-Key': 'key-1' },
    })
  })

  it('leaves out of the query what is not asked for', async () => {
    service(() => ({ status: 200, body: { items: [], next_cursor: null } }))
    await api.hazards({ near: '30.66,104.027', state: undefined, mine: false })
    expect(sent[0]?.url).toBe('/api/v1/hazards?near=30.66%2C104.027&mine=false')
    expect(sent[0]?.header).not.toHaveProperty('Authorization')
  })

  it('has a key of its own each time', () => {
    const keys = new Set(Array.from({ length: 200 }, newIdempotencyKey))
    expect(keys.size).toBe(200)
  })
})

describe('a refusal', () => {
  it('becomes a Problem that knows its fields', async () => {
    const body = {
      title: '表单有误',
      detail: '请补全',
      code: 'invalid_form',
      errors: [{ field: 'photo_ids.0', code: 'unknown', message: '照片不存在' }],
    }
    service(() => ({ status: 422, body }))
    const problem = await api.reportHazard(form, 'k').catch((error: unknown) => error)
    expect(problem).toBeInstanceOf(Problem)
    expect(problem).toMatchObject({ status: 422, code: 'invalid_form', message: '请补全' })
    expect((problem as Problem).of('photo_ids')).toBe('照片不存在')
    expect((problem as Problem).of('description')).toBeUndefined()
  })

  it.each<[string, Answer]>([
    ['no network', 'no network'],
    ['a gateway', { status: 502, body: '<html>Bad Gateway</html>' }],
    ['the sign-in page of a public Wi-Fi', { status: 200, body: '<html>Welcome</html>' }],
  ])('by %s is a NetworkFailure, so that a draft is kept', async (_who, answer) => {
    service(() => answer)
    await expect(api.reportHazard(form, 'k')).rejects.toBeInstanceOf(NetworkFailure)
  })

  it.each<[string, object | undefined, number | null]>([
    ['in a browser', { 'retry-after': '5' }, 5],
    ['in WeChat', { 'Retry-After': '60' }, 60],
    ['by a date, which is left to the app', { 'Retry-After': 'Sun, 22 Nov 2026 08:00:00 GMT' }, null],
    ['not at all', { 'Content-Type': 'application/json' }, null],
    ['by a phone that tells no headers', undefined, null],
  ])('keeps when the service wants to be asked again, told %s', async (_how, header, seconds) => {
    service(() => ({ status: 503, header, body: { status: 503, code: 'unavailable', title: 't', detail: 'd', errors: [] } }))
    await expect(api.reportHazard(form, 'k')).rejects.toMatchObject({ status: 503, retryAfterS: seconds })
    service(() => ({ status: 503, header, body: '<html>Busy</html>' }))
    await expect(api.reportHazard(form, 'k')).rejects.toMatchObject({ name: 'NetworkFailure', retryAfterS: seconds })
  })
})

describe('an expired token', () => {
  it('is renewed once for all the requests it stopped', async () => {
    keepTokens({ access: 'old', refresh: 'once' })
    service(({ url, header }) => {
      if (url.endsWith('/session/refresh')) return { status: 200, body: session }
      return header.Authorization === 'Bearer new' ? { status: 200, body: { id: 7 } } : expired
    })
    const answers = await Promise.all([api.me(), api.hazard(7), api.tasks()])
    expect(answers).toEqual([{ id: 7 }, { id: 7 }, { id: 7 }])
    const renewals = sent.filter(({ url }) => url.endsWith('/session/refresh'))
    expect(renewals.map(({ data }) => data)).toEqual([{ refresh_token: 'once' }])
    expect(readTokens()).toEqual({ access: 'new', refresh: 'next' })
  })

  it('keeps the key on the second try', async () => {
    keepTokens({ access: 'old', refresh: 'once' })
    service(({ url, header }) => {
      if (url.endsWith('/session/refresh')) return { status: 200, body: session }
      return header.Authorization === 'Bearer new' ? { status: 201, body: { id: 7 } } : expired
    })
    await api.reportHazard(form, 'key-2')
    const tries = sent.filter(({ url }) => url.endsWith('/hazards'))
    expect(tries.map(({ header }) => header['Idempotency-Key'])).toEqual(['key-2', 'key-2'])
  })

  it('signs the person out if it cannot be renewed, and says the first refusal', async () => {
    const onSignedOut = vi.fn()
    configureClient({ onSignedOut })
    keepTokens({ access: 'old', refresh: 'used' })
    service(() => expired)
    await expect(Promise.all([api.me(), api.tasks()])).rejects.toMatchObject({ code: 'token_expired' })
    expect(onSignedOut).toHaveBeenCalledTimes(1)
    expect(readTokens()).toBeNull()
  })

  it('does not sign anyone out because the network is gone', async () => {
    keepTokens({ access: 'old', refresh: 'once' })
    service(({ url }) => (url.endsWith('/session/refresh') ? 'no network' : expired))
    await expect(api.me()).rejects.toBeInstanceOf(NetworkFailure)
    expect(readTokens()).toEqual({ access: 'old', refresh: 'once' })
  })
})

describe('signing in and out', () => {
  it('keeps the tokens, and drops them even if the service cannot be told', async () => {
    service(({ method }) => (method === 'DELETE' ? 'no network' : { status: 200, body: session }))
    await api.signIn('demo:resident')
    expect(api.isSignedIn()).toBe(true)
    await expect(api.signOut()).rejects.toBeInstanceOf(NetworkFailure)
    expect(api.isSignedIn()).toBe(false)
  })
})

describe('a photo', () => {
  it('is sent with the token, and its answer read', async () => {
    keepTokens({ access: 'now', refresh: 'r' })
    vi.mocked(uni.uploadFile).mockImplementation(((options: UniApp.UploadFileOption) => {
      expect(options).toMatchObject({ url: '/api/v1/photos', name: 'file', header: { Authorization: 'Bearer now' } })
      options.success?.({ statusCode: 201, data: '{"id":"p1","url":"/api/v1/photos/p1"}' } as UniApp.UploadFileSuccessCallbackResult)
    }) as unknown as typeof uni.uploadFile)
    await expect(api.uploadPhoto('/tmp/a.jpg')).resolves.toMatchObject({ id: 'p1' })
  })

  it('has an address an <image> can use', () => {
    expect(absoluteUrl('/api/v1/photos/p1')).toBe('/api/v1/photos/p1')
    expect(absoluteUrl('blob:x')).toBe('blob:x')
  })
})
