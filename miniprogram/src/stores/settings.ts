import { defineStore } from 'pinia'
import { computed, ref } from 'vue'

import type { LetterSize } from '@/api'
import { type Language, language, setLanguage } from '@/locale'

export type Scheme = 'system' | 'light' | 'dark'

export const SCHEMES: readonly Scheme[] = ['system', 'light', 'dark']

const KEY = 'linli.settings'

interface Kept {
  language?: Language
  letterSize?: LetterSize
  scheme?: Scheme
}

function systemIsDark(): boolean {
  // #ifdef H5
  return typeof matchMedia === 'function' && matchMedia('(prefers-color-scheme: dark)').matches
  // #endif
  // #ifndef H5
  return uni.getAppBaseInfo().theme === 'dark'
  // #endif
}

/** Whether the phone itself speaks another language than Chinese; asked only until the person chooses. */
function systemLanguage(): Language {
  return uni.getAppBaseInfo().language?.toLowerCase().startsWith('en') ? 'en' : 'zh-Hans'
}

/** How the app speaks and looks on this phone. */
export const useSettings = defineStore('settings', () => {
  const kept = (uni.getStorageSync(KEY) || {}) as Kept
  const letterSize = ref<LetterSize>(kept.letterSize ?? 'standard')
  const scheme = ref<Scheme>(kept.scheme ?? 'system')
  const darkOutside = ref(systemIsDark())
  setLanguage(kept.language ?? systemLanguage())

  const dark = computed(() => (scheme.value === 'system' ? darkOutside.value : scheme.value === 'dark'))
  const large = computed(() => letterSize.value === 'large')

  function keep(): void {
    uni.setStorageSync(KEY, { language: language(), letterSize: letterSize.value, scheme: scheme.value })
  }

  function choose(choice: Kept): void {
    if (choice.language) {
      setLanguage(choice.language)
    }
    letterSize.value = choice.letterSize ?? letterSize.value
    scheme.value = choice.scheme ?? scheme.value
    keep()
  }

  /** Follows the phone from day to night. Called once, at launch. */
  function followSystem(): void {
    uni.onThemeChange(({ theme }) => {
      darkOutside.value = theme === 'dark'
    })
  }

  return { letterSize, scheme, dark, large, choose, followSystem }
})
