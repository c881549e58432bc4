import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'

import { api, type Offer, type ShiftItem } from '@/api'
import { phaseOf } from '@/utils/round'

import { useRounds } from './rounds'
import { useSession } from './session'

const KEY = 'linli.shifts'
const MOST = 50

interface Kept {
  residentId: number
  items: ShiftItem[]
  offers: Offer[]
}

/** My coming shifts and the seats held for me, kept on the phone: who walks tonight knows it without a network. */
export const useShifts = defineStore('shifts', () => {
  const session = useSession()
  const rounds = useRounds()
  const kept = shallowRef<Kept | null>((uni.getStorageSync(KEY) || null) as Kept | null)
  const own = computed(() => (kept.value?.residentId === session.me?.id ? kept.value : null))
  const mine = computed(() => own.value?.items.filter(({ ends_at: end }) => new Date(end) > new Date()) ?? [])
  /** Of these, what I have not walked to its end yet: nobody is called to a round that they have just finished. */
  const ahead = computed(() => mine.value.filter(({ id }) => phaseOf(rounds.scansOf(id)) !== 'ended'))
  const offers = computed(() => own.value?.offers.filter(({ expires_at: end }) => new Date(end) > new Date()) ?? [])

  /** Shifts that began this morning are still mine to finish. */
  async function load(): Promise<void> {
    const residentId = session.me?.id
    if (!session.signedIn || residentId === undefined) {
      return
    }
    const sinceYesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 19)
    const [{ items }, { items: held }] = await Promise.all([
      api.shifts({ mine: true, from: `${sinceYesterday}Z`, limit: MOST }),
      api.offers(),
    ])
    kept.value = { residentId, items, offers: held }
    uni.setStorageSync(KEY, kept.value)
  }

  /** Silently: without a network the last that was known stands. */
  async function look(): Promise<void> {
    await load().catch(() => undefined)
  }

  return { mine, ahead, offers, load, look }
})
