import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { api, type CrewMember, NetworkFailure, Problem, type Resident, type ShiftDetail, type ShiftItem } from '@/api'
import CalendarStrip from '@/pkg-patrols/components/CalendarStrip.vue'
import CrewList from '@/pkg-patrols/components/CrewList.vue'
import OfferCard from '@/pkg-patrols/components/OfferCard.vue'
import ShiftCard from '@/pkg-patrols/components/ShiftCard.vue'
import { useJoining } from '@/pkg-patrols/components/use-joining'
import HelpButton from '@/pkg-rounds/components/HelpButton.vue'
import HelpSheet from '@/pkg-rounds/components/HelpSheet.vue'
import KeptLine from '@/pkg-rounds/components/KeptLine.vue'
import LeaderCode from '@/pkg-rounds/components/LeaderCode.vue'
import { type KeptScan, useRounds } from '@/stores/rounds'
import { useSession } from '@/stores/session'

import { preparePlatform } from './support'

// 16:00 on Friday, 20 November 2026, in Shanghai.
const NOW = new Date('2026-11-20T08:00:00Z')

const shift = {
  id: 7,
  title: '晚间平安巡逻',
  place_name: '草堂路社区',
  team: null,
  leader: { id: 3, name: '赵师傅' },
  skills: [] as string[],
  state: 'open',
  mine: null,
  starts_at: '2099-11-20T11:00:00Z',
  ends_at: '2099-11-20T13:00:00Z',
  capacity: 4,
  minimum: 2,
  taken: 2,
  places_left: 2,
  waiting: 0,
  distance_m: 84,
} as unknown as ShiftItem

beforeEach(() => {
  preparePlatform()
  const session = useSession()
  session.me = { id: 1, roles: [], consent: {} } as unknown as Resident
  session.signedIn = true
})
afterEach(() => {
  vi.useRealTimers()
})

describe('ShiftCard', () => {
  const card = (change: Partial<ShiftItem> = {}) => mount(ShiftCard, { props: { shift: { ...shift, ...change }, joinable: true } })

  it('says when, where, who leads, and how many may still come', () => {
    const words = card().text()
    for (const part of ['19:00–21:00', '80 米 · 草堂路社区', '赵师傅 带队', '还有 2 个名额', '报名']) {
      expect(words).toContain(part)
    }
  })

  it('offers the waiting list where there is no seat, and nothing to whoever has one', () => {
    expect(card({ taken: 4, places_left: 0 }).find('.t-join').text()).toBe('候补')
    expect(card({ mine: 'joined' }).find('.t-join').exists()).toBe(false)
    expect(card({ state: 'cancelled' }).find('.t-join').exists()).toBe(false)
  })

  it('opens by its words and joins by its button', async () => {
    const one = card()
    await one.find('.t-join').trigger('click')
    expect([one.emitted('join')?.length, vi.mocked(uni.navigateTo).mock.calls.length]).toEqual([1, 0])
    await one.find('.shift__main').trigger('click')
    expect(uni.navigateTo).toHaveBeenCalledWith({ url: '/pkg-patrols/shift/index?id=7' })
  })
})

describe('joining', () => {
  it('leads whoever is no volunteer yet to the form', async () => {
    vi.spyOn(api, 'joinShift').mockRejectedValue(new Problem(409, 'not_a_volunteer', '', '', []))
    vi.mocked(uni.showModal).mockImplementation((options) => {
      options?.success?.({ confirm: true, cancel: false } as UniApp.ShowModalRes)
      return undefined as never
    })
    const { join, failed } = useJoining()
    expect(await join(7)).toBeNull()
    expect([failed.value, vi.mocked(uni.navigateTo).mock.calls.map(([{ url }]) => url)]).toEqual(['', ['/pkg-volunteers/profile/index']])
  })

  it('asks again under the same key when the answer was lost, and under a new one after a no', async () => {
    const ask = vi.spyOn(api, 'joinShift').mockRejectedValueOnce(new NetworkFailure())
    const { join } = useJoining()
    await join(7)
    ask.mockRejectedValueOnce(new Problem(409, 'overlapping_shift', '', '和您的班重叠。', []))
    await join(7)
    ask.mockResolvedValueOnce({ shift_id: 7, state: 'joined', position: null })
    await join(7)
    const [first, second, third] = ask.mock.calls.map(([, key]) => key)
    expect([first === second, second === third]).toEqual([true, false])
  })

  it('takes two taps for one', async () => {
    const ask = vi.spyOn(api, 'joinShift').mockResolvedValue({ shift_id: 7, state: 'joined', position: null })
    const { join } = useJoining()
    await Promise.all([join(7), join(7)])
    expect(ask).toHaveBeenCalledOnce()
  })
})

describe('CalendarStrip', () => {
  const strip = () => mount(CalendarStrip, { props: { modelValue: '', from: '2026-11-16', marks: { '2026-11-20': 'mine', '2026-11-21': 'some' } } })

  it('shows a week with its marks, turns it, and unfolds the month', async () => {
    const one = strip()
    expect(one.findAll('.strip__day')).toHaveLength(7)
    expect(one.find('.t-day-2026-11-20 .strip__mark--mine').exists()).toBe(true)
    await one.find('.t-calendar-later').trigger('click')
    expect(one.emitted('update:from')).toEqual([['2026-11-23']])
    await one.find('.t-calendar-unfold').trigger('click')
    expect(one.findAll('.strip__day')).toHaveLength(42)
  })

  it('chooses a day, and none again', async () => {
    const one = strip()
    await one.find('.t-day-2026-11-20').trigger('click')
    await one.setProps({ modelValue: '2026-11-20' })
    await one.find('.t-day-2026-11-20').trigger('click')
    expect(one.emitted('update:modelValue')).toEqual([['2026-11-20'], ['']])
  })
})

describe('CrewList', () => {
  it('shows names where they may be known, and every seat', () => {
    const crew = [
      { resident_id: 3, name: '赵师傅', state: 'joined', leader: true },
      { resident_id: 4, name: '小林', state: 'waiting', leader: false },
    ] as CrewMember[]
    const list = mount(CrewList, { props: { crew, taken: 2, capacity: 5 } })
    expect([list.findAll('.crew__seat').length, list.findAll('.crew__seat--empty').length]).toEqual([5, 3])
    expect(list.text()).toContain('赵师傅')
    expect(list.text()).not.toContain('小林')
  })
})

describe('OfferCard', () => {
  it('counts down, and says when it is over', async () => {
    vi.useFakeTimers({ now: NOW })
    const card = mount(OfferCard, { props: { expiresAt: '2026-11-20T08:00:03Z', busy: false } })
    expect(card.text()).toContain('还剩 0:03')
    await vi.advanceTimersByTimeAsync(3000)
    expect(card.text()).toContain('时间到了')
    expect(card.find('.t-offer-accept').exists()).toBe(false)
    expect(card.emitted('over')).toHaveLength(1)
  })
})

describe('KeptLine', () => {
  const scans = (...states: KeptScan['state'][]) => states.map((state) => ({ state }) as KeptScan)

  it('says whether all has arrived', () => {
    expect(mount(KeptLine, { props: { scans: scans('sent', 'kept', 'kept') } }).text()).toContain('2 条存在手机里')
    expect(mount(KeptLine, { props: { scans: scans('sent', 'refused') } }).text()).toBe('都送到了')
    expect(mount(KeptLine, { props: { scans: [] } }).text()).toBe('')
  })
})

describe("the leader's code", () => {
  const answer = {
    text: 'R1.7.1.a',
    valid_until: '2026-11-20T08:00:30Z',
    now: NOW.toISOString(),
    step_seconds: 30,
    first_at: NOW.toISOString(),
    codes: ['R1.7.1.a', 'R1.7.2.b'],
  }

  it('changes every thirty seconds without asking again, and outlives a lost network', async () => {
    vi.useFakeTimers({ now: NOW })
    const asked = vi.spyOn(api, 'roundCode').mockResolvedValueOnce(answer).mockRejectedValue(new NetworkFailure())
    const code = mount(LeaderCode, { props: { shiftId: 7 } })
    await flushPromises()
    expect(code.find('.t-code-text').text()).toBe('R1.7.1.a')
    await vi.advanceTimersByTimeAsync(30_000)
    expect(code.find('.t-code-text').text()).toBe('R1.7.2.b')
    expect(asked).toHaveBeenCalledOnce()

    const opened = mount(LeaderCode, { props: { shiftId: 7 } })
    await flushPromises()
    expect(opened.find('.t-code-text').text()).toBe('R1.7.2.b')
  })
})

describe('the call for help', () => {
  it('needs a finger that stays', async () => {
    vi.useFakeTimers({ now: NOW })
    const button = mount(HelpButton)
    await button.trigger('touchstart')
    await vi.advanceTimersByTimeAsync(500)
    await button.trigger('touchend')
    expect([button.emitted('held'), vi.mocked(uni.showToast).mock.calls.length]).toEqual([undefined, 1])
    await button.trigger('touchstart')
    await vi.advanceTimersByTimeAsync(1300)
    await button.trigger('touchend')
    expect(button.emitted('held')).toHaveLength(1)
    // The tap that lifting the finger may still make is over when it says so.
    expect(button.emitted('lifted')).toBeUndefined()
    await vi.advanceTimersByTimeAsync(500)
    expect(button.emitted('lifted')).toHaveLength(1)
  })

  it('is not taken back by lifting the finger from it', async () => {
    const sheet = mount(HelpSheet, { props: { shiftId: 7, fingerDown: true } })
    await sheet.find('.t-sos-cancel').trigger('click')
    await sheet.find('.help__number').trigger('click')
    expect([sheet.emitted('close'), vi.mocked(uni.makePhoneCall).mock.calls.length]).toEqual([undefined, 0])
    // A finger that touches the sheet anew means it, and so does a tap once it was lifted.
    await sheet.setProps({ fingerDown: false })
    await sheet.find('.t-sos-cancel').trigger('click')
    expect(sheet.emitted('close')).toHaveLength(1)
    await sheet.setProps({ fingerDown: true })
    await sheet.trigger('touchstart')
    await sheet.find('.t-sos-cancel').trigger('click')
    expect(sheet.emitted('close')).toHaveLength(2)
  })

  it('goes out by itself after some seconds, tries again without a network, and says when it has arrived', async () => {
    vi.useFakeTimers({ now: NOW })
    vi.mocked(uni.getLocation).mockImplementation((options) => options?.success?.({ latitude: 30.66, longitude: 104.027, accuracy: 9 } as UniApp.GetLocationSuccess))
    const sos = vi.spyOn(api, 'callForHelp').mockRejectedValue(new NetworkFailure())
    useRounds().keep({ id: 7, ends_at: shift.ends_at } as ShiftDetail)
    const sheet = mount(HelpSheet, { props: { shiftId: 7 } })
    expect(sheet.text()).toContain('110')
    expect(sos).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(5100)
    expect(sheet.text()).toContain('正在发出求助')
    sos.mockResolvedValue({ id: 3 } as never)
    await vi.advanceTimersByTimeAsync(5100)
    expect(sheet.text()).toContain('求助已送到')
    expect(sos.mock.calls[0]?.[1]).toMatchObject({ lat: 30.66, lon: 104.027 })
  })

  describe('once it has arrived', () => {
    const said = (state: string, more = {}) => ({ sos: [{ id: 3, state, acknowledged_by: null, closed_by: null, closing_note: null, ...more }] }) as never

    async function called(): Promise<void> {
      vi.useFakeTimers({ now: NOW })
      vi.spyOn(api, 'callForHelp').mockResolvedValue({ id: 3 } as never)
      useRounds().keep({ id: 7, ends_at: shift.ends_at } as ShiftDetail)
      useRounds().call(7, null)
      await useRounds().sendCalls()
    }

    it('says who comes, and how it ended', async () => {
      await called()
      const look = vi.spyOn(api, 'round').mockResolvedValue(said('open'))
      const sheet = mount(HelpSheet, { props: { shiftId: 7 } })
      await flushPromises()
      expect(sheet.text()).toContain('求助已送到')
      look.mockResolvedValue(said('acknowledged', { acknowledged_by: { id: 2, name: '队长' } }))
      await vi.advanceTimersByTimeAsync(5100)
      expect(sheet.text()).toContain('队长来帮您了')
      look.mockRejectedValueOnce(new NetworkFailure())
      await vi.advanceTimersByTimeAsync(5100)
      expect(sheet.text()).toContain('队长来帮您了')
      look.mockResolvedValue(said('closed', { closed_by: { id: 2, name: '队长' }, closing_note: '已送医' }))
      await vi.advanceTimersByTimeAsync(5100)
      expect(sheet.text()).toContain('队长：已送医')
      expect(sheet.find('.t-sos-well').exists()).toBe(false)
      await sheet.find('.t-sos-close').trigger('click')
      expect(useRounds().callOf(7)).toBeNull()
    })

    it('and is over, holding the button calls for help again', async () => {
      await called()
      vi.spyOn(api, 'round').mockResolvedValue(said('closed', { closed_by: { id: 2, name: '队长' } }))
      const sheet = mount(HelpSheet, { props: { shiftId: 7 } })
      await flushPromises()
      expect(sheet.text()).toContain('秒后发出求助')
      await vi.advanceTimersByTimeAsync(10_000)
      expect(api.callForHelp).toHaveBeenCalledTimes(2)
    })

    it('and nobody can tell what became of it, holding the button sends it out again', async () => {
      await called()
      vi.spyOn(api, 'round').mockRejectedValue(new NetworkFailure())
      mount(HelpSheet, { props: { shiftId: 7 } })
      await flushPromises()
      expect(api.callForHelp).toHaveBeenCalledTimes(2)
    })
  })

  it('that was refused is asked anew', async () => {
    vi.useFakeTimers({ now: NOW })
    vi.spyOn(api, 'callForHelp').mockRejectedValue(new Problem(409, 'round_not_open', '', '现在不在巡逻时间。', []))
    useRounds().call(7, null)
    await useRounds().sendCalls()
    expect(useRounds().callOf(7)?.problem).toBeTruthy()
    expect(mount(HelpSheet, { props: { shiftId: 7 } }).text()).toContain('秒后发出求助')
  })

  it('that was a slip is never sent', async () => {
    vi.useFakeTimers({ now: NOW })
    const sos = vi.spyOn(api, 'callForHelp')
    const sheet = mount(HelpSheet, { props: { shiftId: 7 } })
    await sheet.find('.t-sos-cancel').trigger('click')
    sheet.unmount()
    await vi.advanceTimersByTimeAsync(20_000)
    expect(sos).not.toHaveBeenCalled()
  })
})
