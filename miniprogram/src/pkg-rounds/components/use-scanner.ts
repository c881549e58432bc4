import { ref } from 'vue'

/**
 * Reads the code at a checkpoint or on the leader's phone. WeChat scans it; a browser has no scanner that
 * could be relied on, so the letters beside the code are typed there.
 */
export function useScanner() {
  /** Waiting for the letters of a code. */
  const typing = ref(false)
  let settle: ((code: string | null) => void) | undefined

  /** Null: thought better of it. */
  function read(): Promise<string | null> {
    return new Promise((resolve) => {
      // #ifdef H5
      settle?.(null)
      settle = resolve
      typing.value = true
      // #endif
      // #ifndef H5
      uni.scanCode({
        onlyFromCamera: true,
        scanType: ['qrCode'],
        success: ({ result }) => {
          resolve(result)
        },
        fail: () => {
          resolve(null)
        },
      })
      // #endif
    })
  }

  function typed(code: string | null): void {
    typing.value = false
    settle?.(code?.trim() || null)
    settle = undefined
  }

  return { typing, read, typed }
}
