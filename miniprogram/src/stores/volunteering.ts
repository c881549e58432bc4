import { defineStore } from 'pinia'
import { ref } from 'vue'

import { api, Problem, type Volunteer } from '@/api'

import { useSession } from './session'

const KEY = 'linli.volunteer'
const NOT_FOUND = 404

interface Kept {
  residentId: number
  profile: Volunteer | null
}

/** Storage outlives signing out, and a phone may change hands: who is to be called stays out of it. */
function withoutContacts(profile: Volunteer): Volunteer {
  return { ...profile, emergency_contact: null, guardian: null, contact_looks: [], insurances: [] }
}

/** What somebody is as a volunteer: null is none, undefined is not known yet. Kept on the phone for whom it belongs to. */
export const useVolunteering = defineStore('volunteering', () => {
  const session = useSession()
  const kept = (uni.getStorageSync(KEY) || null) as Kept | null
  const residentId = ref(kept?.residentId ?? 0)
  const profile = ref<Volunteer | null | undefined>(kept?.profile)

  function forgetOthers(): void {
    if (residentId.value !== (session.me?.id ?? 0)) {
      residentId.value = session.me?.id ?? 0
      profile.value = undefined
    }
  }

  function know(fresh: Volunteer | null): void {
    residentId.value = session.me?.id ?? 0
    profile.value = fresh
    uni.setStorageSync(KEY, { residentId: residentId.value, profile: fresh && withoutContacts(fresh) })
  }

  /** What was last known stays where the network fails; only somebody of whom nothing is known hears of it. */
  async function load(): Promise<void> {
    forgetOthers()
    try {
      know(await api.volunteer())
    } catch (error) {
      if (error instanceof Problem && error.status === NOT_FOUND) {
        know(null)
      } else if (profile.value === undefined) {
        throw error
      }
    }
  }

  return { profile, know, load, forgetOthers }
})
