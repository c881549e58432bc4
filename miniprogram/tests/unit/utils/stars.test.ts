import { describe, expect, it } from 'vitest'

import { lanternPicture } from '@/pkg-volunteers/components/lanterns'
import { DRAWING_COLOURS } from '@/utils/drawings'
import { hoursText, starWay } from '@/utils/stars'

const hours = (count: number) => count * 60

describe('the way to the stars', () => {
  it.each([
    [0, 0, 100, 100],
    [99.99, 0, 100, 1],
    [100, 1, 300, 200],
    [599, 2, 600, 1],
    [1499.5, 4, 1500, 1],
  ])('of %d hours', (served, stars, next, left) => {
    expect(starWay(hours(served))).toMatchObject({ stars, next, left })
  })

  it('ends at five', () => {
    expect(starWay(hours(2000))).toEqual({ stars: 5, next: null, left: 0, share: 1 })
  })

  it('lights as many lanterns as there are stars', () => {
    const lit = (served: number) => lanternPicture(starWay(hours(served)), DRAWING_COLOURS.light).split(encodeURIComponent('fill-opacity')).length - 1
    expect([0, 100, 700, 1500].map(lit)).toEqual([0, 1, 3, 5])
  })
})

describe('hours', () => {
  it.each([
    [0, '0'],
    [59, '0.9'],
    [90, '1.5'],
    [540, '9'],
    [119, '1.9'],
  ])('%d minutes are %s, never more than was served', (minutes, words) => {
    expect(hoursText(minutes)).toBe(words)
  })
})
