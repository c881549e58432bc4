import type { CoordSys } from '@/api'
import type { Point } from '@/utils/coordinates'
import { toWgs84 } from '@/utils/coordinates'

/** Where the phone is, in WGS-84, or null if it will not say. */
export function whereAmI(): Promise<Point | null> {
  // The browser measures WGS-84; WeChat can give what its own map draws.
  let type = 'gcj02' as CoordSys
  // #ifdef H5
  type = 'wgs84'
  // #endif
  return new Promise((resolve) => {
    uni.getLocation({
      type,
      success: ({ latitude: lat, longitude: lon }) => {
        resolve(type === 'gcj02' ? toWgs84({ lat, lon }) : { lat, lon })
      },
      fail: () => {
        resolve(null)
      },
    })
  })
}
