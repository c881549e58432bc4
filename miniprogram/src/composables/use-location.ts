import type { CoordSys } from '@/api'
import type { Point } from '@/utils/coordinates'
import { toWgs84 } from '@/utils/coordinates'

/** The browser measures WGS-84; WeChat is asked for what its own map draws. */
function spoken(): CoordSys {
  // #ifdef H5
  return 'wgs84'
  // #endif
  // #ifndef H5
  return 'gcj02'
  // #endif
}

/** Where the phone is, in WGS-84, or null if it will not say. */
export function whereAmI(): Promise<Point | null> {
  const type = spoken()
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
