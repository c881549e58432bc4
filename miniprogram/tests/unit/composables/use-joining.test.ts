import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'

import { api, type Config, type Preferences, Problem, type Resident, type SignedUp, type Volunteer } from '@/api'
import { demoQuestion } from '@/composables/use-subscriptions'
import { useJoining } from '@/pkg-patrols/components/use-joining'
import { useReference } from '@/stores/reference'
import { useSession } from '@/stores/session'
import { useSubscriptionStore } from '@/stores/subscriptions'

import { preparePlatform } from '../components/support'

const preferences: Preferences = {
  quiet_hours: { from: '21:30', to: '07:30' },
  templates: [{ name: 'shift', template_id: 'id-shift', title: '班次', left: 0, for_staff: false }],
  kinds: [],
}
const notYet = new Problem(404, 'not_found', '', '', [])

beforeEach(async () => {
  preparePlatform()
  demoQuestion.value = null
  const session = useSession()
  session.me = { id: 1, roles: [], consent: {} } as unknown as Resident
  session.signedIn = true
  useReference().config = { sandbox: true } as Config
  vi.spyOn(api, 'preferences').mockResolvedValue(preferences)
  await useSubscriptionStore().load()
})

describe('taking a seat', () => {
  it('asks a volunteer about messages, straight from the tap', async () => {
    vi.spyOn(api, 'volunteer').mockResolvedValue({ skills: [] } as unknown as Volunteer)
    vi.spyOn(api, 'joinShift').mockResolvedValue({} as SignedUp)
    const joining = useJoining()
    void joining.freshen()
    await flushPromises()
    void joining.join(7)
    expect(demoQuestion.value?.templates.map(({ name }) => name)).toEqual(['shift'])
  })

  it('leads whoever is none to the form, and asks nothing else', async () => {
    vi.spyOn(api, 'volunteer').mockRejectedValue(notYet)
    vi.spyOn(api, 'joinShift').mockRejectedValue(new Problem(409, 'not_a_volunteer', '', '', []))
    const asked = vi.spyOn(uni, 'showModal')
    const joining = useJoining()
    void joining.freshen()
    await flushPromises()
    expect(await joining.join(7)).toBeNull()
    expect(demoQuestion.value).toBeNull()
    expect(asked).toHaveBeenCalledOnce()
    expect(joining.failed.value).toBe('')
  })
})
