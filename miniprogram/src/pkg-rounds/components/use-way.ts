import { onHide, onShow } from '@dcloudio/uni-app'
import { onBeforeUnmount, ref, shallowRef } from 'vue'

import { type Measured, measure } from '@/composables/use-location'

/** WeChat answers more often only with an error; a walker is some 30 metres on by then. */
const EVERY_MS = 30_000
const SCAN_WAIT_MS = 6000

/** Where somebody is, again and again while the page is before their eyes, and at once for a scan. */
export function useWay(onPlace: (place: Measured) => void) {
  const here = shallowRef<Measured | null>(null)
  /** The phone will not say where it is. */
  const blind = ref(false)
  let timer: ReturnType<typeof setInterval> | undefined

  async function look(): Promise<Measured | null> {
    const place = await measure()
    blind.value = place === null
    if (place) {
      here.value = place
      onPlace(place)
    }
    return place
  }

  /** For a scan: what the phone knows within some seconds. Nobody stands in the rain for a satellite. */
  function now(): Promise<Measured | null> {
    const enough = new Promise<null>((resolve) => {
      setTimeout(() => {
        resolve(null)
      }, SCAN_WAIT_MS)
    })
    return Promise.race([look(), enough])
  }

  function rest(): void {
    clearInterval(timer)
    timer = undefined
  }

  onShow(() => {
    rest()
    void look()
    timer = setInterval(() => void look(), EVERY_MS)
  })
  onHide(rest)
  onBeforeUnmount(rest)

  return { here, blind, now }
}
