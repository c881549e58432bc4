import { api, type CoordSys, type PlaceName, Problem } from '@/api'
import type { Point } from '@/utils/coordinates'
import { toWgs84 } from '@/utils/coordinates'

/** Where the phone is, in WGS-84, and how sure it is of it, in metres. */
export interface Measured extends Point {
  accuracy: number | null
}

/** The browser measures WGS-84; WeChat is asked for what its own map draws. */
function spoken(): CoordSys {
  // #ifdef H5
  return 'wgs84'
  // #endif
  // #ifndef H5
  return 'gcj02'
  // #endif
}

/** One measurement, or null if the phone will not say. */
export function measure(): Promise<Measured | null> {
  const type = spoken()
  return new Promise((resolve) => {
    uni.getLocation({
      type,
      success: ({ latitude: lat, longitude: lon, accuracy }) => {
        const point = type === 'gcj02' ? toWgs84({ lat, lon }) : { lat, lon }
        resolve({ ...point, accuracy: Number.isFinite(accuracy) && accuracy > 0 ? Math.round(accuracy) : null })
      },
      fail: () => {
        resolve(null)
      },
    })
  })
}

/** Where the phone is, in WGS-84, or null if it will not say. */
export async function whereAmI(): Promise<Point | null> {
  const measured = await measure()
  return measured && { lat: measured.lat, lon: measured.lon }
}

/** The community one stands in; where there is none to be had, why, as a key of the catalogue. */
export async function communityHere(): Promise<PlaceName | 'residence.noLocation' | 'residence.outside'> {
  const here = await whereAmI()
  if (!here) {
    return 'residence.noLocation'
  }
  try {
    return (await api.locate({ ...here, coord_sys: 'wgs84' })).community
  } catch (error) {
    if (error instanceof Problem && error.code === 'outside_all_grids') {
      return 'residence.outside'
    }
    throw error
  }
}
