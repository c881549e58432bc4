import type { Say } from '@/locale'

const KILOMETRE = 1000
const STEP = 10

/** "80 米", "1.2 公里": rounded to what a walker needs. */
export function distanceText(metres: number, say: Say): string {
  if (metres < KILOMETRE) {
    return say('distance.metres', { metres: Math.max(STEP, Math.round(metres / STEP) * STEP) })
  }
  return say('distance.kilometres', { kilometres: (metres / KILOMETRE).toFixed(1) })
}
