import { describe, expect, it } from 'vitest'

import { distanceMetres, toGcj02, toWgs84 } from '@/utils/coordinates'

const LUZHI = { lat: 31.27, lon: 120.85 }
const CAOTANG = { lat: 30.66, lon: 104.027 }
const LONDON = { lat: 51.5, lon: -0.12 }

describe('toGcj02', () => {
  it('moves a point in China by a few hundred metres', () => {
    expect(distanceMetres(LUZHI, toGcj02(LUZHI))).toBeGreaterThan(300)
    expect(distanceMetres(LUZHI, toGcj02(LUZHI))).toBeLessThan(700)
  })

  it('leaves a point outside China where it is', () => {
    expect(toGcj02(LONDON)).toEqual(LONDON)
  })
})

describe('toWgs84', () => {
  it.each([LUZHI, CAOTANG])('brings a point back to within a millimetre', (point) => {
    expect(distanceMetres(point, toWgs84(toGcj02(point)))).toBeLessThan(0.001)
  })
})

describe('distanceMetres', () => {
  it('is 111 km for a degree of latitude', () => {
    expect(distanceMetres({ lat: 30, lon: 104 }, { lat: 31, lon: 104 })).toBeCloseTo(111_195, -2)
  })
})
