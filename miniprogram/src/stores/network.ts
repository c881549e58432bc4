import { defineStore } from 'pinia'
import { computed, ref } from 'vue'

import { useSession } from './session'

/** Whether the phone has a network, whether anything is to be tried with it, and who wants to know when it comes back. */
export const useNetwork = defineStore('network', () => {
  const session = useSession()
  const online = ref(true)
  /** Whether the app is before somebody's eyes. */
  const shown = ref(true)
  /** Whether what waits may be tried again by itself. */
  const mayTry = computed(() => session.signedIn && shown.value && online.value)

  /** Called once, at launch. */
  function watchNetwork(whenBack: () => void): void {
    uni.getNetworkType({
      success: ({ networkType }) => {
        online.value = networkType !== 'none'
      },
    })
    uni.onNetworkStatusChange(({ isConnected }) => {
      const wasOffline = !online.value
      online.value = isConnected
      if (isConnected && wasOffline) {
        whenBack()
      }
    })
  }

  return { online, shown, mayTry, watchNetwork }
})
