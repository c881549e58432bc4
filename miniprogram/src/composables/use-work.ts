import { type Ref, ref } from 'vue'

import { say } from '@/locale'
import { inWords } from '@/utils/failures'

interface Work {
  busy: Ref<boolean>
  /** What went wrong, in words; empty where nothing did. A page may put its own words here. */
  failed: Ref<string>
  /** Does it, unless something is being done; what goes wrong is said in words, or left to `otherwise`. */
  work: (action: () => Promise<unknown>, otherwise?: (error: unknown) => void) => Promise<void>
}

/** What a button does with the service: one thing at a time. */
export function useWork(): Work {
  const busy = ref(false)
  const failed = ref('')

  async function work(
    action: () => Promise<unknown>,
    otherwise = (error: unknown) => {
      failed.value = inWords(error, say)
    },
  ): Promise<void> {
    if (busy.value) {
      return
    }
    busy.value = true
    failed.value = ''
    try {
      await action()
    } catch (error) {
      otherwise(error)
    } finally {
      busy.value = false
    }
  }

  return { busy, failed, work }
}
