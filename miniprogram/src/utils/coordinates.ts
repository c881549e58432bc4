/**
 * WGS-84 is what the API speaks and GPS measures; GCJ-02 is what WeChat's map draws.
 * Only the map's edge converts; a mix-up would show as some 500 metres.
 */
export interface Point {
  lat: number
  lon: number
}

const KRASOVSKY_AXIS = 6378245
const KRASOVSKY_ECCENTRICITY = 0.006693421622965943
const ROUNDS = 10
const CLOSE_ENOUGH = 1e-9
const EARTH_RADIUS_M = 6371008.8

const radians = (degrees: number): number => (degrees * Math.PI) / 180

function wave(value: number, ...steps: [number, number][]): number {
  return steps.reduce((sum, [height, frequency]) => sum + height * Math.sin(value * frequency * Math.PI), 0)
}

function ripple(x: number): number {
  return ((20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI)) * 2) / 3
}

function shiftNorth(x: number, y: number): number {
  const base = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.sqrt(Math.abs(x))
  return base + ripple(x) + (wave(y, [20, 1], [40, 1 / 3]) * 2) / 3 + (wave(y, [160, 1 / 12], [320, 1 / 30]) * 2) / 3
}

function shiftEast(x: number, y: number): number {
  const base = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.sqrt(Math.abs(x))
  return base + ripple(x) + (wave(x, [20, 1], [40, 1 / 3]) * 2) / 3 + (wave(x, [150, 1 / 12], [300, 1 / 30]) * 2) / 3
}

function inChina({ lat, lon }: Point): boolean {
  return lon > 72.004 && lon < 137.8347 && lat > 0.8293 && lat < 55.8271
}

export function toGcj02(point: Point): Point {
  if (!inChina(point)) {
    return { ...point }
  }
  const [x, y] = [point.lon - 105, point.lat - 35]
  const curve = 1 - KRASOVSKY_ECCENTRICITY * Math.sin(radians(point.lat)) ** 2
  const north = (KRASOVSKY_AXIS * (1 - KRASOVSKY_ECCENTRICITY)) / (curve * Math.sqrt(curve))
  const east = (KRASOVSKY_AXIS / Math.sqrt(curve)) * Math.cos(radians(point.lat))
  return {
    lat: point.lat + shiftNorth(x, y) / radians(north),
    lon: point.lon + shiftEast(x, y) / radians(east),
  }
}

export function toWgs84(point: Point): Point {
  let guess = { ...point }
  for (let round = 0; round < ROUNDS; round += 1) {
    const there = toGcj02(guess)
    const off = { lat: there.lat - point.lat, lon: there.lon - point.lon }
    guess = { lat: guess.lat - off.lat, lon: guess.lon - off.lon }
    if (Math.abs(off.lat) < CLOSE_ENOUGH && Math.abs(off.lon) < CLOSE_ENOUGH) {
      break
    }
  }
  return guess
}

export function distanceMetres(a: Point, b: Point): number {
  const [north, east] = [radians(b.lat - a.lat), radians(b.lon - a.lon)]
  const half = Math.sin(north / 2) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(east / 2) ** 2
  return 2 * EARTH_RADIUS_M * Math.asin(Math.sqrt(half))
}
