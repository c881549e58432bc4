import { describe, expect, it, vi } from 'vitest'

import { api } from '@/api'
import { keepTokens, readTokens } from '@/api/tokens'

const until = { asked_at: '2026-11-21T08:00:00Z', erase_at: '2026-11-28T08:00:00Z' }

function answering(status: number, body: unknown): void {
  vi.mocked(uni.request).mockImplementation(((options: UniApp.RequestOptions) => {
    options.success?.({ statusCode: status, data: body } as unknown as UniApp.RequestSuccessCallbackResult)
  }) as unknown as typeof uni.request)
}

describe('asking for an account to be deleted', () => {
  it('forgets the tokens, which the service has ended', async () => {
    keepTokens({ access: 'a', refresh: 'b' })
    answering(200, until)
    expect(await api.askToLeave()).toEqual(until)
    expect(readTokens()).toBeNull()
  })

  it('keeps them where it was refused', async () => {
    keepTokens({ access: 'a', refresh: 'b' })
    answering(409, { status: 409, code: 'round_running', title: 't', detail: 'd', errors: [] })
    await expect(api.askToLeave()).rejects.toMatchObject({ code: 'round_running' })
    expect(readTokens()).not.toBeNull()
  })
})
