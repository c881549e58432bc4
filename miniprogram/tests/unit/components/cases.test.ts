import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'

import { api, type HazardDetail, type HazardItem, type HazardState, type HistoryEntry, NetworkFailure, Problem, type Task } from '@/api'
import ErrorState from '@/components/ErrorState.vue'
import HazardCard from '@/components/HazardCard.vue'
import RatingStars from '@/components/RatingStars.vue'
import StateChip from '@/components/StateChip.vue'
import TimeLine from '@/components/TimeLine.vue'
import TaskRow from '@/pkg-hazards/tasks/TaskRow.vue'
import { go } from '@/utils/go'

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

  it('says of somebody who takes it on themselves that they do', () => {
    const own = history.map((one) => (one.assignee ? { ...one, assignee: { id: 3, name: '陈师傅' } } : one))
    expect(mount(TimeLine, { props: { history: own } }).text()).toContain('网格员 陈师傅 自己来处理')
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
    for (const part of ['占用消防通道', '80 米 · 3 栋东侧', '处理中', '已超期']) {
      expect(words).toContain(part)
    }
  })

  it('opens the case', async () => {
    await mount(HazardCard, { props: { hazard } }).trigger('click')
    expect(uni.navigateTo).toHaveBeenCalledWith({ url: '/pkg-hazards/detail/index?id=7' })
  })
})

describe('TaskRow', () => {
  const task = {
    id: 7,
    category: 'FIRE_LANE',
    category_name: '占用消防通道',
    state: 'reported',
    description: '三轮车堵门',
    address: '3 栋东侧',
    place_name: '第1网格',
    act_by: null,
    overdue: false,
    thumbnail_url: null,
    distance_m: 84,
    assignee: null,
    can_call: true,
    moves: [],
  } as unknown as Task

  function row(changes: Partial<Task> = {}) {
    return mount(TaskRow, { props: { task: { ...task, ...changes }, here: null, busy: false } })
  }

  it.each([
    ['calls the reporter', { phone: '13800000001' }, '13800000001', null],
    ['says so when the number is gone', { phone: null }, null, '现在没有可以拨打的电话了。'],
    ['says so when the reporter is not named', null, null, '现在没有可以拨打的电话了。'],
  ])('%s', async (_, reporter, called, said) => {
    vi.spyOn(api, 'hazard').mockResolvedValue({ reporter } as HazardDetail)
    const calls = vi.mocked(uni.makePhoneCall)
    await row().find('.t-call').trigger('click')
    await flushPromises()
    expect(calls.mock.calls.map(([{ phoneNumber }]) => phoneNumber)).toEqual(called ? [called] : [])
    expect(vi.mocked(uni.showToast).mock.calls.map(([options]) => options?.title)).toEqual(said ? [said] : [])
  })

  it('asks once for two taps, and says it when there is no network', async () => {
    const asked = vi.spyOn(api, 'hazard').mockClear().mockRejectedValue(new NetworkFailure())
    const button = row().find('.t-call')
    void button.trigger('click')
    await button.trigger('click')
    await flushPromises()
    expect(asked).toHaveBeenCalledTimes(1)
    expect(uni.showToast).toHaveBeenCalledWith({ title: '连不上网络。请看看手机信号，再试一次。', icon: 'none', duration: 3000 })
  })

  it('says when the phone would not call, but not when the person would not', async () => {
    vi.spyOn(api, 'hazard').mockResolvedValue({ reporter: { phone: '13800000001' } } as HazardDetail)
    for (const errMsg of ['makePhoneCall:fail cancel', 'makePhoneCall:fail']) {
      vi.mocked(uni.makePhoneCall).mockImplementationOnce(({ fail }) => fail?.({ errMsg }))
      await row().find('.t-call').trigger('click')
      await flushPromises()
    }
    expect(uni.showToast).toHaveBeenCalledTimes(1)
    expect(uni.showToast).toHaveBeenCalledWith({ title: '电话没有打出去，请再试一次。', icon: 'none' })
  })

  it('offers no call where there is nobody to call', () => {
    expect(row({ can_call: false }).find('.t-call').exists()).toBe(false)
  })
})

describe('ErrorState', () => {
  const problem = (status: number) => new Problem(status, 'x', '', '', [])

  it.each([
    ['offers another try', 500, '再试一次', 1],
    ['leads back from what is not there', 404, '返回', 0],
  ])('%s', async (_, status, way, retries) => {
    const state = mount(ErrorState, { props: { failure: problem(status) } })
    expect(state.text()).toContain(way)
    await state.find('button').trigger('click')
    expect(state.emitted('retry') ?? []).toHaveLength(retries)
    expect(uni.switchTab).toHaveBeenCalledTimes(1 - retries)
  })

  it('leads through sign-in and back to where somebody wanted to go', async () => {
    vi.stubGlobal('getCurrentPages', () => [{ route: 'pkg-hazards/detail/index', options: { id: '17' } }])
    const state = mount(ErrorState, { props: { failure: problem(401) } })
    await state.find('button').trigger('click')
    expect(uni.reLaunch).toHaveBeenLastCalledWith({ url: '/pages/sign-in/index' })
    go.signedIn()
    expect(uni.reLaunch).toHaveBeenLastCalledWith({ url: '/pkg-hazards/detail/index?id=17' })
    go.signedIn()
    expect(uni.switchTab).toHaveBeenLastCalledWith({ url: '/pages/home/index' })
    vi.stubGlobal('getCurrentPages', () => [])
  })
})
