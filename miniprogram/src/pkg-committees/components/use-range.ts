import { computed, ref } from 'vue'

import { useNow } from '@/composables/use-now'
import { useSession } from '@/stores/session'
import { dayOf } from '@/utils/time'

import { choiceOf, daysAsked, daysMeant, placeAsked, queryOf, type RangeChoice } from './range'

const OVERSEERS: string[] = ['committee', 'street', 'district']

/** Of which place and which days a page of figures is, and what one is to that place. */
export function useRange() {
  const session = useSession()
  const now = useNow()
  const today = computed(() => dayOf(now.value))
  const placeCode = ref('')
  const choice = ref<RangeChoice>(choiceOf(undefined, today.value))
  const days = computed(() => daysMeant(choice.value, today.value))
  const asked = computed(() => daysAsked(choice.value, today.value))
  const held = computed(() => (session.me?.roles ?? []).filter(({ kind }) => OVERSEERS.includes(kind)))
  const places = computed(() => held.value.map(({ place_code: value, place_name: label }) => ({ value, label })))
  const isOwn = computed(() => held.value.some(({ place_code: code }) => code === placeCode.value))
  const supervises = computed(() =>
    held.value.some(({ place_code: code }) => code.length < placeCode.value.length && placeCode.value.startsWith(code)),
  )
  const query = computed(() => ({ place: placeCode.value, ...queryOf(choice.value) }))

  /** What the address of the page says; without a place it is the one that somebody oversees. */
  function take(address: Record<string, unknown> | undefined): void {
    placeCode.value = placeAsked(address, session.overseen?.place_code)
    choice.value = choiceOf(address, today.value)
  }

  return { placeCode, choice, days, asked, places, isOwn, supervises, query, take }
}
