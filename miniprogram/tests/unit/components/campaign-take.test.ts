import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'

import { api, type Attempt, Problem } from '@/api'
import Take from '@/pkg-campaigns/take/index.vue'

import { preparePlatform } from './support'

// The platform opens a page with its query; nothing else of it is needed here.
vi.mock('@dcloudio/uni-app', () => ({
  onLoad: (open: (query: object) => void) => open({ campaign: '5' }),
  onShow: () => undefined,
  onHide: () => undefined,
}))

const options = ['a', 'b'].map((id) => ({ id, text: `选项 ${id}`, region: null }))
const question = (id: number, chosen?: string) => ({
  id,
  kind: 'single',
  topic: 'fire',
  topic_name: '消防',
  stem: `问 ${id}`,
  media: null,
  options,
  answer: chosen
    ? { correct: false, counted: true, chosen_option_ids: [chosen], right_option_ids: ['b'], explanation: '因为', at_home: null, source: { name: '消防法', article: '', quote: '', version: null, as_of: '2025-04-19' } }
    : null,
})
const attempt = (first?: string) =>
  ({ attempt_id: 7, started_at: '2026-11-20T01:00:00Z', deadline: '2026-11-20T01:10:00Z', now: '2026-11-20T01:01:00Z', questions: [question(1, first), question(2)], result: null }) as unknown as Attempt
const verdict = { campaign_id: 5, percent: 0, pass_percent: 80, passed: false, tries_left: 2, next_try_at: null, certificate_number: null }
const over = { ...attempt('a'), result: { right: 0, of: 2, verdict } } as unknown as Attempt
const tries = (finished_at: string | null) => ({ items: [{ attempt_id: 7, finished_at }] }) as unknown as Awaited<ReturnType<typeof api.campaignTries>>

/** The page with its first question answered "b", which the service refuses with a code. */
async function refused(code: string) {
  vi.spyOn(api, 'answerQuestion').mockRejectedValue(new Problem(409, code, '', '这道题答过了', []))
  const page = mount(Take)
  await flushPromises()
  await page.findAll('.t-option')[1]?.trigger('click')
  await page.find('.t-answer-send').trigger('click')
  await flushPromises()
  return page
}

beforeEach(() => {
  preparePlatform()
  vi.spyOn(api, 'tryCampaign').mockResolvedValueOnce(attempt())
  vi.spyOn(api, 'finishAttempt').mockResolvedValue(over)
})

describe('a try that has gone on without the phone', () => {
  it('shows the answer that had arrived, and goes on', async () => {
    vi.spyOn(api, 'campaignTries').mockResolvedValue(tries(null))
    vi.mocked(api.tryCampaign).mockResolvedValueOnce(attempt('a'))
    const page = await refused('already_answered')
    expect(page.find('[role=alert]').text()).toBe('这道题答过了')
    expect(page.findAll('.t-option').map((option) => option.attributes('aria-checked'))).toEqual(['true', 'false'])
    await page.find('.t-next').trigger('click')
    expect(page.text()).toContain('问 2')
    expect(page.find('[role=alert]').exists()).toBe(false)
    expect(api.finishAttempt).not.toHaveBeenCalled()
  })

  it.each(['already_answered', 'attempt_finished'])('and has ended (%s) shows its result, and begins no other', async (code) => {
    vi.spyOn(api, 'campaignTries').mockResolvedValue(tries('2026-11-20T01:10:00Z'))
    const page = await refused(code)
    expect(page.find('.t-try-result').exists()).toBe(true)
    expect(page.find('.t-explained-later').text()).toContain('还有 1 道的解释')
    expect(api.finishAttempt).toHaveBeenCalledWith(7)
    expect(api.tryCampaign).toHaveBeenCalledOnce()
  })

  it('says what is wrong with an answer that the service cannot read, and leaves it open', async () => {
    const page = await refused('invalid_input')
    expect(page.find('[role=alert]').text()).toBe('这道题答过了')
    expect(page.find('.t-answer-send').exists()).toBe(true)
    expect(api.tryCampaign).toHaveBeenCalledOnce()
  })
})
