import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it, vi } from 'vitest'

import { api, type Resident, type Volunteer } from '@/api'
import { useSession } from '@/stores/session'
import { useVolunteering } from '@/stores/volunteering'

const profile = {
  number: 'LV-2026-000001',
  skills: ['first_aid'],
  emergency_contact: { name: '家人', phone: '15400000000' },
  guardian: { name: '妈妈', phone: '15400000001', consent_at: '2026-11-20T08:00:00Z' },
  contact_looks: [],
  insurances: [{ id: 1, policy_number: 'P-17' }],
} as unknown as Volunteer

beforeEach(() => {
  setActivePinia(createPinia())
  useSession().me = { id: 1, roles: [], consent: {} } as unknown as Resident
})

it('shows my contacts while the app is open, and keeps none of them on the phone', async () => {
  vi.spyOn(api, 'volunteer').mockResolvedValue(profile)
  const volunteering = useVolunteering()
  await volunteering.load()
  expect(volunteering.profile?.emergency_contact?.phone).toBe('15400000000')
  const kept = JSON.stringify(uni.getStorageSync('linli.volunteer'))
  expect(kept).toContain('LV-2026-000001')
  for (const secret of ['15400000000', '15400000001', 'P-17']) expect(kept).not.toContain(secret)
})
