import { describe, expect, it } from 'vitest'

import { say } from '@/locale'
import { hourBars, hoursAnswer, longestGap, neverWalked, placesAnswer, summedHours } from '@/pkg-committees/participation/coverage'

const hours = (walked: Record<number, number>) => Array.from({ length: 24 }, (_, hour) => walked[hour] ?? 0)
const evening = hours({ 19: 60, 20: 90, 21: 30 })

describe('coverage', () => {
  it('sums the hours of all grids', () => {
    expect(summedHours([{ by_hour: evening }, { by_hour: hours({ 20: 10 }) }])[20]).toBe(100)
    expect(hourBars(evening)[20]).toEqual({ hour: 20, minutes: 90, share: 1 })
  })

  it('finds the longest time in which nobody walks, over midnight too', () => {
    expect(longestGap(evening)).toEqual({ from: 22, until: 19 })
    expect(longestGap(hours({ 3: 1, 12: 1 }))).toEqual({ from: 13, until: 3 })
    expect(longestGap(Array<number>(24).fill(1))).toBeNull()
  })

  it('says it in a sentence', () => {
    expect(hoursAnswer(evening, say)).toBe('20:00 走得最多，22:00 到 19:00 没有人走')
    expect(hoursAnswer(hours({}), say)).toBe('这段时间没有人巡逻')
  })

  it('names where nobody walked', () => {
    const grids = [
      { name: '第1网格', walked_minutes: 0 },
      { name: '第2网格', walked_minutes: 90 },
    ]
    expect(neverWalked(grids)).toHaveLength(1)
    expect(placesAnswer(grids, say)).toBe('没走过：第1网格')
    expect(placesAnswer([{ name: '第2网格', walked_minutes: 9 }], say)).toContain('1 个网格都走过')
    expect(placesAnswer(Array.from({ length: 5 }, (_, at) => ({ name: `第${at}网格`, walked_minutes: 0 })), say)).toContain('等 5 个网格')
  })
})
