import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'

import { api, type HazardCategory, type HazardDetail, type HazardMove, Problem } from '@/api'
import CategoryTiles from '@/components/CategoryTiles.vue'
import MoveSheet from '@/components/MoveSheet.vue'
import PhotoPicker from '@/components/PhotoPicker.vue'
import PrimaryButton from '@/components/PrimaryButton.vue'
import EmergencyCard from '@/pkg-hazards/report/EmergencyCard.vue'

import { preparePlatform } from './support'

beforeEach(preparePlatform)

describe('PrimaryButton', () => {
  it('takes a double tap for one, and shows how long it takes no other', async () => {
    vi.useFakeTimers()
    const button = mount(PrimaryButton, { props: { hook: 't-submit' } })
    await button.find('.t-submit').trigger('click')
    await button.find('.t-submit').trigger('click')
    expect(button.emitted('press')).toHaveLength(1)
    expect(button.find('.t-submit').classes()).toContain('main-button--resting')
    vi.advanceTimersByTime(500)
    await button.vm.$nextTick()
    expect(button.find('.t-submit').classes()).not.toContain('main-button--resting')
    await button.find('.t-submit').trigger('click')
    expect(button.emitted('press')).toHaveLength(2)
    vi.useRealTimers()
  })

  it('takes no tap meant for the page before, when it has just come up', async () => {
    vi.useFakeTimers()
    const button = mount(PrimaryButton, { props: { hook: 't-move-withdraw' } })
    expect(button.find('.t-move-withdraw').classes()).toContain('main-button--settling')
    vi.advanceTimersByTime(800)
    await button.vm.$nextTick()
    expect(button.find('.t-move-withdraw').classes()).not.toContain('main-button--settling')
    vi.useRealTimers()
  })

  it('does nothing while it is at work', async () => {
    const button = mount(PrimaryButton, { props: { hook: 't-submit', busy: true } })
    await button.find('.t-submit').trigger('click')
    expect(button.emitted('press')).toBeUndefined()
  })
})

describe('CategoryTiles', () => {
  const categories = [
    { code: 'FIRE_LANE', name: '占用消防通道', limit_text: '2 小时内' },
    { code: 'GAS', name: '燃气泄漏', limit_text: '1 小时内' },
  ] as HazardCategory[]

  it('shows all, and after the choice only the chosen with its promise', async () => {
    const tiles = mount(CategoryTiles, { props: { categories, modelValue: '' } })
    await tiles.find('.t-category-GAS').trigger('click')
    expect(tiles.emitted('update:modelValue')).toEqual([['GAS']])
    await tiles.setProps({ modelValue: 'GAS' })
    expect(tiles.text()).toContain('一般 1 小时内处理')
    expect(tiles.find('.t-category-FIRE_LANE').exists()).toBe(false)
  })
})

describe('EmergencyCard', () => {
  it.each([
    ['先撤离，再拨打 119', ['拨打 119']],
    ['请先拨打 110、120。', ['拨打 110', '拨打 120']],
    ['按警铃或拨打119、96333，不要扒门。', ['拨打 119', '拨打 96333']],
    ['请远离，不要触碰。', []],
  ])('offers the numbers of “%s”', (sentence, buttons) => {
    const card = mount(EmergencyCard, { props: { sentence } })
    expect(card.text()).toContain(sentence)
    expect(card.findAll('button').map((button) => button.text())).toEqual(buttons)
  })
})

describe('PhotoPicker', () => {
  it('adds what the camera gives, up to the most', async () => {
    vi.mocked(uni.chooseImage).mockImplementation(((options: { success: (result: object) => void }) => {
      options.success({ tempFilePaths: ['b', 'c'] })
    }) as never)
    const picker = mount(PhotoPicker, { props: { modelValue: ['a'], most: 2, title: '拍', hook: 't-photo-add' } })
    await picker.find('.t-photo-add').trigger('click')
    expect(picker.emitted('update:modelValue')).toEqual([[['a', 'b']]])
  })
})

describe('MoveSheet', () => {
  const finish: HazardMove = { to: 'handled', move: 'finish', needs: ['note', 'photo_ids'], allows: [] }

  it('says beside each field what is missing, and sends nothing', async () => {
    const send = vi.spyOn(api, 'moveHazard')
    const sheet = mount(MoveSheet, { props: { hazardId: 7, move: finish } })
    await sheet.find('.t-send-move').trigger('click')
    expect(sheet.text()).toContain('请写几句说明。')
    expect(sheet.text()).toContain('请拍一张照片。')
    expect(send).not.toHaveBeenCalled()
  })

  it('asks first for what is needed, and says of stars that nobody must give any', () => {
    const refuse: HazardMove = { to: 'handling', move: 'not_solved', needs: ['note', 'solved'], allows: ['rating', 'photo_ids'] }
    const words = mount(MoveSheet, { props: { hazardId: 7, move: refuse } }).text()
    const asked = ['还有什么没解决', '点几颗星，说说处理得怎样（选填）', '拍一张现场照片'].map((text) => words.indexOf(text))
    expect(asked).not.toContain(-1)
    expect(asked).toEqual([...asked].sort((a, b) => a - b))
    const confirm: HazardMove = { to: 'closed', move: 'confirm', needs: ['rating', 'solved'], allows: ['note'] }
    const stars = mount(MoveSheet, { props: { hazardId: 7, move: confirm } }).text()
    expect(stars).toContain('说说处理得怎样')
    expect(stars.indexOf('说说处理得怎样')).toBeLessThan(stars.indexOf('还想说什么'))
    expect(stars).not.toContain('说说处理得怎样（选填）')
  })

  it('sends what the move needs and what it says by itself', async () => {
    const closed = { id: 7, state: 'closed' } as HazardDetail
    const send = vi.spyOn(api, 'moveHazard').mockResolvedValue(closed)
    const confirm: HazardMove = { to: 'closed', move: 'confirm', needs: ['rating', 'solved'], allows: ['note'] }
    const sheet = mount(MoveSheet, { props: { hazardId: 7, move: confirm } })
    await sheet.find('.t-rating-5').trigger('click')
    await sheet.find('.t-send-move').trigger('click')
    await flushPromises()
    expect(send).toHaveBeenCalledWith(7, { to: 'closed', solved: true, rating: 5 })
    expect(sheet.emitted('done')).toEqual([[closed]])
  })

  it('shows what the service refuses in its own words', async () => {
    const lost = new Problem(409, 'conflict', '', '别人刚刚处理过这件事。', [])
    vi.spyOn(api, 'moveHazard').mockRejectedValue(lost)
    const withdraw: HazardMove = { to: 'withdrawn', move: 'withdraw', needs: [], allows: ['note'] }
    const sheet = mount(MoveSheet, { props: { hazardId: 7, move: withdraw } })
    await sheet.find('.t-send-move').trigger('click')
    await flushPromises()
    expect(sheet.text()).toContain('别人刚刚处理过这件事。')
    expect(sheet.emitted('done')).toBeUndefined()
  })

  it('lets one choose among those the service names', async () => {
    vi.spyOn(api, 'assignees').mockResolvedValue({ items: [{ id: 3, name: '陈师傅', place_name: '第1网格', open_tasks: 2 }] })
    const send = vi.spyOn(api, 'moveHazard').mockResolvedValue({ id: 7 } as HazardDetail)
    const assign: HazardMove = { to: 'assigned', move: 'assign', needs: ['assignee_id'], allows: ['note'] }
    const sheet = mount(MoveSheet, { props: { hazardId: 7, move: assign } })
    await flushPromises()
    await sheet.find('.t-assignee-3').trigger('click')
    await sheet.find('.t-send-move').trigger('click')
    expect(send).toHaveBeenCalledWith(7, { to: 'assigned', assignee_id: 3 })
  })
})
