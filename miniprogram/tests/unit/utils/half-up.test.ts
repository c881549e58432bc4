import { describe, expect, it } from 'vitest'

import { halfUp, points } from '@/utils/half-up'

describe('a number for people', () => {
  it.each([
    [0, 0],
    [0.005, 1],
    [0.285, 29],
    [0.565, 57],
    [0.284999, 28],
    [1, 100],
  ])('a share of %d is %d of a hundred', (share, whole) => {
    expect(points(share)).toBe(whole)
  })

  it.each([
    [2.25, 1, 2.3],
    [1.005, 2, 1.01],
    [2.5, 0, 3],
  ])('%d with %d digits is %d', (value, digits, rounded) => {
    expect(halfUp(value, digits)).toBe(rounded)
  })
})
