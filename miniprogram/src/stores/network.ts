import { defineStore } from 'pinia'
import { ref } from 'vue'

/** Whether the phone has a network, and who wants to know when it comes back. */
export const useNetwork = defineStore('network', () => {
  const online = ref(true)

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

  return { online, watchNetwork }
})
