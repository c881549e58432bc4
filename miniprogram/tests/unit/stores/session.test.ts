import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'

import { api, NetworkFailure, type Resident } from '@/api'
import { language } from '@/locale'
import { useReference } from '@/stores/reference'
import { useSession } from '@/stores/session'
import { useSettings } from '@/stores/settings'

const resident: Resident = {
  id: 1,
  name: '周奶奶',
  language: 'en',
  letter_size: 'large',
  consent: { version: null, given_at: null, current: '2026-11' },
  phone: null,
  roles: [],
  community: { code: '510105007004', name: '草堂路社区' },
  residence: null,
  leaving: null,
}

beforeEach(() => {
  setActivePinia(createPinia())
})

describe('signing in', () => {
  it('puts the consent on record and takes over how the person likes to read', async () => {
    vi.spyOn(api, 'signIn').mockResolvedValue(resident)
    const agreed = { ...resident, consent: { version: '2026-11', given_at: '2026-11-20T08:00:00Z', current: '2026-11' } }
    const change = vi.spyOn(api, 'changeMe').mockResolvedValue(agreed)
    const session = useSession()
    await session.signIn('demo:resident', '2026-11')
    expect(change).toHaveBeenCalledWith({ consent_version: '2026-11' })
    expect(session.needsConsent).toBe(false)
    expect(useSettings().large).toBe(true)
    expect(language()).toBe('en')
  })

  it('does not record the same consent twice', async () => {
    const agreed = { ...resident, consent: { version: '2026-11', given_at: '2026-11-20T08:00:00Z', current: '2026-11' } }
    vi.spyOn(api, 'signIn').mockResolvedValue(agreed)
    const change = vi.spyOn(api, 'changeMe')
    await useSession().signIn('demo:resident', '2026-11')
    expect(change).not.toHaveBeenCalled()
  })

  it('finds the role by which one oversees a place', () => {
    const session = useSession()
    session.me = {
      ...resident,
      roles: [
        { kind: 'resident', place_code: '510105007004', place_name: '草堂路社区' },
        { kind: 'street', place_code: '510105007', place_name: '草堂街道' },
      ],
    }
    expect(session.overseen?.place_code).toBe('510105007')
    expect(session.isGridWorker).toBe(false)
  })

  it('ends on this phone even when the service cannot be told', async () => {
    vi.spyOn(api, 'signOut').mockRejectedValue(new NetworkFailure())
    const session = useSession()
    session.me = resident
    await session.signOut()
    expect(session.me).toBeNull()
    expect(session.signedIn).toBe(false)
  })
})

describe('settings', () => {
  it('are kept on the phone', () => {
    useSettings().choose({ language: 'zh-Hans', letterSize: 'large', scheme: 'dark' })
    setActivePinia(createPinia())
    const again = useSettings()
    expect([again.large, again.dark, language()]).toEqual([true, true, 'zh-Hans'])
  })
})

describe('the categories', () => {
  const items = [{ code: 'FIRE_LANE', name: '占用消防通道' }] as never

  it('are there without a network once they were seen', async () => {
    useSettings().choose({ language: 'zh-Hans' })
    vi.spyOn(api, 'hazardCategories').mockResolvedValueOnce({ items })
    await useReference().loadCategories()
    setActivePinia(createPinia())
    vi.spyOn(api, 'hazardCategories').mockRejectedValue(new NetworkFailure())
    expect(await useReference().loadCategories()).toEqual(items)
  })

  it('fail in words the first time', async () => {
    vi.spyOn(api, 'hazardCategories').mockRejectedValue(new NetworkFailure())
    await expect(useReference().loadCategories()).rejects.toBeInstanceOf(NetworkFailure)
  })
})
