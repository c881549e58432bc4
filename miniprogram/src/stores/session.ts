import { defineStore } from 'pinia'
import { computed, ref } from 'vue'

import { api, type MeForm, type Residence, type Resident, type Role, type RoleKind } from '@/api'

import { useSettings } from './settings'

const KEY = 'linli.me'
const OVERSEERS: RoleKind[] = ['committee', 'street', 'district']

/** Who is signed in. What was last known is kept, so that the app opens without a network too. */
export const useSession = defineStore('session', () => {
  const settings = useSettings()
  const me = ref<Resident | null>((uni.getStorageSync(KEY) || null) as Resident | null)
  const signedIn = ref(api.isSignedIn())

  const community = computed(() => me.value?.community ?? null)
  const isGridWorker = computed(() => hasRole('grid_worker'))
  /** The role by which one oversees a place, the widest last known first. */
  const overseen = computed<Role | null>(() => me.value?.roles.find(({ kind }) => OVERSEERS.includes(kind)) ?? null)
  const needsConsent = computed(() => me.value !== null && me.value.consent.version !== me.value.consent.current)

  function hasRole(kind: RoleKind): boolean {
    return me.value?.roles.some((role) => role.kind === kind) ?? false
  }

  function know(resident: Resident): void {
    me.value = resident
    signedIn.value = true
    uni.setStorageSync(KEY, resident)
  }

  function forget(): void {
    me.value = null
    signedIn.value = false
    uni.removeStorageSync(KEY)
  }

  /** The person agreed to the privacy notice before this is called; the version goes on record. */
  async function signIn(code: string, consentVersion: string): Promise<void> {
    const resident = await api.signIn(code)
    const agreed = resident.consent.version === consentVersion
    know(agreed ? resident : await api.changeMe({ consent_version: consentVersion }))
    settings.choose({ language: resident.language, letterSize: resident.letter_size })
  }

  async function refresh(): Promise<void> {
    if (api.isSignedIn()) {
      know(await api.me())
    }
  }

  async function change(form: MeForm): Promise<void> {
    know(await api.changeMe(form))
  }

  function knowResidence(residence: Residence): void {
    if (me.value) {
      know({ ...me.value, residence })
    }
  }

  async function setPhone(code: string): Promise<void> {
    know(await api.setPhone(code))
  }

  async function signOut(): Promise<void> {
    try {
      await api.signOut()
    } catch {
      // Without a network the phone forgets all the same.
    }
    forget()
  }

  return {
    me,
    signedIn,
    community,
    isGridWorker,
    overseen,
    needsConsent,
    signIn,
    refresh,
    change,
    knowResidence,
    setPhone,
    signOut,
    forget,
  }
})
