import { flushPromises, mount } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'

import { api, NetworkFailure, type Resident } from '@/api'
import PrivacyPage from '@/pkg-residents/privacy/index.vue'
import { useSession } from '@/stores/session'

import { preparePlatform } from './support'

vi.mock('@dcloudio/uni-app', () => ({ onShow: () => undefined, onHide: () => undefined }))

it('agrees to a new version after a try without a network, and says no more that it failed', async () => {
  preparePlatform()
  const session = useSession()
  const before = { id: 1, roles: [], consent: { version: '2026-11', current: '2026-11-21', given_at: '2026-11-01T00:00:00Z' } } as unknown as Resident
  session.me = before
  session.signedIn = true
  const asked = vi.spyOn(api, 'changeMe').mockRejectedValueOnce(new NetworkFailure())
  const page = mount(PrivacyPage)
  await page.find('.t-consent').trigger('click')
  await flushPromises()
  expect(page.find('[role=alert]').exists()).toBe(true)
  expect(session.needsConsent).toBe(true)
  asked.mockResolvedValueOnce({ ...before, consent: { ...before.consent, version: '2026-11-21' } })
  await new Promise((pass) => setTimeout(pass, 520))
  await page.find('.t-consent').trigger('click')
  await flushPromises()
  expect(asked).toHaveBeenLastCalledWith({ consent_version: '2026-11-21' })
  expect(page.find('[role=alert]').exists()).toBe(false)
  expect(page.find('.t-consent').exists()).toBe(false)
})
