import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'

import {
  api,
  type MessageTemplate,
  newIdempotencyKey,
  type Preferences,
  type SubscribeAnswers,
  type TemplateName,
} from '@/api'
import { language } from '@/locale'
import { isPassing } from '@/utils/failures'
import { inTurn } from '@/utils/in-turn'
import { worthAsking } from '@/utils/subscriptions'
import { untilSent } from '@/utils/until-sent'

import { useNetwork } from './network'
import { useSession } from './session'

const KEY = 'linli.subscriptions'
const FRESH_MS = 30_000

interface Answered {
  key: string
  answers: SubscribeAnswers
}

interface Kept {
  residentId: number
  language: string
  preferences: Preferences | null
  /** What the person said no to; asked for again only from the settings. */
  refused: TemplateName[]
  /** Answers that the service does not know yet. */
  waiting: Answered[]
}

/** Which messages this person may still get in WeChat and wants, as last known; and what was answered. */
export const useSubscriptionStore = defineStore('subscriptions', () => {
  const session = useSession()
  const network = useNetwork()
  const again = untilSent(() => sendWaiting(), () => network.mayTry)
  const kept = shallowRef<Kept | null>((uni.getStorageSync(KEY) || null) as Kept | null)
  const mine = computed(() => (kept.value?.residentId === session.me?.id ? kept.value : null))
  const preferences = computed(() => mine.value?.preferences ?? null)
  const refused = computed(() => mine.value?.refused ?? [])
  const loadedAt = ref(0)

  function keep(change: Partial<Kept>): void {
    const residentId = session.me?.id
    if (residentId !== undefined) {
      const before = mine.value ?? { residentId, language: language(), preferences: null, refused: [], waiting: [] }
      kept.value = { ...before, ...change }
      uni.setStorageSync(KEY, kept.value)
    }
  }

  function know(fresh: Preferences): void {
    loadedAt.value = Date.now()
    keep({ preferences: fresh, language: language() })
  }

  async function load(): Promise<void> {
    know(await api.preferences())
  }

  /** Behind the scenes, for the next question; not more often than it can have changed. */
  async function freshen(): Promise<void> {
    const isFresh = mine.value?.language === language() && Date.now() - loadedAt.value < FRESH_MS
    if (session.signedIn && !isFresh) {
      await sendWaiting()
      await load().catch(() => undefined)
    }
  }

  function due(names: readonly TemplateName[], byPerson: boolean): MessageTemplate[] {
    return worthAsking(names, preferences.value, refused.value, byPerson)
  }

  /** Puts the answers on the phone first, then tells the service: an answer given without a network counts too. */
  async function answer(answers: SubscribeAnswers): Promise<void> {
    const templates: MessageTemplate[] = preferences.value?.templates ?? []
    const said = (wanted: string) => templates.filter(({ template_id: id }) => answers[id] === wanted).map(({ name }) => name)
    const accepted = said('accept')
    const withOneMore = (one: MessageTemplate) => ({ ...one, left: one.left + Number(accepted.includes(one.name)) })
    const before = preferences.value
    keep({
      // The service counts itself; until it has heard of it, nobody is asked once more.
      preferences: before && { ...before, templates: templates.map(withOneMore) },
      refused: [...new Set([...refused.value, ...said('reject')])].filter((name) => !accepted.includes(name)),
      waiting: [...(mine.value?.waiting ?? []), { key: newIdempotencyKey(), answers }],
    })
    await sendWaiting()
  }

  const sendWaiting = inTurn(deliver)

  async function deliver(): Promise<void> {
    if (!session.signedIn) {
      return
    }
    for (let next = mine.value?.waiting[0]; next; next = mine.value?.waiting[0]) {
      try {
        const { templates } = await api.answerSubscriptions(next.answers, next.key)
        if (preferences.value) {
          keep({ preferences: { ...preferences.value, templates } })
        }
        again.anew()
      } catch (error) {
        if (isPassing(error)) {
          again.later(error)
          return
        }
        // What the service will not have, it will not have the next time either.
      }
      const { key } = next
      keep({ waiting: (mine.value?.waiting ?? []).filter((one) => one.key !== key) })
    }
  }

  /** The switch moves at once, and back if the service will not have it. */
  async function switchKind(kind: string, on: boolean): Promise<void> {
    const before = preferences.value
    if (!before) {
      return
    }
    keep({ preferences: { ...before, kinds: before.kinds.map((one) => (one.kind === kind ? { ...one, on } : one)) } })
    try {
      know(await api.changePreferences({ [kind]: on }))
    } catch (error) {
      keep({ preferences: before })
      throw error
    }
  }

  return { kept, preferences, refused, load, freshen, due, answer, sendWaiting, switchKind }
})
