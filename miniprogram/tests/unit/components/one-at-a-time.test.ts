import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'

import { api, type Appeal, type Colleague, type HelpCall, NetworkFailure, type RosterShift, type ShiftDetail, type Suitable } from '@/api'
import RosterShiftCard from '@/pkg-patrols/components/RosterShiftCard.vue'
import SwapPage from '@/pkg-patrols/swap/index.vue'
import AppealCard from '@/pkg-rounds/components/AppealCard.vue'
import HelpCallCard from '@/pkg-rounds/components/HelpCallCard.vue'

import { preparePlatform } from './support'

// The platform opens a page with its query, and shows it.
const query: Record<string, string> = {}
vi.mock('@dcloudio/uni-app', () => ({
  onLoad: (open: (asked: object) => void) => open(query),
  onShow: (show: () => void) => show(),
  onHide: () => undefined,
  onUnload: () => undefined,
  onPullDownRefresh: () => undefined,
  onReachBottom: () => undefined,
}))

const times = { starts_at: '2026-11-21T11:00:00Z', ends_at: '2026-11-21T13:00:00Z' }

beforeEach(preparePlatform)

describe('one answer at a time', () => {
  it('is given to whoever says that they were there', async () => {
    const answered = vi.spyOn(api, 'answerAppeal').mockReturnValue(new Promise(() => undefined))
    const appeal = { id: 3, note: '我在。', attended: 0, attendance_state: 'no_show', resident: { id: 1, name: '王芳' }, shift: { id: 2, title: '夜巡', ...times } }
    const card = mount(AppealCard, { props: { appeal: appeal as unknown as Appeal } })
    await card.find('.t-appeal-note').setValue('查过了')
    await card.find('.t-grant').trigger('click')
    await card.find('.t-refuse').trigger('click')
    expect(answered).toHaveBeenCalledOnce()
  })

  it('is given to a call for help', async () => {
    const moved = vi.spyOn(api, 'moveHelpCall').mockReturnValue(new Promise(() => undefined))
    const call = { id: 4, at: times.starts_at, note: '', lat: null, lon: null, by: { name: '王芳' }, acknowledged_by: null, moves: [{ move: 'acknowledge' }, { move: 'close' }] }
    const card = mount(HelpCallCard, { props: { call: call as unknown as HelpCall } })
    await card.find('.over').trigger('click')
    await card.find('.t-sos-note').setValue('没事了')
    await card.find('.t-sos-go').trigger('click')
    await card.find('.t-sos-close-call').trigger('click')
    expect(moved).toHaveBeenCalledOnce()
  })
})

describe('who else could walk', () => {
  it('is shown as soon as it could be read, without the failure before', async () => {
    vi.spyOn(api, 'suitable')
      .mockRejectedValueOnce(new NetworkFailure())
      .mockResolvedValueOnce({ people: [{ resident_id: 8, name: '李强', words: '就近' }] } as unknown as Suitable)
    const shift = { id: 2, title: '夜巡', place_name: '第1网格', still_missing: 1, taken: 0, people: [], ...times }
    const card = mount(RosterShiftCard, { props: { shift: shift as unknown as RosterShift, editable: true } })
    for (const _tap of ['failing', 'closing', 'again']) {
      await card.find('.t-roster-add').trigger('click')
      await flushPromises()
    }
    expect(card.text()).toContain('李强')
    expect(card.find('.field__wrong').exists()).toBe(false)
  })
})

describe('asking somebody to swap', () => {
  it('asks under the same key when the answer was lost, and under another for another', async () => {
    vi.useFakeTimers()
    query.id = '2'
    vi.spyOn(api, 'shift').mockResolvedValue({ id: 2, title: '夜巡', ...times } as unknown as ShiftDetail)
    vi.spyOn(api, 'colleagues').mockResolvedValue({
      items: ['王芳', '李强'].map((name, index) => ({ id: index + 1, name, shifts: [] })) as unknown as Colleague[],
    } as Awaited<ReturnType<typeof api.colleagues>>)
    const asked = vi.spyOn(api, 'askSwap').mockRejectedValue(new NetworkFailure())
    const page = mount(SwapPage)
    await flushPromises()
    for (const who of [1, 1, 2]) {
      await page.find(`.t-colleague-${who}`).trigger('click')
      await page.find('.t-swap-ask').trigger('click')
      await flushPromises()
      vi.advanceTimersByTime(500)
    }
    const keys = asked.mock.calls.map(([, , key]) => key)
    expect(keys[1]).toBe(keys[0])
    expect(keys[2]).not.toBe(keys[0])
  })
})
