import { describe, expect, it } from 'vitest'

import { byHours, type Cell, cellOf, cellsOf, oddTimes, PARTS, timesOf, WEEKDAYS } from '@/utils/availability'

const ALL: Cell[] = WEEKDAYS.flatMap((weekday) => PARTS.map((part) => cellOf(weekday, part)))
const MOST_TIMES = 21

describe('the times somebody has', () => {
  it('of a night are two: till midnight, and from then to the morning of the next day', () => {
    expect(timesOf(['7-night'])).toEqual([
      { weekday: 1, from: '00:00', to: '06:00' },
      { weekday: 7, from: '22:00', to: '24:00' },
    ])
  })

  it('are joined where they touch', () => {
    expect(timesOf(['3-afternoon', '3-evening'])).toEqual([{ weekday: 3, from: '12:00', to: '22:00' }])
    expect(timesOf(ALL)).toEqual(WEEKDAYS.map((weekday) => ({ weekday, from: '00:00', to: '24:00' })))
  })

  it('come back as the same squares, whichever were chosen, and are never more than the service takes', () => {
    let seed = 20261122
    const dice = (): number => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
      return seed / 2 ** 32
    }
    for (let round = 0; round < 300; round += 1) {
      const chosen = ALL.filter(() => dice() < 0.5)
      const times = timesOf(chosen)
      expect(cellsOf(times).sort()).toEqual([...chosen].sort())
      expect(oddTimes(times)).toEqual([])
      expect(times.length).toBeLessThanOrEqual(MOST_TIMES)
    }
  })

  it('that fill no square are kept, and told apart from those that do', () => {
    const given = [
      { weekday: 3, from: '09:00', to: '11:00' },
      { weekday: 5, from: '18:00', to: '22:30' },
    ]
    expect(cellsOf(given)).toEqual(['5-evening'])
    expect(oddTimes(given)).toEqual([
      { weekday: 3, from: '09:00', to: '11:00' },
      { weekday: 5, from: '22:00', to: '22:30' },
    ])
    expect(timesOf(cellsOf(given), oddTimes(given))).toEqual(given)
  })

  it('are named together where they are the same on several days', () => {
    expect(byHours([1, 2].map((weekday) => ({ weekday, from: '22:00', to: '22:30' })))).toEqual([['22:00–22:30', [1, 2]]])
  })
})
