import { describe, expect, it } from 'vitest'

import type { Child, Figures, MetTarget, PeriodFigures, PlainFigure } from '@/api'
import { say } from '@/locale'
import { childrenAnswer } from '@/pkg-committees/components/children'
import { deskCode, secondsLeft, spaced } from '@/pkg-committees/components/desks'
import { byPeriod, periodLabel } from '@/pkg-committees/components/options-people'
import { dueWords } from '@/pkg-committees/components/rectifications'
import { targetLook, targetsAnswer, targetWords, wantedOf } from '@/pkg-committees/components/targets'
import { hiddenPeriods, peopleAnswer, percentText, periodAnswer, shareOf, standing, told, whyWithheld } from '@/pkg-committees/components/telling'

const plain = { excluded: 0, formula_version: 1, withheld: null }

function count(value: number): PlainFigure {
  return { ...plain, value, numerator: value, denominator: null }
}

function share(numerator: number, denominator: number, excluded = 0): PlainFigure {
  return { ...plain, value: numerator / denominator, numerator, denominator, excluded }
}

function index(value: number): PlainFigure {
  return { ...plain, value, numerator: null, denominator: null }
}

function withheld(reason: string, of: Partial<PlainFigure> = {}): PlainFigure {
  return { ...plain, value: null, numerator: null, denominator: null, withheld: reason, ...of }
}

const DIGIT = /\d/

describe('a figure that can be opened', () => {
  it.each([
    ['people', count(128), count(120), { value: '128', base: '', direction: '▲ 比上期多 8' }],
    ['people', count(0), count(3), { value: '0', base: '', direction: '▼ 比上期少 3' }],
    ['minutes', count(390), count(300), { value: '6.5', base: '', direction: '▲ 比上期多 1.5' }],
    ['on_time', share(23, 25, 2), share(22, 25), { value: '92%', base: '25 件中 23 件，2 不计', direction: '▲ 比上期高 4 个百分点' }],
    ['grids', share(6, 7), undefined, { value: '86%', base: '7 个网格中 6 个', direction: '' }],
    ['evenness', share(30, 40), undefined, { value: '75%', base: '100% 是各网格一样多', direction: '' }],
    ['solving', index(72.4), index(72.4), { value: '72.4', base: '', direction: '＝ 与上期持平' }],
    ['people', count(9), withheld('few'), { value: '9', base: '', direction: '' }],
  ])('%s is said with what it is made of and its direction', (name, now, before, said) => {
    const { value, base, direction } = told(name, now, before, say)
    expect({ value, base, direction: direction ? `${direction.arrow} ${direction.words}` : '' }).toEqual(said)
  })

  it.each(['few', 'grid', 'part', 'nothing', 'a reason of tomorrow'])('never shows a number where it is withheld: %s', (reason) => {
    // Whatever came along with it stays unsaid, and out of bars.
    const hidden = withheld(reason, { numerator: 3, denominator: 41, value: 3 / 41 })
    const { value, base, direction } = told('breadth', hidden, share(1, 2), say)
    expect([value, direction, shareOf(hidden)]).toEqual([null, null, null])
    expect(base).toBe(whyWithheld(reason, say))
    expect(base.replace('5 人', '')).not.toMatch(DIGIT)
  })

  it('says how much is known where that is too little, and not what it came to', () => {
    const hidden = withheld('coverage', { numerator: 3, denominator: 6, excluded: 4 })
    expect(told('resolved', hidden, undefined, say)).toEqual({
      value: null,
      base: '知道的不到七成，先不写数字（应算 10，只知道 6）',
      direction: null,
    })
  })

  it.each([
    [1, '100%'],
    [0.999, '99.9%'],
    [0.9996, '99.9%'],
    [0.004, '0.4%'],
    [0.0001, '0.1%'],
    [0, '0%'],
    [0.925, '93%'],
    [0.285, '29%'],
    [0.9149, '91%'],
  ])('rounds %d to %s, never to the whole or to nothing', (value, words) => {
    expect(percentText(value)).toBe(words)
  })
})

describe('the titles of the page of participation', () => {
  const figures = (people: PlainFigure, newly: PlainFigure): Figures => ({ people, newly }) as Figures

  it('are the answers', () => {
    expect(peopleAnswer(figures(count(128), count(23)), say)).toBe('有 128 位邻居参加，23 位是第一次')
    expect(peopleAnswer(figures(count(128), withheld('few')), say)).toBe('有 128 位邻居参加')
    expect(peopleAnswer(figures(withheld('few'), withheld('few')), say)).toBe('参加的人不足 5 位，不写人数')
    expect(peopleAnswer(figures(count(0), count(0)), say)).toBe('这段时间还没有人参加')
  })

  const period = (from: string, people: PlainFigure, newly = people, returning = people): PeriodFigures => ({ from, to: from, figures: { people, newly, returning } as Figures })
  const periods = [period('2026-11-02', count(9), count(2), count(7)), period('2026-11-09', count(12), withheld('few'), withheld('few')), period('2026-11-16', withheld('few'))]

  it('leave out what may not be told', () => {
    expect(periodAnswer(periods, ({ from }) => from, say)).toBe('2026-11-09人最多，12 位')
    expect(hiddenPeriods(periods)).toBe(1)
    expect(periodAnswer([period('2026-11-16', withheld('few'))], ({ from }) => from, say)).toBe('每一期都不足 5 人，不画')
  })

  it('draw no bar, not even of nought, for what may not be told', () => {
    const { series } = byPeriod(periods, 'week', { dark: false, large: false }, say) as { series: { data: (number | null)[] }[] }
    expect(series.map(({ data }) => data)).toEqual([
      [7, null, null],
      [2, null, null],
      [null, 12, null],
    ])
    expect([periodLabel('2026-11-02', 'day', say), periodLabel('2026-10-01', 'quarter', say), periodLabel('2026-10-01', 'month', say)]).toEqual(['11/2', '2026年4季', '2026/10'])
  })

  it.each([
    [0.5, 'top'],
    [0.3, 'above'],
    [0.2, 'below'],
    [0.05, 'bottom'],
  ])('say of %d in which quarter of the others it is', (own, where) => {
    expect(standing({ own, lower: 0.1, median: 0.25, upper: 0.4 })).toBe(where)
    expect(standing({ own })).toBeNull()
  })
})

describe('targets', () => {
  const target = (figure: string, wanted: number, met: boolean | null, atMost = false): MetTarget => ({ figure, wanted, at_most: atMost, set_at: '', met })

  it('say in a word and a shape whether they are met', () => {
    expect(targetWords(target('on_time', 0.9, true), say)).toBe('达到目标 90%')
    expect(targetWords(target('rework', 0.05, false, true), say)).toBe('没到目标不超过 5%')
    expect(targetWords(target('solving', 75, null), say)).toBe('目标 75，还算不出')
    expect([true, false, null].map((met) => targetLook(target('on_time', 0.9, met)).shape)).toEqual(['check', 'diamond', 'ring'])
    expect(targetsAnswer([target('on_time', 0.9, true), target('closing', 0.9, null)], say)).toBe('2 个目标，达到 1 个')
  })

  it.each([
    ['on_time', '92.5', 0.925],
    ['on_time', '92%', 0.92],
    ['solving', '72.5', 72.5],
    ['on_time', '101', null],
    ['on_time', '-1', null],
    ['on_time', '', null],
    ['on_time', 'many', null],
  ])('of %s typed as %s are %s', (figure, typed, wanted) => {
    expect(wantedOf(figure, typed)).toBe(wanted)
  })
})

it('the list of places answers which comes first, and where half of them lie', () => {
  const child = (name: string, people: PlainFigure, onTime: PlainFigure) => ({ place: { code: '1', kind: 'community', name }, rank: null, outliers: [], figures: { people, on_time: onTime } }) as unknown as Child
  const items = [child('草堂街道青羊社区', count(30), share(23, 25)), child('草堂街道南社区', count(20), share(1, 2))]
  const quartiles = { on_time: { lower: 0.5, median: 0.7, upper: 0.9 } }
  expect(childrenAnswer(items, quartiles, 'on_time', '草堂街道', say)).toBe('青羊社区按时率 92%，排在最前；一半在 50% 到 90% 之间')
  expect(childrenAnswer(items, {}, 'people', '草堂街道', say)).toBe('青羊社区参加的人 30，排在最前')
  expect(childrenAnswer([child('甲', withheld('few'), withheld('few'))], {}, 'people', '', say)).toBe('1 个地方')
})

it('a rectification says its promise', () => {
  const now = new Date('2026-11-21T04:00:00Z')
  expect(dueWords({ state: 'open', due_on: '2026-11-23', late: false }, now, say)).toBe('11月23日前答复')
  expect(dueWords({ state: 'open', due_on: '2026-11-20', late: true }, now, say)).toBe('应在11月20日前答复，已经逾期')
  expect(dueWords({ state: 'accepted', due_on: '2026-11-20', late: false }, now, say)).toBe('期限是11月20日')
})

describe("a computer's code", () => {
  it.each([
    ['https://linli.example/#/pkg-committees/desk/index?code=K7QX2M9P', 'K7QX2M9P'],
    ['http://127.0.0.1:8765/?at=1#/pkg-committees/desk/index?x=1&code=k7qx2m9p', 'K7QX2M9P'],
    ['k7qx 2m9p', 'K7QX2M9P'],
    ['K7QX-2M9P', 'K7QX2M9P'],
    ['K7QX2M9', ''],
    ['https://elsewhere.example/ABCDEFGH', ''],
    ['', ''],
  ])('is read from %s as %s', (read, code) => {
    expect(deskCode(read)).toBe(code)
  })

  it('is shown as it stands on the screen, with the time that is left', () => {
    expect(spaced('K7QX2M9P')).toBe('K7QX 2M9P')
    expect(secondsLeft('2026-11-21T04:02:00Z', new Date('2026-11-21T04:00:30Z'))).toBe(90)
    expect(secondsLeft('2026-11-21T04:02:00Z', new Date('2026-11-21T05:00:00Z'))).toBe(0)
  })
})
