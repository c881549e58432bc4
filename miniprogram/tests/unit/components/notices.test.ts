import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'

import { api, type HazardDetail, type HazardOrder, type HazardPhoto, NetworkFailure, type Notice, Problem } from '@/api'
import PhotoStrip from '@/components/PhotoStrip.vue'
import NoticePile from '@/pages/notices/NoticePile.vue'
import OrderCard from '@/pkg-hazards/detail/OrderCard.vue'
import VerdictCard from '@/pkg-hazards/detail/VerdictCard.vue'
import { inPiles, type Pile } from '@/utils/notices'

import { preparePlatform } from './support'

beforeEach(preparePlatform)

describe('NoticePile', () => {
  const notice: Notice = {
    id: 3,
    kind: 'case_handled',
    title: '处理好了，请您确认',
    body: 'CT-20261121-0001',
    at: '2026-11-21T03:00:00Z',
    read_at: null,
    about: { kind: 'hazard', id: 7 },
    emergency: false,
  }
  const pileOf = (...changes: Partial<Notice>[]) =>
    inPiles(changes.map((change, index) => ({ ...notice, id: 9 - index, ...change })))[0] as Pile

  it('shows the latest, and the others behind a tap', async () => {
    const pile = mount(NoticePile, { props: { pile: pileOf({}, { title: '已受理' }, { title: '收到了' }) } })
    expect(pile.text()).toContain('3 条未读')
    expect(pile.text()).not.toContain('已受理')
    expect(pile.find('.t-unfold').text()).toBe('还有 2 条')
    await pile.find('.t-unfold').trigger('click')
    expect(pile.findAll('.t-notice-older').map((one) => one.text())).toEqual([
      expect.stringContaining('已受理'),
      expect.stringContaining('收到了'),
    ])
    expect(pile.find('.t-unfold').text()).toBe('收起')
  })

  it('says in a word what is unread and what is urgent', () => {
    expect(mount(NoticePile, { props: { pile: pileOf({}) } }).find('.t-unread').text()).toBe('未读')
    expect(mount(NoticePile, { props: { pile: pileOf({ read_at: notice.at }) } }).find('.t-unread').exists()).toBe(false)
    expect(mount(NoticePile, { props: { pile: pileOf({ emergency: true }) } }).text()).toContain('紧急')
  })

  it('opens the thing', async () => {
    const pile = mount(NoticePile, { props: { pile: pileOf({}) } })
    await pile.find('.pile__latest').trigger('click')
    expect(pile.emitted('open')).toHaveLength(1)
  })
})

describe('OrderCard', () => {
  const order: HazardOrder = {
    id: 4,
    raised_at: '2026-11-20T08:00:00Z',
    share: 1.5,
    due_at: '2026-11-20T04:00:00Z',
    answer_by: '2026-11-21T08:00:00Z',
    answer: null,
    answered_at: null,
    answered_by: null,
    may_answer: true,
  }
  const card = (change: Partial<HazardOrder> = {}) =>
    mount(OrderCard, { props: { hazardId: 7, order: { ...order, ...change } } })
  const write = (text: string) => uni.setStorageSync('linli.form.order.4.0', { form: { text } })

  it('wants words', async () => {
    const answer = vi.spyOn(api, 'answerOrder')
    const empty = card()
    await empty.find('.t-order-send').trigger('click')
    expect(empty.text()).toContain('请写几句答复。')
    expect(answer).not.toHaveBeenCalled()
  })

  it('sends the answer once, and forgets the draft only then', async () => {
    write('等配件，周五装好。')
    const detail = { id: 7 } as HazardDetail
    const answer = vi.spyOn(api, 'answerOrder').mockRejectedValueOnce(new NetworkFailure()).mockResolvedValue(detail)
    const open = card()
    await open.find('.t-order-send').trigger('click')
    await flushPromises()
    expect(open.text()).toContain('连不上网络')
    expect(uni.getStorageSync('linli.form.order.4.0')).not.toBe('')
    expect(open.emitted('stale')).toBeUndefined()
    const again = card()
    await again.find('.t-order-send').trigger('click')
    await flushPromises()
    expect(answer).toHaveBeenLastCalledWith(7, 4, '等配件，周五装好。')
    expect(again.emitted('answered')).toEqual([[detail]])
    expect(uni.getStorageSync('linli.form.order.4.0')).toBe('')
  })

  it('looks again when it was answered already', async () => {
    write('等配件。')
    vi.spyOn(api, 'answerOrder').mockRejectedValue(new Problem(409, 'conflict', '', '已经答复过了。', []))
    const late = card()
    await late.find('.t-order-send').trigger('click')
    await flushPromises()
    expect(late.emitted('stale')).toHaveLength(1)
    expect(late.text()).toContain('已经答复过了。')
  })

  it('shows everybody the answer, and nobody else the form', () => {
    const answered = card({ may_answer: false, answer: '等配件。', answered_at: '2026-11-21T02:00:00Z', answered_by: '陈师傅' })
    expect(answered.text()).toContain('等配件。')
    expect(answered.text()).toContain('陈师傅')
    expect(answered.find('.t-order-send').exists()).toBe(false)
  })
})

describe('PhotoStrip', () => {
  const photo = { id: 'a', kind: 'before', url: '/a', thumbnail_url: '/a', width: 1, height: 1, state: 'passed' } as HazardPhoto

  it('says what is being checked, and leaves a place for what may not be seen', () => {
    const strip = mount(PhotoStrip, {
      props: {
        photos: [photo, { ...photo, id: 'b', state: 'checking' }, { ...photo, id: 'c', state: 'withheld', url: null, thumbnail_url: null }],
      },
    })
    expect(strip.findAll('image')).toHaveLength(2)
    expect(strip.find('.t-photo-note').text()).toBe('照片正在审核')
    expect(strip.find('.t-photo-gap').text()).toBe('照片没有通过审核')
  })
})

describe('VerdictCard', () => {
  const photo = { id: 'p', kind: 'before', url: '/p', thumbnail_url: '/p', width: 1, height: 1 }
  const hazard = {
    id: 7,
    description: '待审的话',
    address: null,
    text_state: 'checking',
    text_waits_for: 'committee',
    photos: [{ ...photo, state: 'withheld', waits_for: null }, { ...photo, id: 'q', state: 'passed', waits_for: null }],
    history: [
      { seq: 1, note: null, note_state: 'passed', note_waits_for: null },
      { seq: 6, note: '又停满了', note_state: 'checking', note_waits_for: 'wechat' },
    ],
  } as unknown as HazardDetail

  it('says of each thing in doubt whom it waits for, and leaves what has passed', () => {
    const doubts = mount(VerdictCard, { props: { hazard } }).findAll('.t-doubt')
    expect(doubts.map((one) => one.find('.t-doubt-words').text())).toEqual([
      '微信没有定，这段文字等您决定。',
      '文字在等微信审核，您也可以先定。',
      '这张照片邻居看不到。',
    ])
    expect(doubts.map((one) => one.findAll('.t-keep').length)).toEqual([1, 1, 0])
  })

  it.each([
    [0, '.t-show', { show: true, seq: 1 }, '邻居现在能看到了'],
    [1, '.t-keep', { show: false, seq: 6 }, '不给邻居看了'],
    [2, '.t-show', { show: true, photo_id: 'p' }, '邻居现在能看到了'],
  ])('decides about the one that is meant (%i %s)', async (index, button, form, said) => {
    const judge = vi.spyOn(api, 'judgeHazard').mockClear().mockResolvedValue(hazard)
    const card = mount(VerdictCard, { props: { hazard } })
    await card.findAll('.t-doubt')[index]?.find(button).trigger('click')
    await flushPromises()
    expect(judge).toHaveBeenCalledWith(7, form)
    expect(card.emitted('judged')).toEqual([[hazard]])
    expect(uni.showToast).toHaveBeenCalledWith({ title: said, icon: 'none' })
  })

  it('says what went wrong, and looks again', async () => {
    vi.spyOn(api, 'judgeHazard').mockRejectedValue(new NetworkFailure())
    const card = mount(VerdictCard, { props: { hazard } })
    await card.find('.t-show').trigger('click')
    await flushPromises()
    expect(card.find('.field__wrong').text()).toContain('连不上网络')
    expect(card.emitted('stale')).toHaveLength(1)
  })
})
