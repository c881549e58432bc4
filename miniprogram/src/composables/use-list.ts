import { computed, type Ref, ref, shallowRef } from 'vue'

import { NetworkFailure, type Page } from '@/api'

export interface List<Item> {
  items: Ref<Item[]>
  loading: Ref<boolean>
  loaded: Ref<boolean>
  failure: Ref<unknown>
  offline: Ref<boolean>
  empty: Ref<boolean>
  hasMore: Ref<boolean>
  reload: () => Promise<void>
  more: () => Promise<void>
}

/** A list that comes page by page. A newer reload makes the answers to older questions void. */
export function useList<Item>(fetchPage: (cursor?: string) => Promise<Page<Item>>): List<Item> {
  const items = shallowRef<Item[]>([])
  const loading = ref(false)
  const loaded = ref(false)
  const failure = shallowRef<unknown>(null)
  const next = ref<string | null>(null)
  let round = 0

  async function fetchInto(cursor: string | undefined, place: (page: Page<Item>) => Item[]): Promise<void> {
    round += 1
    const own = round
    loading.value = true
    try {
      const page = await fetchPage(cursor)
      if (own === round) {
        items.value = place(page)
        next.value = page.next_cursor
        failure.value = null
        loaded.value = true
      }
    } catch (error) {
      if (own === round) {
        failure.value = error
      }
    } finally {
      if (own === round) {
        loading.value = false
      }
    }
  }

  async function reload(): Promise<void> {
    await fetchInto(undefined, (page) => page.items)
  }

  async function more(): Promise<void> {
    if (next.value && !loading.value) {
      await fetchInto(next.value, (page) => [...items.value, ...page.items])
    }
  }

  return {
    items,
    loading,
    loaded,
    failure,
    offline: computed(() => failure.value instanceof NetworkFailure),
    empty: computed(() => loaded.value && items.value.length === 0),
    hasMore: computed(() => next.value !== null),
    reload,
    more,
  }
}
