import { mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it } from 'vitest'

import type { HazardItem, HazardState, HistoryEntry } from '@/api'
import HazardCard from '@/components/HazardCard.vue'
import RatingStars from '@/components/RatingStars.vue'
import StateChip from '@/components/StateChip.vue'
import TimeLine from '@/components/TimeLine.vue'

import { preparePlatform } from './support'

beforeEach(preparePlatform)

describe('StateChip', () => {
  it.each([
    ['reported', '待受理'],
    ['accepted', '处理中'],
    ['assigned', '处理中'],
    ['handling', '处理中'],
    ['suspended', '已暂缓'],
    ['handled', '待确认'],
    ['closed', '已结案'],
    ['declined', '已结案 · 未受理'],
    ['withdrawn', '已结案 · 已撤回'],
  ] as [HazardState, string][])('says of %s: %s', (state, words) => {
    expect(mount(StateChip, { props: { state } }).text()).toBe(words)
  })
})

describe('TimeLine', () => {
  const entry = {
    from_state: null,
    to_state: 'reported',
    note: null,
    rating: null,
    solved: null,
    until: null,
    assignee: null,
    photos: [],
  } as const
  const history = [
    { ...entry, seq: 1, at: '2026-11-20T08:00:00Z', move: 'report', actor: { id: null, name: null, role: 'reporter' } },
    {
      ...entry,
      seq: 2,
      at: '2026-11-20T08:05:00Z',
      move: 'assign',
      actor: { id: 3, name: '陈师傅', role: 'grid_worker' },
      assignee: { id: 4, name: '吴师傅' },
      note: '麻烦了',
    },
  ] as unknown as HistoryEntry[]

  it('tells who did what, the latest first', () => {
    const words = mount(TimeLine, { props: { history } }).text()
    expect(words).toContain('网格员 陈师傅 交给 吴师傅 处理')
    expect(words).toContain('麻烦了')
    expect(words.indexOf('吴师傅')).toBeLessThan(words.indexOf('报告了隐患'))
  })

  it('names nobody who wants no name', () => {
    expect(mount(TimeLine, { props: { history } }).text()).toContain('报告人 报告了隐患')
  })
})

describe('RatingStars', () => {
  it('says the chosen number', async () => {
    const stars = mount(RatingStars, { props: { modelValue: 0 } })
    await stars.find('.t-rating-4').trigger('click')
    expect(stars.emitted('update:modelValue')).toEqual([[4]])
  })

  it('cannot be changed where it only shows', async () => {
    const stars = mount(RatingStars, { props: { modelValue: 4, fixed: true } })
    expect(stars.find('.t-rating-4').exists()).toBe(false)
    expect(stars.text()).toBe('满意')
  })
})

describe('HazardCard', () => {
  const hazard = {
    id: 7,
    category: 'FIRE_LANE',
    category_name: '占用消防通道',
    state: 'handling',
    address: '3 栋东侧',
    place_name: '第1网格',
    reported_at: '2026-11-20T08:00:00Z',
    due_at: '2026-11-20T10:00:00Z',
    expected_by: '2026-11-20T10:00:00Z',
    act_by: '2026-11-20T10:00:00Z',
    overdue: true,
    thumbnail_url: null,
    distance_m: 84,
    mine: false,
  } as HazardItem

  it('says what, where, how far, and how late', () => {
    const words = mount(HazardCard, { props: { hazard } }).text()
    for (const part of ['占用消防通道', '80 米 · 3 栋东侧', '处理中', '已超时']) {
      expect(words).toContain(part)
    }
  })

  it('opens the case', async () => {
    await mount(HazardCard, { props: { hazard } }).trigger('click')
    expect(uni.navigateTo).toHaveBeenCalledWith({ url: '/pkg-hazards/detail/index?id=7' })
  })
})
