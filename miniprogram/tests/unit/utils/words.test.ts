import { describe, expect, it } from 'vitest'

import { NetworkFailure, Problem } from '@/api'
import { say } from '@/locale'
import { distanceText } from '@/utils/distance'
import { pictureName } from '@/utils/drawings'
import { fieldErrors, inWords, isPassing } from '@/utils/failures'
import { ending, STATE_WORDS, statesOf, stateLook, stateWord } from '@/utils/states'

describe('the five words', () => {
  it('cover the nine states, each once', () => {
    const states = STATE_WORDS.flatMap((word) => statesOf(word).split(','))
    expect(states).toHaveLength(9)
    expect(new Set(states).size).toBe(9)
  })

  it('have a shape each, so that colour is never alone', () => {
    const looks = (['reported', 'handling', 'suspended', 'handled', 'closed', 'declined'] as const).map(stateLook)
    expect(new Set(looks.map(({ shape }) => shape)).size).toBe(6)
  })

  it('say how a case ended where "closed" would not', () => {
    expect(stateWord('declined')).toBe('closed')
    expect(ending('declined')).toBe('declined')
    expect(ending('closed')).toBeNull()
  })
})

describe('failures', () => {
  const refused = new Problem(422, 'invalid', '填写有误', '请看看下面。', [
    { field: 'photo_ids.0', code: 'unknown', message: '照片不存在。' },
    { field: 'description', code: 'too_long', message: '太长了。' },
  ])

  it('are said in a sentence, never as a code', () => {
    expect(inWords(new NetworkFailure('request:fail'), say)).toContain('连不上网络')
    expect(inWords(refused, say)).toBe('请看看下面。')
    expect(inWords(new TypeError('x is undefined'), say)).toBe('没有成功，请再试一次。')
  })

  it('stand beside the field they belong to', () => {
    expect(fieldErrors(refused)).toEqual({ photo_ids: '照片不存在。', description: '太长了。' })
    expect(fieldErrors(new NetworkFailure())).toEqual({})
  })

  it.each([
    [new NetworkFailure(), true],
    [new Problem(503, 'busy', '', '', []), true],
    [new Problem(429, 'slow_down', '', '', []), true],
    [new Problem(401, 'unauthenticated', '', '', []), true],
    [new Problem(422, 'invalid', '', '', []), false],
    [new Problem(409, 'conflict', '', '', []), false],
    [new Error('a bug'), false],
  ])('are worth another try or not: %o', (error, passing) => {
    expect(isPassing(error)).toBe(passing)
  })
})

describe('distances and pictures', () => {
  it.each([
    [3, '10 米'],
    [84, '80 米'],
    [1240, '1.2 公里'],
  ])('%i metres', (metres, words) => {
    expect(distanceText(metres, say)).toBe(words)
  })

  it.each([
    ['MANHOLE', 'MANHOLE'],
    ['MANHOLE_SUNK', 'MANHOLE'],
    ['ELEVATOR_TRAPPED', 'ELEVATOR'],
    ['FACADE', 'FALLING'],
    ['SOMETHING_NEW', 'OTHER'],
  ])('%s is drawn as %s', (category, picture) => {
    expect(pictureName(category)).toBe(picture)
  })
})
