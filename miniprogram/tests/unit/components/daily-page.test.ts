import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { api, type Attempt, NetworkFailure, type QuizAnswer, type Resident, type Streak } from '@/api'
import DailyPage from '@/pkg-quizzes/daily/index.vue'
import { useQuizzes } from '@/stores/quizzes'
import { useSession } from '@/stores/session'

import { preparePlatform } from './support'

vi.mock('@dcloudio/uni-app', () => ({
  onShow: (show: () => void) => {
    show()
  },
  onHide: () => undefined,
}))

const NOW = new Date('2026-11-20T02:00:00Z')
const question = { id: 1, kind: 'single', topic: 'fire', topic_name: '消防', stem: '哪里不对？', media: null, options: [{ id: 'a', text: '纸箱', region: null }], answer: null }
const attempt = {
  attempt_id: 3,
  day: '2026-11-20',
  state: 'open',
  now: NOW.toISOString(),
  started_at: NOW.toISOString(),
  deadline: new Date(NOW.getTime() + 120_000).toISOString(),
  questions: [question],
  result: null,
} as unknown as Attempt
const said = { question_id: 1, correct: true, counted: true, right_option_ids: ['a'], explanation: '会烧起来。', at_home: null, source: { name: '消防法' } } as unknown as QuizAnswer

beforeEach(() => {
  preparePlatform()
  vi.useFakeTimers({ now: NOW })
  vi.spyOn(Math, 'random').mockReturnValue(0)
  useSession().me = { id: 1, roles: [], consent: {} } as unknown as Resident
  useSession().signedIn = true
})

afterEach(() => {
  vi.useRealTimers()
})

it('shows the result that was asked for as soon as the answers that waited have arrived by themselves', async () => {
  vi.spyOn(api, 'streak').mockResolvedValue({ today: '2026-11-20', state: 'open', days: [], length: 0 } as unknown as Streak)
  vi.spyOn(api, 'dailyQuiz').mockResolvedValue(attempt)
  vi.spyOn(api, 'answerQuestion').mockRejectedValueOnce(new NetworkFailure()).mockRejectedValueOnce(new NetworkFailure()).mockResolvedValue(said)
  const finish = vi.spyOn(api, 'finishAttempt').mockResolvedValue({ ...attempt, state: 'finished' })
  const page = mount(DailyPage)
  await flushPromises()
  await useQuizzes().answer(1, ['a']).catch(() => undefined)
  await flushPromises()
  await page.find('.t-finish').trigger('click')
  await flushPromises()
  expect(page.text()).toContain('还有 1 个答案没有送到')
  expect(finish).not.toHaveBeenCalled()

  await vi.advanceTimersByTimeAsync(4000)
  expect(finish).toHaveBeenCalledExactlyOnceWith(3)
  page.unmount()
})
