import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'

import { api, type HourEntry, Problem, type Reward, type Team } from '@/api'
import QrCode from '@/components/QrCode.vue'
import HourStrip from '@/pkg-committees/participation/HourStrip.vue'
import RewardCard from '@/pkg-points/components/RewardCard.vue'
import { findRedemption, keptRedemption } from '@/pkg-points/components/kept'
import AppealForm from '@/pkg-volunteers/components/AppealForm.vue'
import ContactFields from '@/pkg-volunteers/components/ContactFields.vue'
import HourCard from '@/pkg-volunteers/components/HourCard.vue'
import SkillTiles from '@/pkg-volunteers/components/SkillTiles.vue'
import StarPath from '@/pkg-volunteers/components/StarPath.vue'
import TimesGrid from '@/pkg-volunteers/components/TimesGrid.vue'
import { emptyDraft } from '@/pkg-volunteers/profile/form'
import ProfileStep from '@/pkg-volunteers/profile/ProfileStep.vue'
import TeamCard from '@/pkg-volunteers/teams/TeamCard.vue'
import { useVolunteering } from '@/stores/volunteering'
import type { Cell } from '@/utils/availability'

import { preparePlatform } from './support'

beforeEach(preparePlatform)

const entry: HourEntry = {
  id: 1,
  shift_id: 7,
  title: '夜巡',
  starts_at: '2026-11-15T11:30:00Z',
  ends_at: '2026-11-15T13:00:00Z',
  minutes: 90,
  evidence: 3,
  state: 'credited',
  reversed: false,
  reason: null,
}

describe('the week', () => {
  it('takes and gives back a square, and a whole column by its name', async () => {
    const grid = mount(TimesGrid, { props: { modelValue: ['6-morning'] } })
    await grid.find('.t-time-6-morning').trigger('click')
    await grid.find('.t-part-evening').trigger('click')
    const [emptied, filled] = (grid.emitted('update:modelValue') ?? []) as [Cell[]][]
    expect(emptied).toEqual([[]])
    expect(filled?.[0]).toHaveLength(8)
    await grid.setProps({ modelValue: filled?.[0] ?? [] })
    await grid.find('.t-part-evening').trigger('click')
    expect(grid.emitted('update:modelValue')?.at(-1)).toEqual([['6-morning']])
  })
})

describe('skills', () => {
  it('are pictures of which several can be chosen, each with a tick', async () => {
    const tiles = mount(SkillTiles, { props: { modelValue: ['care'] } })
    expect(tiles.findAll('[aria-checked="true"]')).toHaveLength(1)
    await tiles.find('.t-skill-first_aid').trigger('click')
    expect(tiles.emitted('update:modelValue')).toEqual([[['care', 'first_aid']]])
  })
})

describe('the first step', () => {
  it('is kind to who is too young', () => {
    const young = mount(ProfileStep, { props: { step: 'birth', draft: { ...emptyDraft(), birthYear: new Date().getFullYear() - 10 }, wrong: {} } })
    expect(young.find('.t-too-young').text()).toContain('满 14 岁')
    const grown = mount(ProfileStep, { props: { step: 'birth', draft: { ...emptyDraft(), birthYear: 1960 }, wrong: {} } })
    expect(grown.find('.t-too-young').exists()).toBe(false)
  })
})

describe('a contact', () => {
  it('says beside the number what is wrong with it', () => {
    const fields = mount(ContactFields, { props: { name: '女儿', phone: '138', hook: 't-contact', wrongPhone: '请写 11 位手机号。' } })
    expect(fields.text()).toContain('请写 11 位手机号。')
  })
})

describe('an entry of hours', () => {
  it('says in words how long it was and what speaks for it', () => {
    const card = mount(HourCard, { props: { entry } })
    expect(card.text()).toContain('19:30–21:00')
    expect(card.text()).toContain('1 小时 30 分')
    expect(card.text()).toContain('已记入')
    expect(card.text()).toContain('扫了队长的码，也有定位')
  })

  it.each([
    [{ state: 'held' as const, evidence: 1 }, '待核实'],
    [{ reversed: true }, '已更正'],
    [{ minutes: -90, reason: '提前结束' }, '更正扣回'],
  ])('%o is %s', (part, words) => {
    expect(mount(HourCard, { props: { entry: { ...entry, ...part } } }).text()).toContain(words)
  })
})

describe('an appeal', () => {
  it('is not sent without a word', async () => {
    const send = vi.spyOn(api, 'appeal').mockResolvedValue(undefined)
    const form = mount(AppealForm, { props: { attendanceId: 5 } })
    await form.find('.t-appeal-send').trigger('click')
    expect(form.text()).toContain('请写几句。')
    expect(send).not.toHaveBeenCalled()
  })

  it('keeps its words on the phone until it has arrived', async () => {
    const kept = 'linli.form.appeal.5'
    uni.setStorageSync(kept, { form: { note: '我到了。' } })
    const send = vi.spyOn(api, 'appeal').mockRejectedValueOnce(new Problem(503, 'busy', '', '请稍后再试。', []))
    const first = mount(AppealForm, { props: { attendanceId: 5 } })
    await first.find('.t-appeal-send').trigger('click')
    await flushPromises()
    expect(first.text()).toContain('请稍后再试。')
    expect(uni.getStorageSync(kept)).toMatchObject({ form: { note: '我到了。' } })

    send.mockResolvedValueOnce(undefined)
    const second = mount(AppealForm, { props: { attendanceId: 5 } })
    await second.find('.t-appeal-send').trigger('click')
    await flushPromises()
    expect(send).toHaveBeenLastCalledWith(5, '我到了。')
    expect(second.emitted('sent')).toHaveLength(1)
    expect(uni.getStorageSync(kept)).toBe('')
  })
})

describe('the way to the next star', () => {
  it('says how far it is, for ears too', () => {
    const way = mount(StarPath, { props: { minutes: 9 * 60 } })
    expect(way.text()).toContain('再服务 91 小时')
    expect(way.find('.t-stars').attributes('aria-label')).toContain('0 星')
  })
})

describe('a team', () => {
  const team: Team = {
    id: 3,
    name: '楼道队',
    kind: 'corridor',
    place_code: '1',
    place_name: '草堂路社区',
    closed: false,
    members: 6,
    leaders: [{ id: 9, name: '赵师傅' }],
    asked: 2,
    mine: 'member',
    leader: true,
    manages: true,
    moves: [],
  }

  it('says who leads it, and to its leader that somebody waits', () => {
    const card = mount(TeamCard, { props: { team } })
    expect(card.text()).toContain('队长 赵师傅 · 6 人')
    expect(card.text()).toContain('2 人想加入')
  })
})

describe('a reward', () => {
  const reward = { id: 1, name: '绿萝', words: null, cost: 15, stock: 0, photo_url: null } as Reward
  it('says when none is left', () => {
    expect(mount(RewardCard, { props: { reward } }).text()).toContain('换完了')
  })
})

describe('a redemption', () => {
  const reserved = { id: 4, state: 'reserved', code: 'AAAAABBBBB' }
  const page = (state: string) => ({ items: [{ ...reserved, state }], next_cursor: null })

  it('stays on the phone of its owner until it was collected', async () => {
    const list = vi.spyOn(api, 'redemptions').mockResolvedValueOnce(page('reserved') as never)
    await findRedemption(1, 4)
    expect(keptRedemption(1, 4)?.code).toBe('AAAAABBBBB')
    expect(keptRedemption(2, 4)).toBeNull()
    list.mockResolvedValueOnce(page('collected') as never)
    await findRedemption(1, 4)
    expect(keptRedemption(1, 4)).toBeNull()
  })
})

describe('a QR code', () => {
  it('is white by night, too, and says what it is for', () => {
    const code = mount(QrCode, { props: { text: 'linli', label: '给工作人员看' } })
    expect(code.find('.t-qr').attributes('aria-label')).toBe('给工作人员看')
    expect(code.find('.t-qr').attributes('style')).toContain('data:image/svg+xml')
  })
})

describe('the hours of the day', () => {
  it('have a bar each, and a hollow foot where nobody walked', () => {
    const strip = mount(HourStrip, { props: { byHour: Array.from({ length: 24 }, (_, hour) => (hour === 20 ? 60 : 0)), label: '20:00 走得最多' } })
    expect(strip.findAll('.strip__bar')).toHaveLength(1)
    expect(strip.findAll('.strip__none')).toHaveLength(23)
  })
})

describe('what the phone knows of a volunteer', () => {
  it('is nothing yet, then none, and stays what it was where the network fails', async () => {
    const store = useVolunteering()
    expect(store.profile).toBeUndefined()
    const ask = vi.spyOn(api, 'volunteer').mockRejectedValueOnce(new Problem(404, 'not_found', '', '', []))
    await store.load()
    expect(store.profile).toBeNull()
    ask.mockRejectedValueOnce(new Error('no network'))
    await store.load()
    expect(store.profile).toBeNull()
    await flushPromises()
  })
})
