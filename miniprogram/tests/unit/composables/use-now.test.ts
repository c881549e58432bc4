import { afterEach, expect, it, vi } from 'vitest'

import { useNow } from '@/composables/use-now'

afterEach(() => {
  vi.useRealTimers()
})

it('is today for whoever asks after a night in which nothing moved on', () => {
  vi.useFakeTimers({ now: new Date('2026-12-31T15:00:00Z') })
  expect(useNow().value.toISOString()).toBe('2026-12-31T15:00:00.000Z')
  // The phone was asleep: no timer of the app has run.
  vi.setSystemTime(new Date('2027-01-01T00:30:00Z'))
  expect(useNow().value.toISOString()).toBe('2027-01-01T00:30:00.000Z')
})
