import { reactive, watch } from 'vue'

import { newIdempotencyKey } from '@/api'

interface KeptForm<Form> {
  form: Form
  /** The same for the same words, however often they are sent; other words get another. */
  keyFor: (body: object) => string
  forget: () => void
}

interface Kept<Form> {
  form: Partial<Form>
  sent?: { body: string; key: string }
}

/**
 * A form that survives a closed app and a lost network: kept on the phone under its name while it is
 * being written, until the service has answered. The name holds whose it is, so that nobody finds
 * another's words.
 */
export function useKeptForm<Form extends object>(name: string, empty: Form): KeptForm<Form> {
  const storageKey = `linli.form.${name}`
  const kept = (uni.getStorageSync(storageKey) || { form: {} }) as Kept<Form>
  const form = reactive({ ...empty, ...kept.form }) as Form
  let sent = kept.sent

  function keep(): void {
    // What lies deeper is still Vue's proxies, which WeChat's storage need not take.
    uni.setStorageSync(storageKey, { form: JSON.parse(JSON.stringify(form)) as Form, sent })
  }

  watch(form, keep, { flush: 'sync' })

  function keyFor(body: object): string {
    const words = JSON.stringify(body)
    if (sent?.body !== words) {
      sent = { body: words, key: newIdempotencyKey() }
      keep()
    }
    return sent.key
  }

  function forget(): void {
    sent = undefined
    Object.assign(form, empty)
    uni.removeStorageSync(storageKey)
  }

  return { form, keyFor, forget }
}
