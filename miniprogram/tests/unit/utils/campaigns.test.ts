import { describe, expect, it } from 'vitest'

import type { Breadth, BreadthTopic, Campaign, CampaignItem, Challenge, PaperQuestion } from '@/api'
import { say } from '@/locale'
import { bodyOf, type CampaignFields, emptyFields, fieldsOf, missingIn } from '@/pkg-campaigns/components/form'
import { answered, atLeastWords, breadthAnswer, change, countWords, deadlineWords, knowledgeAnswer, lettersAfter, mineWords, reasonWords, standingAnswer } from '@/pkg-campaigns/components/looks'

const NOW = new Date('2026-11-21T04:00:00Z')
const PLACE = '510105001001'

function item(changes: object = {}): CampaignItem {
  return {
    state: 'running',
    first_day: '2026-11-20',
    last_day: '2026-11-30',
    pass_percent: 80,
    mine: { tries: 0, passed: false, open: false, best_percent: null },
    ...changes,
  } as CampaignItem
}

function campaign(mine: object, changes: object = {}): Campaign {
  return { ...item(changes), mine: { for_me: true, why_not: null, next_try_at: null, ...mine } } as unknown as Campaign
}

describe('a campaign in words', () => {
  it('says first until when', () => {
    expect(deadlineWords(item(), NOW, say)).toBe('11月30日前完成')
    expect(deadlineWords(item({ state: 'over' }), NOW, say)).toContain('已结束')
    expect(deadlineWords(item({ state: 'announced' }), NOW, say)).toBe('11月20日至11月30日')
  })

  it('says how far I am', () => {
    expect(mineWords(item(), say)).toBe('')
    expect(mineWords(item({ mine: { tries: 1, passed: false, open: false, best_percent: 60 } }), say)).toContain('60%')
    expect(mineWords(item({ mine: { tries: 2, passed: true, open: false, best_percent: 90 } }), say)).toContain('已合格')
    expect(mineWords(item({ mine: { tries: 1, passed: false, open: true, best_percent: null } }), say)).toContain('答到一半')
  })

  it.each([
    [campaign({ for_me: false, why_not: 'campaign_not_running' }), '不是为您办的'],
    [campaign({ why_not: 'campaign_not_running' }, { state: 'announced' }), '11月20日开始'],
    [campaign({ why_not: 'campaign_not_running' }, { state: 'over' }), '已经结束'],
    [campaign({ why_not: 'try_too_soon', next_try_at: '2026-11-22T02:00:00Z' }), '明天 10:00以后'],
    [campaign({ why_not: 'no_tries_left' }), '机会用完了'],
  ])('says why one cannot begin, and when one can (%#)', (one, words) => {
    expect(reasonWords(one, NOW, say)).toContain(words)
  })
})

describe('a campaign that is being planned', () => {
  const fields: CampaignFields = { ...emptyFields(PLACE, '2026-12-01', '2026-12-14'), title: ' 消防月 ', topics: ['fire'] }

  it('is for the whole place unless some were chosen, and says what is empty', () => {
    expect(bodyOf(fields)).toMatchObject({ title: { zh: '消防月' }, about: null, places: [PLACE], topics: ['fire'], minutes: null, skill: null, skill_months: null })
    expect(bodyOf({ ...fields, places: [`${PLACE}001`] }).places).toEqual([`${PLACE}001`])
  })

  it('waits between tries only where there are several, and gives months only to a skill', () => {
    expect(bodyOf({ ...fields, tries: 1, wait: 24 }).wait_hours).toBe(0)
    expect(bodyOf({ ...fields, months: 12 }).skill_months).toBeNull()
    expect(bodyOf({ ...fields, skill: 'fire_safety', months: 12 })).toMatchObject({ skill: 'fire_safety', skill_months: 12 })
  })

  it('keeps questions that were chosen one by one, until topics take their place', () => {
    const chosen = { ...fields, topics: [], questionIds: [3, 4] }
    expect(bodyOf(chosen)).toMatchObject({ question_ids: [3, 4] })
    expect(bodyOf({ ...chosen, topics: ['gas'] })).not.toHaveProperty('question_ids')
  })

  it('misses what a campaign cannot do without', () => {
    expect(missingIn(fields)).toEqual({})
    expect(missingIn({ ...fields, title: '', topics: [], lastDay: '2026-11-30' })).toEqual({ title: 'title', topics: 'topics', last_day: 'days' })
  })

  it('comes back from its draft as it went', () => {
    const body = bodyOf({ ...fields, skill: 'gas_safety', months: 6, about: '说明' })
    const plan = { ...body, question_ids: [], skill_until: null }
    expect(bodyOf(fieldsOf({ ...body, plan } as unknown as Campaign))).toEqual(body)
  })
})

describe('breadth', () => {
  const topic = (name: string, before: number | null, after: number | null): BreadthTopic =>
    ({ name, before: before === null ? null : { people: 20, share: before }, after: after === null ? null : { people: 18, share: after } }) as BreadthTopic
  const breadth = (people: number | null, changes: object = {}): Breadth =>
    ({ fewest: 5, final: true, total: { people, of: 80, share: people === null ? null : people / 80 }, ...changes }) as Breadth

  it('never shows a figure without what it was counted from, and says what is hidden', () => {
    expect(countWords(12, 80, 5, say)).toBe('12 / 80 人')
    expect(countWords(null, 80, 5, say)).toBe('不到 5 人，不显示')
    expect([atLeastWords(10, 5, say), atLeastWords(null, 5, say)]).toEqual(['至少 10 人', '不到 5 人，不显示'])
  })

  it('answers in its title', () => {
    expect(breadthAnswer(breadth(null), say)).toContain('不到 5')
    expect(breadthAnswer(breadth(20, { final: false }), say)).toContain('至少 20 人')
    expect(breadthAnswer(breadth(20), say)).toBe('20 人参加，占 25%')
  })

  it('compares before and after only where both are told', () => {
    expect(change(topic('消防', 0.5, 0.74))).toBe(24)
    expect(change(topic('消防', null, 0.9))).toBeNull()
    expect(knowledgeAnswer([topic('消防', 0.5, 0.6), topic('燃气', 0.4, 0.7)], say)).toContain('燃气')
    expect(knowledgeAnswer([topic('消防', null, 0.6)], say)).toContain('不能比较')
    expect(knowledgeAnswer([topic('消防', 0.7, 0.6)], say)).toBe('前后差不多')
  })
})

describe('a challenge', () => {
  const grid = (name: string, rank: number | null) => ({ name, rank })
  const standing = (state: string, ...grids: object[]): string => standingAnswer({ state, standing: grids } as unknown as Challenge, say)

  it('says who leads, who shares the first place, or that nobody can say', () => {
    expect(standing('running', grid('一网格', 1), grid('二网格', 2))).toBe('一网格领先')
    expect(standing('over', grid('一网格', 1))).toBe('一网格第一')
    expect(standing('running', grid('一网格', 1), grid('二网格', 1))).toContain('2 个网格')
    expect(standing('running', grid('一网格', null))).toContain('先不排')
    expect(standing('planned')).toBe('还没开始')
  })
})

describe('what is ticked on paper', () => {
  const question = (pick: PaperQuestion['pick']): PaperQuestion => ({ number: 1, kind: 'single', letters: ['A', 'B', 'C'], pick })

  it.each<[PaperQuestion['pick'], string, string]>([
    ['one', 'CA', 'A'],
    ['one', 'AA', ''],
    ['several', 'CA', 'AC'],
    ['several', 'CAC', 'A'],
    ['order', 'CAB', 'CAB'],
  ])('%s: tapping %s gives "%s"', (pick, taps, letters) => {
    expect([...taps].reduce((given, letter) => lettersAfter(question(pick), given, letter), '')).toBe(letters)
  })

  it('counts an order only when it is whole', () => {
    const questions = [question('one'), question('order'), question('several')]
    expect(answered(questions, ['A', 'CA', ''])).toBe(1)
    expect(answered(questions, ['A', 'CAB', 'B'])).toBe(3)
  })
})
