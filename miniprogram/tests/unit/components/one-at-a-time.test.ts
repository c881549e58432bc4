import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'

import { api, type Appeal, type Colleague, type HelpCall, NetworkFailure, Problem, type Question, type Resident, type Reward, type RosterShift, type ShiftDetail, type Suitable, type TeamDetail } from '@/api'
import ChallengesPage from '@/pkg-campaigns/challenges/index.vue'
import RosterShiftCard from '@/pkg-patrols/components/RosterShiftCard.vue'
import SwapPage from '@/pkg-patrols/swap/index.vue'
import RewardsPage from '@/pkg-points/rewards/index.vue'
import QuestionPage from '@/pkg-questions/question/index.vue'
import AppealCard from '@/pkg-rounds/components/AppealCard.vue'
import HelpCallCard from '@/pkg-rounds/components/HelpCallCard.vue'
import NewTeam from '@/pkg-volunteers/teams/NewTeam.vue'
import TeamPage from '@/pkg-volunteers/team/index.vue'
import { useSession } from '@/stores/session'

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

describe('those who ask to join a team', () => {
  it('are answered one after the other, so that an older answer covers no newer', async () => {
    query.id = '6'
    const people = ['王芳', '李强'].map((name, index) => ({ resident_id: index + 1, name, state: 'asked', moves: [{ move: 'approve', to: 'member' }] }))
    vi.spyOn(api, 'team').mockResolvedValue({ id: 6, name: '楼道队', kind: 'corridor', state: 'active', moves: [], people } as unknown as TeamDetail)
    const moved = vi.spyOn(api, 'moveMember').mockReturnValue(new Promise(() => undefined))
    const page = mount(TeamPage)
    await flushPromises()
    for (const button of page.findAll('.t-approve')) {
      await button.trigger('click')
    }
    expect(page.findAll('.t-approve')).toHaveLength(2)
    expect(moved).toHaveBeenCalledOnce()
  })
})

describe('a new team', () => {
  it('says what went wrong beside its name, and no longer once it is sent again', async () => {
    vi.useFakeTimers()
    vi.spyOn(api, 'createTeam').mockRejectedValueOnce(new NetworkFailure()).mockReturnValueOnce(new Promise(() => undefined))
    const form = mount(NewTeam, { props: { placeCode: '510105007004' } })
    await form.find('.t-team-name').setValue('楼道队')
    await form.find('.t-team-save').trigger('click')
    await flushPromises()
    expect(form.find('.field__wrong').text()).toContain('连不上网络')
    vi.advanceTimersByTime(500)
    await form.find('.t-team-save').trigger('click')
    expect(form.find('.field__wrong').exists()).toBe(false)
  })
})

describe('what the points are given for', () => {
  it('is one thing at a time: the key of what is being paid for is not lost', async () => {
    const rewards = [1, 2].map((id) => ({ id, name: `礼物 ${id}`, cost: 10, stock: 5, active: true, can_redeem: true, affordable: true, mine: 0 }))
    vi.spyOn(api, 'rewards').mockResolvedValue({ items: rewards as unknown as Reward[], next_cursor: null })
    vi.spyOn(api, 'points').mockResolvedValue({ balance: 50 } as Awaited<ReturnType<typeof api.points>>)
    vi.mocked(uni.showModal).mockImplementation(((options: { success: (answer: object) => void }) => {
      options.success({ confirm: true })
    }) as unknown as typeof uni.showModal)
    const redeemed = vi.spyOn(api, 'redeem').mockReturnValue(new Promise(() => undefined))
    const page = mount(RewardsPage)
    await flushPromises()
    for (const button of page.findAll('.t-redeem')) {
      await button.trigger('click')
    }
    expect(page.findAll('.t-redeem')).toHaveLength(2)
    expect(redeemed).toHaveBeenCalledOnce()
  })
})

describe('what was wrong with a challenge', () => {
  it('does not stand beside its field any more when it is sent again', async () => {
    vi.useFakeTimers()
    useSession().me = { id: 1, roles: [{ kind: 'committee', place_code: '510105007004', place_name: '长安坊' }] } as unknown as Resident
    vi.spyOn(api, 'challenges').mockResolvedValue({ items: [], next_cursor: null })
    vi.spyOn(api, 'beginChallenge')
      .mockRejectedValueOnce(new Problem(422, 'invalid', '', '请看看标出的地方。', [{ code: 'invalid', field: 'days', message: '天数太多。' }]))
      .mockReturnValueOnce(new Promise(() => undefined))
    const page = mount(ChallengesPage)
    await flushPromises()
    await page.find('.t-new-challenge').trigger('click')
    await page.find('.t-challenge-begin').trigger('click')
    await flushPromises()
    expect(page.findAll('.field__wrong').map((one) => one.text())).toEqual(['天数太多。', '请看看标出的地方。'])
    vi.advanceTimersByTime(500)
    await page.find('.t-challenge-begin').trigger('click')
    expect(page.find('.field__wrong').exists()).toBe(false)
  })
})

describe('a note that was missing', () => {
  it('is not asked for any more when it is written and sent', async () => {
    vi.useFakeTimers()
    query.id = '5'
    vi.spyOn(api, 'question').mockResolvedValue({
      id: 5,
      place_code: '510105007004',
      versions: [{ id: 9, version: 1, state: 'in_review', history: [], figures: null, kind: 'true_false', options: [], moves: [{ move: 'return', to: 'draft', needs: ['note'] }] }],
    } as unknown as Question)
    vi.spyOn(api, 'moveQuestion').mockReturnValue(new Promise(() => undefined))
    const page = mount(QuestionPage, { global: { stubs: { VersionCard: true } } })
    await flushPromises()
    await page.find('.t-question-move-return').trigger('click')
    await page.find('.t-note-send').trigger('click')
    expect(page.find('.field__wrong').exists()).toBe(true)
    await page.find('.t-question-note').setValue('请写明出处')
    vi.advanceTimersByTime(500)
    await page.find('.t-note-send').trigger('click')
    expect(page.find('.field__wrong').exists()).toBe(false)
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
