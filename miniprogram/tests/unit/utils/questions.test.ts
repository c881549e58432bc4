import { describe, expect, it } from 'vitest'

import type { QuestionFigures, QuestionVersion } from '@/api'
import { bodyOf, canAdd, canRemove, emptyFields, emptyOption, fieldsOf, markRight, missingIn, optionsFor, type QuestionFields, regionAt, resized } from '@/pkg-questions/components/form'
import { chosenLines, discriminationWord, facilityWord, formatOf, forward, isDoubtful } from '@/pkg-questions/components/looks'

function whole(changes: Partial<QuestionFields> = {}): QuestionFields {
  return {
    ...emptyFields('2026-11-21'),
    stem: { zh: '楼道能放电动车吗？ ', en: '' },
    options: [{ ...emptyOption(), zh: '不能', right: true }, { ...emptyOption(), zh: '能' }],
    explanation: { zh: '堵住出口。', en: '' },
    sourceName: { zh: '消防法', en: '' },
    ...changes,
  }
}

const spot = (right: boolean) => ({ ...emptyOption({ x: 0.1, y: 0.1, width: 0.2, height: 0.2 }), zh: right ? '车' : '门', right })

describe('a question that is being written', () => {
  it('goes out without what was left empty, and without English unless it is wanted', () => {
    const fields = whole({ stem: { zh: '能吗？', en: 'May it?' } })
    const body = bodyOf(fields)
    expect(body).not.toHaveProperty('at_home')
    expect(body.stem).toEqual({ zh: '能吗？' })
    expect(body.source).toEqual({ name: { zh: '消防法' }, as_of: '2026-11-21' })
    expect(bodyOf({ ...fields, english: true }).stem).toEqual({ zh: '能吗？', en: 'May it?' })
  })

  it('says its key as each kind has it', () => {
    expect(bodyOf(whole()).options).toEqual([{ zh: '不能', right: true }, { zh: '能', right: false }])
    const truth = bodyOf(whole({ kind: 'true_false', answer: false }))
    expect(truth).toMatchObject({ answer: false })
    expect(truth).not.toHaveProperty('options')
    expect(bodyOf(whole({ kind: 'ordering' })).options).toEqual([{ zh: '不能' }, { zh: '能' }])
    const picture = bodyOf(whole({ kind: 'picture', options: [spot(true)] }), 'photo')
    expect(picture).toMatchObject({ picture_id: 'photo', options: [{ right: true, region: { x: 0.1, width: 0.2 } }] })
  })

  it.each<[string, Partial<QuestionFields>, boolean, Record<string, string>]>([
    ['is whole', {}, false, {}],
    ['has no words', { stem: { zh: ' ', en: '' } }, false, { stem: 'stem' }],
    ['has no right option', { options: [{ ...emptyOption(), zh: 'a' }, { ...emptyOption(), zh: 'b' }] }, false, { options: 'right' }],
    ['has an empty option', { options: [{ ...emptyOption(), zh: 'a', right: true }, emptyOption()] }, false, { options: 'words' }],
    ['does not say whether it is so', { kind: 'true_false' }, false, { answer: 'answer' }],
    ['has too few to put in order', { kind: 'ordering' }, false, { options: 'options' }],
    ['has no picture', { kind: 'picture', options: [spot(true), spot(false), spot(false)] }, false, { picture: 'picture' }],
    ['marks everything in the picture', { kind: 'picture', options: [spot(true), spot(true), spot(false)] }, true, { options: 'wrongSpots' }],
    ['has a whole picture', { kind: 'picture', options: [spot(true), spot(false), spot(false)] }, true, {}],
    ['has no reason and no source', { explanation: { zh: '', en: '' }, sourceName: { zh: '', en: '' } }, false, { explanation: 'explanation', source: 'source' }],
  ])('%s', (_, changes, hasPicture, missing) => {
    expect(missingIn(whole(changes), hasPicture)).toEqual(missing)
  })

  it('marks one and no other, or several', () => {
    const fields = whole()
    markRight(fields, 1)
    expect(fields.options.map(({ right }) => right)).toEqual([false, true])
    fields.kind = 'multiple'
    markRight(fields, 0)
    expect(fields.options.map(({ right }) => right)).toEqual([true, true])
  })

  it('keeps what another kind can use', () => {
    const several = [{ ...emptyOption(), zh: 'a', right: true }, { ...emptyOption(), zh: 'b', right: true }]
    expect(optionsFor('single', several).map(({ right }) => right)).toEqual([true, false])
    expect(optionsFor('ordering', several)).toHaveLength(3)
    expect(optionsFor('ordering', several).some(({ right }) => right)).toBe(false)
    expect(optionsFor('picture', several)).toEqual([])
    expect(optionsFor('single', [spot(true)])[0]?.region).toBeNull()
  })

  it('has as many options as its kind may have', () => {
    const two = whole()
    expect([canAdd(two), canRemove(two)]).toEqual([true, false])
    const eight = whole({ options: Array.from({ length: 8 }, () => emptyOption()) })
    expect([canAdd(eight), canRemove(eight)]).toEqual([false, true])
  })

  it('comes back from a version as it went', () => {
    const body = bodyOf(whole({ atHome: { zh: '看看楼道', en: '' } }))
    const version = { ...body, id: 7, answer: null, source: { article: null, quote: null, version: null, ...body.source } }
    const { picture_id: _, ...again } = { picture_id: undefined, ...bodyOf(fieldsOf(version as unknown as QuestionVersion)) }
    expect(again).toEqual(body)
  })
})

describe('a place of a picture', () => {
  it('lies around the tap, and never leaves the picture', () => {
    expect(regionAt(0.5, 0.5, 1)).toEqual({ x: 0.4, y: 0.4, width: 0.2, height: 0.2 })
    expect(regionAt(0, 1, 2)).toEqual({ x: 0, y: 0.6, width: 0.2, height: 0.4 })
  })

  it('keeps its size when it is moved, and its middle when that changes', () => {
    const small = resized(regionAt(0.5, 0.5, 1), false)
    expect(small.width).toBeLessThan(0.2)
    expect(small.x + small.width / 2).toBeCloseTo(0.5, 2)
    expect(regionAt(0.3, 0.3, 1, small).width).toBe(small.width)
    let large = small
    for (let times = 0; times < 20; times += 1) {
      large = resized(large, true)
    }
    expect(large.width).toBe(0.6)
  })
})

describe('what the answers say', () => {
  it.each([
    [0.2, 'hard'],
    [0.7, 'fair'],
    [0.95, 'easy'],
  ] as const)('a share of %d right is %s', (share, word) => {
    expect(facilityWord(share)).toBe(word)
  })

  it.each([
    [null, 'unknown'],
    [-0.1, 'negative'],
    [0.05, 'poor'],
    [0.2, 'fair'],
    [0.4, 'good'],
  ] as const)('a discrimination of %s is %s', (value, word) => {
    expect(discriminationWord(value)).toBe(word)
  })

  it('is told in hundreds, and doubt apart from a second look', () => {
    const figures = { options: [{ number: 0, right: true, share: 0.333, by_best: 0.5, by_worst: 0 }] } as unknown as QuestionFigures
    expect(chosenLines(figures)).toEqual([{ number: 0, right: true, share: 33, byBest: 50, byWorst: 0 }])
    expect([isDoubtful('rival'), isDoubtful('too_easy')]).toEqual([true, false])
  })
})

describe('moves and files', () => {
  it('urges the step forward alone', () => {
    expect(forward([{ move: 'return' }, { move: 'publish' }])).toEqual({ move: 'publish' })
    expect(forward([{ move: 'withdraw' }])).toBeNull()
  })

  it('guesses a format by the name, where the name says it', () => {
    expect(['a.CSV', 'b.xml', 'c.gift', 'd.txt', 'e'].map(formatOf)).toEqual(['csv', 'moodle_xml', 'gift', null, null])
  })
})
