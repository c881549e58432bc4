import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'

import { api, type Attempt, type Grade, NetworkFailure, type PracticeQuestion, Problem, type QuizExplanation, type QuizQuestion as Question, type Resident, type Streak } from '@/api'
import QuestionDots from '@/components/QuestionDots.vue'
import QuizAnswer from '@/components/QuizAnswer.vue'
import QuizPicture from '@/components/QuizPicture.vue'
import QuizQuestion from '@/components/QuizQuestion.vue'
import QuizAsk from '@/pages/home/QuizAsk.vue'
import DailyResult from '@/pkg-quizzes/components/DailyResult.vue'
import KnowledgeBar from '@/pkg-quizzes/components/KnowledgeBar.vue'
import PracticeRound from '@/pkg-quizzes/components/PracticeRound.vue'
import StreakCalendar from '@/pkg-quizzes/components/StreakCalendar.vue'
import WaitingAnswers from '@/pkg-quizzes/components/WaitingAnswers.vue'
import { useNetwork } from '@/stores/network'
import { usePractice } from '@/stores/practice'
import { useQuizzes } from '@/stores/quizzes'
import { useSession } from '@/stores/session'

import { preparePlatform } from './support'

beforeEach(() => {
  preparePlatform()
  vi.useRealTimers()
})

const region = (x: number, width = 0.1) => ({ x, y: 0.2, width, height: 0.2 })
const options = [
  { id: 'a', text: '纸箱', region: region(0.1) },
  { id: 'b', text: '灭火器', region: region(0.4) },
  { id: 'c', text: '楼道', region: region(0, 1) },
]
const asked = (kind: Question['kind'], more: Partial<Question> = {}): Question => ({ kind, topic: 'fire', topic_name: '消防', stem: '哪里不对？', media: null, options, ...more })
const answer: QuizExplanation = {
  correct: false,
  counted: true,
  right_option_ids: ['a'],
  explanation: '纸箱会烧起来。',
  at_home: '看看自家门口。',
  source: { name: '消防法', article: '第二十八条', quote: '不得占用疏散通道', version: '2021-04-29', as_of: '2025-04-19' },
}

describe('QuizQuestion', () => {
  const show = (question: Question, modelValue: string[] = [], said: QuizExplanation | null = null) =>
    mount(QuizQuestion, { props: { question, modelValue, answer: said } })

  it('is a group of radio buttons where one is right, of boxes where several may be', async () => {
    const one = show(asked('single'), ['b'])
    expect(one.find('.t-options').attributes('role')).toBe('radiogroup')
    expect(one.findAll('.t-option').map((option) => option.attributes('aria-checked'))).toEqual(['false', 'true', 'false'])
    await one.findAll('.t-option')[0]?.trigger('click')
    expect(one.emitted('update:modelValue')).toEqual([[['a']]])
    expect(show(asked('multiple')).findAll('[role=checkbox]')).toHaveLength(3)
  })

  it('moves an order with buttons that say what they move', async () => {
    const order = show(asked('ordering'), ['a', 'b', 'c'])
    const up = order.findAll('.t-up')
    expect(up.map((button) => button.attributes('aria-label'))).toEqual(['上移：纸箱', '上移：灭火器', '上移：楼道'])
    expect(up[0]?.attributes('aria-disabled')).toBe('true')
    await up[2]?.trigger('click')
    await order.findAll('.t-down')[0]?.trigger('click')
    expect(order.emitted('update:modelValue')).toEqual([[['a', 'c', 'b']], [['b', 'a', 'c']]])
  })

  it('of a picture takes the spot or the words, and says when nothing is there', async () => {
    const picture = show(asked('picture', { media: { url: '/p.jpg', thumbnail_url: '/t.jpg', width: 800, height: 600 } }))
    expect(picture.find('.t-options').exists()).toBe(false)
    // The widest lies at the bottom, so that it hides no other.
    expect(picture.findAll('.t-spot').map((spot) => spot.attributes('aria-label'))).toEqual(['楼道', '纸箱', '灭火器'])
    await picture.find('.picture__image').trigger('click')
    expect(picture.find('.t-beside').text()).toContain('这里没有可选的')
    await picture.findAll('.t-spot')[1]?.trigger('click')
    expect(picture.find('.t-beside').exists()).toBe(false)
    await picture.find('.t-words').trigger('click')
    await picture.findAll('.t-option')[1]?.trigger('click')
    expect(picture.emitted('update:modelValue')).toEqual([[['a']], [['b']]])
  })

  it('tells in the picture what was chosen rightly, wrongly and not at all, by shape and in words', () => {
    const media = { url: '/p.jpg', thumbnail_url: '/t.jpg', width: 800, height: 600 }
    const picture = mount(QuizPicture, { props: { media, options: asked('picture').options, chosen: ['a', 'c'], right: ['a', 'b'], disabled: true } })
    const spots = picture.findAll('.t-spot')
    expect(spots.map((spot) => spot.attributes('aria-label'))).toEqual(['楼道 · 您选的', '纸箱 · 您选对了', '灭火器 · 正确答案'])
    expect(spots.map((spot) => spot.classes().find((name) => name.startsWith('picture__spot--')))).toEqual(
      ['picture__spot--wrong', 'picture__spot--right', 'picture__spot--missed'],
    )
  })

  it('falls back to the words when the picture does not come', async () => {
    const picture = show(asked('picture', { media: { url: '/p.jpg', thumbnail_url: '/t.jpg', width: 800, height: 600 } }))
    await picture.find('.picture__image').trigger('error')
    expect(picture.text()).toContain('图片现在打不开')
    expect(picture.findAll('.t-option')).toHaveLength(3)
  })

  it('says after the answer what was right in words, and is not to be changed', async () => {
    const done = show(asked('single'), ['b'], answer)
    expect(done.findAll('.t-option').map((option) => option.attributes('aria-label'))).toEqual(['纸箱 · 正确答案', '灭火器 · 您选的', '楼道'])
    await done.findAll('.t-option')[0]?.trigger('click')
    expect(done.emitted('update:modelValue')).toBeUndefined()
    const order = show(asked('ordering'), ['b', 'a', 'c'], { ...answer, right_option_ids: ['a', 'b', 'c'] })
    expect(order.findAll('.t-option').map((option) => option.text())).toEqual(['1纸箱您排在第 2', '2灭火器您排在第 1', '3楼道您选对了'])
  })
})

describe('QuizAnswer', () => {
  it('says right or not in a word, why, and where it stands as of which day', () => {
    const shown = mount(QuizAnswer, { props: { answer } })
    expect(shown.find('.t-verdict').text()).toBe('没答对')
    expect(shown.text()).toContain('纸箱会烧起来')
    expect(shown.find('.t-source').text()).toContain('《消防法》 第二十八条')
    expect(shown.find('.t-source').text()).toContain('2025年4月19日查核')
    expect(shown.find('.t-late').exists()).toBe(false)
    expect(shown.text()).not.toContain('自家门口')
  })

  it('says that a late answer does not count, also when it is right', () => {
    const shown = mount(QuizAnswer, { props: { answer: { ...answer, correct: true, counted: false }, withAdvice: true } })
    expect(shown.find('.t-verdict').text()).toBe('答对了')
    expect(shown.find('.t-late').text()).toContain('不计入')
    expect(shown.text()).toContain('自家门口')
  })
})

describe('what is seen at a glance is also read out', () => {
  it('the five', () => {
    const questions = [1, 2, 3].map((id) => ({ id, answer: id === 1 ? { correct: true } : null }))
    const dots = mount(QuestionDots, { props: { questions: questions as never, unsent: [2], current: 2 } })
    expect(dots.findAll('[role=tab]').map((dot) => dot.attributes('aria-label'))).toEqual([
      '第 1 题，共 3 题 · 答对了',
      '第 2 题，共 3 题 · 等网络',
      '第 3 题，共 3 题 · 还没答',
    ])
  })

  it('the days', () => {
    vi.useFakeTimers({ now: new Date('2026-11-20T02:00:00Z') })
    const calendar = mount(StreakCalendar, { props: { days: ['2026-11-18', '2026-11-20'], today: '2026-11-20' } })
    expect(calendar.attributes('aria-label')).toBe('最近六周答了 2 天：11月18日、11月20日')
    expect(calendar.findAll('.calendar__day')).toHaveLength(42)
    expect(calendar.findAll('.calendar__day--done').map((day) => day.text())).toEqual(['18', '20'])
    expect(calendar.findAll('.calendar__day--today')).toHaveLength(1)
  })

  it('a topic', () => {
    const bar = mount(KnowledgeBar, { props: { topic: { topic: 'gas', name: '燃气', questions: 10, seen: 6, known: 4, due: 2, recall: 0.7 } } })
    expect(bar.find('[role=link]').attributes('aria-label')).toBe('燃气、记得 4 · 见过 6 · 共 10、2 道该复习、练这个')
    expect(bar.find('.topic__known').attributes('style')).toContain('40%')
    expect(bar.find('.topic__seen').attributes('style')).toContain('20%')
  })
})

describe('PracticeRound', () => {
  const question = (id: string) => ({ ...asked('single'), id, hint: '消防法 第二十八条', new: true, difficulty: 1 }) as PracticeQuestion

  beforeEach(async () => {
    useSession().me = { id: 1, roles: [], consent: {} } as unknown as Resident
    useSession().signedIn = true
    vi.spyOn(api, 'practice').mockResolvedValue({ questions: [question('t1'), question('t2')], next_due_at: null })
    await usePractice().fetchQuestions()
  })

  it('says without a network that the service will grade it, and goes on; the grade comes by itself', async () => {
    const grade = vi.spyOn(api, 'gradePractice').mockRejectedValue(new NetworkFailure())
    const round = mount(PracticeRound, { props: { pauses: 0 } })
    await round.find('.t-hint').trigger('click')
    expect(round.find('.t-hint-text').text()).toBe('写在：消防法 第二十八条')
    await round.findAll('.t-option')[0]?.trigger('click')
    await round.find('.t-practice-send').trigger('click')
    await flushPromises()
    expect(round.find('.t-practice-kept').text()).toContain('有网络时由服务器批改')
    expect(round.find('.t-answer').exists()).toBe(false)
    expect(grade.mock.calls[0]?.[0]).toMatchObject([{ ticket: 't1', hinted: true, option_ids: ['a'] }])

    grade.mockImplementation((answers) =>
      Promise.resolve({ answers: answers.map(({ client_uuid }) => ({ ...answer, client_uuid, status: 'graded', correct: true, code: null, due_at: null, points: 0 }) as Grade) }),
    )
    await usePractice().sendWaiting()
    await flushPromises()
    expect(round.find('.t-verdict').text()).toBe('答对了')
    await round.find('.t-practice-next').trigger('click')
    expect(round.text()).toContain('第 2 道')
  })

  it('does not say how long it took when the phone was laid away meanwhile', async () => {
    const grade = vi.spyOn(api, 'gradePractice').mockRejectedValue(new NetworkFailure())
    const round = mount(PracticeRound, { props: { pauses: 0 } })
    await round.setProps({ pauses: 1 })
    await round.findAll('.t-option')[0]?.trigger('click')
    await round.find('.t-practice-send').trigger('click')
    await flushPromises()
    expect(grade.mock.calls[0]?.[0]?.[0]?.seconds).toBeNull()
  })

  it('says of what another quiz still asks that the result comes later, and not that a network is missing', async () => {
    vi.spyOn(api, 'gradePractice').mockRejectedValue(new Problem(429, 'asked_right_now', '', '', []))
    const round = mount(PracticeRound, { props: { pauses: 0 } })
    for (const _ of ['t1', 't2']) {
      await round.findAll('.t-option')[0]?.trigger('click')
      await round.find('.t-practice-send').trigger('click')
      await flushPromises()
      expect(round.find('.t-practice-kept').text()).toContain('知道结果要等那份题答完')
      expect(round.find('.t-answer').exists()).toBe(false)
      await round.find('.t-practice-next').trigger('click')
    }
    expect(round.find('.t-practice-done').text()).toContain('有 2 个答案，知道结果要等那份题答完')
    const waiting = mount(WaitingAnswers)
    expect(waiting.find('.t-practice-later').text()).toContain('有 2 个答案，知道结果要等那份题答完')
    expect(waiting.find('.t-practice-waiting').exists()).toBe(false)
  })

  it('tells later, too, of what was answered without a network', async () => {
    const grade = vi.spyOn(api, 'gradePractice').mockRejectedValue(new NetworkFailure())
    const practice = usePractice()
    for (const id of ['t1', 't2', 't3']) {
      practice.note(question(id), { optionIds: ['a'], seconds: null, hinted: false })
    }
    await practice.sendWaiting()
    const said = { ...answer, status: 'graded', code: null, due_at: null, points: 0 }
    const nothing = { ...said, correct: null, explanation: null, right_option_ids: [], at_home: null, source: null }
    grade.mockImplementation((answers) =>
      Promise.resolve({ answers: answers.map(({ client_uuid, ticket }) => ({ client_uuid, ...(ticket === 't1' ? said : nothing), ...(ticket === 't3' && { status: 'refused' }) }) as Grade) }),
    )
    await practice.sendWaiting()
    const waiting = mount(WaitingAnswers)
    expect(waiting.text()).toContain('没网时答的 1 道批改好了，对 0 道')
    expect(waiting.find('.t-practice-later').text()).toContain('有 1 个答案，知道结果要等那份题答完')
    expect(waiting.text()).toContain('有 1 个答案没能算进去')
  })

  it('says what there is to do when nothing is left, without a network another thing than with one', () => {
    const none = () => mount(PracticeRound, { props: { topic: 'gas', pauses: 0 } }).find('.t-practice-done').text()
    expect(none()).toContain('眼下没有要练的')
    useNetwork().online = false
    expect(none()).toContain('有网络时再来取')
  })
})

describe('today’s five on the home page', () => {
  const streak = { length: 6, longest: 9, free_left: 1, free_a_month: 2, done_today: false, keep_until: '2026-11-22', today: '2026-11-20', state: 'not_yet', days: [] } as Streak
  const shown = async (change: Partial<Streak>, day = '2026-11-20') => {
    useSession().me = { id: 1, roles: [], consent: {} } as unknown as Resident
    vi.spyOn(api, 'streak').mockResolvedValue({ ...streak, ...change })
    await useQuizzes().look()
    return mount(QuizAsk, { props: { day } })
  }

  it('are asked for until they are taken, and only today', async () => {
    expect((await shown({})).text()).toContain('已经连着 6 天')
    expect((await shown({ length: 0 })).text()).toContain('长点安全知识')
    expect((await shown({ state: 'open' })).text()).toContain('接着答')
    expect((await shown({ state: 'finished' })).find('.t-ask-quiz').exists()).toBe(false)
    expect((await shown({}, '2026-11-21')).find('.t-ask-quiz').exists()).toBe(false)
  })
})

describe('DailyResult', () => {
  const result: NonNullable<Attempt['result']> = {
    finished_at: '2026-11-20T01:02:00Z',
    right: 1,
    counted: 1,
    answered: 1,
    of: 2,
    points: 2,
    at_home: [{ question_id: 11, text: '看看燃气软管。' }],
    pledged_id: null,
    streak: { length: 4, longest: 9, free_left: 0, free_a_month: 2, done_today: true, keep_until: '2026-11-21' },
    verdict: null,
  }
  const attempt = {
    questions: [
      { ...asked('single'), id: 11, answer: { ...answer, correct: true, chosen_option_ids: ['a'] } },
      { ...asked('single'), id: 12, answer: { ...answer, chosen_option_ids: [] } },
    ],
  } as unknown as Attempt
  const show = (change: Partial<typeof result> = {}) => mount(DailyResult, { props: { attempt, result: { ...result, ...change }, pledging: false } })

  it('is calm: what was right, the days in a row, what to look at at home', async () => {
    const shown = show()
    expect(shown.find('.t-result-title').text()).toBe('答对 1 道')
    expect(shown.text()).toContain('连着 4 天')
    expect(shown.text()).toContain('这个月的两天休息用完了')
    expect(shown.find('.t-result-points').text()).toContain('+2')
    await shown.find('.t-pledge').trigger('click')
    expect(shown.emitted('pledge')).toEqual([[11]])
    expect(show({ pledged_id: 11 }).find('.t-pledge').attributes('aria-checked')).toBe('true')
  })

  it('tells of each question how it went, and why behind a tap', async () => {
    const shown = show({ right: 0, counted: 0, points: 0 })
    expect(shown.find('.t-result-title').text()).toBe('今天的题看完了')
    expect(shown.text()).toContain('明天再来')
    expect(shown.find('.t-result-points').exists()).toBe(false)
    const rows = shown.findAll('.t-review')
    expect(rows.map((row) => row.text())).toEqual([expect.stringContaining('答对了'), expect.stringContaining('没有答')])
    await rows[1]?.trigger('click')
    expect(shown.find('.t-source').text()).toContain('消防法')
  })
  it('says of what another quiz still asks that it is explained later', () => {
    expect(show().find('.t-explained-later').exists()).toBe(false)
    const untold = { questions: attempt.questions.map((one, index) => (index === 0 ? one : { ...one, answer: null })) } as Attempt
    const shown = mount(DailyResult, { props: { attempt: untold, result, pledging: false } })
    expect(shown.findAll('.t-review')).toHaveLength(1)
    expect(shown.find('.t-explained-later').text()).toContain('还有 1 道的解释')
  })
})
