import { defineStore } from 'pinia'
import { ref } from 'vue'

import { api, type Config, type HazardCategory } from '@/api'
import { language } from '@/locale'

const CONFIG = 'linli.config'
const CATEGORIES = 'linli.categories'

interface KeptCategories {
  language: string
  items: HazardCategory[]
}

/** What seldom changes; kept on the phone, so that a report can be written without a network. */
export const useReference = defineStore('reference', () => {
  const config = ref<Config | null>((uni.getStorageSync(CONFIG) || null) as Config | null)
  const kept = ref<KeptCategories | null>((uni.getStorageSync(CATEGORIES) || null) as KeptCategories | null)

  async function loadConfig(): Promise<Config> {
    const fresh = await api.config()
    config.value = fresh
    uni.setStorageSync(CONFIG, fresh)
    return fresh
  }

  /** The kept ones at once if there are any, and fresh ones behind the scenes. */
  async function loadCategories(): Promise<HazardCategory[]> {
    const spoken = language()
    const fresh = api.hazardCategories().then(({ items }) => {
      kept.value = { language: spoken, items }
      uni.setStorageSync(CATEGORIES, kept.value)
      return items
    })
    if (kept.value?.language === spoken) {
      fresh.catch(() => undefined)
      return kept.value.items
    }
    return fresh.catch((error: unknown) => {
      if (kept.value) {
        return kept.value.items
      }
      throw error
    })
  }

  return { config, kept, loadConfig, loadCategories }
})
