/**
 * The app's words: flat catalogues, one per language, `{name}` for what is filled in,
 * `{count:case|cases}` for one and several, as the service's catalogues have it.
 *
 * Written by hand, because WeChat forbids `new Function`, with which vue-i18n compiles its
 * messages, and because this is all we need. Reading a text in a template follows the language.
 */
import { ref } from 'vue'

import en from './en.json'
import zhHans from './zh-Hans.json'

export type Language = 'zh-Hans' | 'en'
export type Values = Record<string, string | number>
/** Says a text of the catalogue; the pure functions of utils/ take it as an argument. */
export type Say = (key: string, values?: Values) => string

type Catalogue = Record<string, string>

export const LANGUAGES: readonly Language[] = ['zh-Hans', 'en']

const CATALOGUES: Record<Language, Catalogue> = { 'zh-Hans': zhHans, en }
/** `{count}`, and `{count:case|cases}` for what English says one otherwise than several. */
const BLANK = /\{(\w+)(?::([^{}|]*)\|([^{}|]*))?\}/g

const current = ref<Language>('zh-Hans')

export function language(): Language {
  return current.value
}

export function setLanguage(next: Language): void {
  current.value = next
}

export function hasText(key: string): boolean {
  return key in zhHans
}

export const say: Say = (key, values = {}) => {
  const text = CATALOGUES[current.value][key] ?? (zhHans as Catalogue)[key] ?? key
  return text.replace(BLANK, (blank, name: string, one?: string, several?: string) => {
    const value = String(values[name] ?? blank)
    return (value === '1' ? one : several) ?? value
  })
}

/** What main.ts installs: the language is module state, so there is nothing to install but the words in templates. */
export const i18n = { install: () => undefined }
