import { defineStore } from 'pinia'
import { computed, ref } from 'vue'

import { api, type HazardDetail, type HazardForm, newIdempotencyKey } from '@/api'
import { say } from '@/locale'
import { inWords, isOfThisAlone, isPassing } from '@/utils/failures'
import { dropPhoto, keepPhoto, openPhoto } from '@/utils/photos'
import { untilSent } from '@/utils/until-sent'

import { useNetwork } from './network'
import { useSession } from './session'

const KEY = 'linli.drafts'

export interface DraftPhoto {
  /** The photo's name in utils/photos. */
  kept: string
  /** Known once it is uploaded. */
  id: string | null
}

export interface Draft {
  /** Names the draft, and is the report's Idempotency-Key: however often it is sent, it arrives once. */
  key: string
  residentId: number | null
  savedAt: string
  categoryName: string
  form: Omit<HazardForm, 'photo_ids'>
  photos: DraftPhoto[]
  /** Why the service refused it; such a draft waits for the person, not for the network. */
  problem: string | null
}

/**
 * Every report is a draft first. It is kept with its photos and its key before anything is sent,
 * and forgotten only when the service has answered: neither a lost network nor a closed app
 * loses one, and no retry files it twice.
 */
export const useDrafts = defineStore('drafts', () => {
  const session = useSession()
  const network = useNetwork()
  const again = untilSent(sendWaiting, () => network.mayTry)
  const all = ref<Draft[]>((uni.getStorageSync(KEY) || []) as Draft[])
  const sending = new Map<string, Promise<HazardDetail>>()
  const underWay = ref<string[]>([])
  const mine = computed(() => all.value.filter(({ residentId }) => residentId === (session.me?.id ?? null)))
  /** What was tried before, in this run of the app or an earlier one. */
  const tried = new Set(all.value.map(({ key }) => key))
  const firstTries = ref<string[]>([])
  /** Those that only wait for a network; one being sent for the first time is not shown as waiting, one that is tried again stays. */
  const waiting = computed(() => mine.value.filter(({ key }) => !firstTries.value.includes(key)))

  function save(): void {
    uni.setStorageSync(KEY, all.value)
  }

  function find(key: string): Draft | undefined {
    return all.value.find((draft) => draft.key === key)
  }

  async function keep(form: Draft['form'], categoryName: string, photoPaths: string[]): Promise<Draft> {
    const photos = await Promise.all(photoPaths.map(async (path) => ({ kept: await keepPhoto(path), id: null })))
    const draft: Draft = {
      key: newIdempotencyKey(),
      residentId: session.me?.id ?? null,
      savedAt: new Date().toISOString(),
      categoryName,
      form,
      photos,
      problem: null,
    }
    all.value = [...all.value, draft]
    save()
    return draft
  }

  /** Sends a draft; whoever asks meanwhile gets the same answer, or another try where no network was the reason. */
  function send(key: string): Promise<HazardDetail> {
    const already = sending.get(key)
    if (already) {
      return already.catch((error: unknown) => {
        if (!isPassing(error)) {
          throw error
        }
        return send(key)
      })
    }
    const attempt = deliver(key).finally(() => {
      sending.delete(key)
      underWay.value = underWay.value.filter((one) => one !== key)
      firstTries.value = firstTries.value.filter((one) => one !== key)
    })
    sending.set(key, attempt)
    underWay.value = [...underWay.value, key]
    if (!tried.has(key)) {
      tried.add(key)
      firstTries.value = [...firstTries.value, key]
    }
    return attempt
  }

  async function deliver(key: string): Promise<HazardDetail> {
    const draft = find(key)
    if (!draft) {
      throw new Error('no such draft')
    }
    try {
      for (const photo of draft.photos) {
        await uploadOnce(photo)
      }
      const photoIds = draft.photos.flatMap(({ id }) => (id ? [id] : []))
      const hazard = await api.reportHazard({ ...draft.form, photo_ids: photoIds }, draft.key)
      await forget(key)
      again.anew()
      return hazard
    } catch (error) {
      draft.problem = isPassing(error) ? null : inWords(error, say)
      save()
      if (isPassing(error)) {
        again.later(error)
      }
      throw error
    }
  }

  async function uploadOnce(photo: DraftPhoto): Promise<void> {
    const path = photo.id ? null : await openPhoto(photo.kept)
    if (path) {
      photo.id = (await api.uploadPhoto(path)).id
      save()
    }
  }

  /** Forgets a draft; its photos too, unless they go into another. */
  async function forget(key: string, keepPhotos = false): Promise<void> {
    const draft = find(key)
    all.value = all.value.filter((one) => one.key !== key)
    save()
    if (draft && !keepPhotos) {
      await Promise.allSettled(draft.photos.map(({ kept }) => dropPhoto(kept)))
    }
  }

  /** Sends whatever waits, one after the other, and tells the person what arrived; answers how many. */
  async function sendWaiting(): Promise<number> {
    if (!session.signedIn) {
      return 0
    }
    let arrived = 0
    for (const { key } of mine.value.filter(({ problem }) => problem === null)) {
      // Somebody else may be sending it, or have sent it, by now.
      if (sending.has(key) || !find(key)) {
        continue
      }
      try {
        await send(key)
        arrived += 1
      } catch (error) {
        if (isPassing(error) && !isOfThisAlone(error)) {
          break
        }
      }
    }
    if (arrived > 0) {
      uni.showToast({ title: say('draft.arrived', { count: arrived }), icon: 'none' })
    }
    return arrived
  }

  return { all, mine, waiting, underWay, find, keep, send, forget, sendWaiting }
})
