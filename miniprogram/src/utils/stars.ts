/** Star levels by hours of service (民政部《志愿服务记录办法》之星级评定: 100, 300, 600, 1000, 1500). */
export const STAR_HOURS = [100, 300, 600, 1000, 1500] as const

const MINUTES = 60

export interface StarWay {
  stars: number
  /** The hours of the next star, null with all five. */
  next: number | null
  left: number
  /** How far from the last star to the next, 0 to 1. */
  share: number
}

export function starWay(totalMinutes: number): StarWay {
  const hours = Math.max(0, totalMinutes) / MINUTES
  const stars = STAR_HOURS.filter((least) => hours >= least).length
  const next = STAR_HOURS[stars] ?? null
  if (next === null) {
    return { stars, next, left: 0, share: 1 }
  }
  const last = STAR_HOURS[stars - 1] ?? 0
  return { stars, next, left: Math.ceil(next - hours), share: (hours - last) / (next - last) }
}

/** Minutes as hours with at most one place after the point, never more than was served: "12.5". */
export function hoursText(minutes: number): string {
  return String(Math.floor((minutes / MINUTES) * 10) / 10)
}
