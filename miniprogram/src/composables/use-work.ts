import { type Ref, ref } from 'vue'

import { say } from '@/locale'
import { fieldErrors, inWords } from '@/utils/failures'

type Name = string | number
type Faults = Record<string, string>

interface How {
  /** Which of several buttons it is; `doing` says so meanwhile. */
  name?: Name
  /** Tells what went wrong in another way than `tell`. */
  otherwise?: (error: unknown) => unknown
  /** Follows whether it went well or not, when others may be pressed again: most often the page reads anew. */
  afterwards?: () => unknown
}

interface Work {
  busy: Ref<boolean>
  /** The name of what is being done; empty where nothing is. */
  doing: Ref<Name>
  /** What went wrong, in words; empty where nothing did. A page may put its own words here. */
  failed: Ref<string>
  /** What is wrong with a field, beside it. */
  wrong: Ref<Faults>
  /** Puts beside each field what it lacks, before anything is sent; a long form says the first at its button, too. */
  check: (lacking: Faults, atButton?: boolean) => boolean
  /** Nothing is wrong any more: the page shows another form. */
  clear: () => void
  /** Does it, unless something is being done. */
  work: (action: () => Promise<unknown>, how?: How) => Promise<void>
  /** Says on the page what went wrong, and beside the fields what is theirs. */
  tell: (error: unknown) => void
}

/** Says what went wrong at the edge of the page, where it has no place of its own; long enough to be read. */
export function toastFailure(error: unknown): void {
  uni.showToast({ title: inWords(error, say), icon: 'none', duration: 3000 })
}

/** What a page's buttons do with the service: one thing at a time. */
export function useWork(): Work {
  const busy = ref(false)
  const doing = ref<Name>('')
  const failed = ref('')
  const wrong = ref<Faults>({})

  function tell(error: unknown): void {
    wrong.value = fieldErrors(error)
    failed.value = inWords(error, say)
  }

  function check(lacking: Faults, atButton = false): boolean {
    const [first = ''] = Object.values(lacking)
    wrong.value = lacking
    failed.value = atButton ? first : ''
    return Object.keys(lacking).length === 0
  }

  function clear(): void {
    check({})
  }

  async function work(action: () => Promise<unknown>, { name = '', otherwise = tell, afterwards }: How = {}): Promise<void> {
    if (busy.value) {
      return
    }
    busy.value = true
    doing.value = name
    clear()
    try {
      await action()
    } catch (error) {
      await otherwise(error)
    } finally {
      busy.value = false
      doing.value = ''
    }
    await afterwards?.()
  }

  return { busy, doing, failed, wrong, check, clear, work, tell }
}
