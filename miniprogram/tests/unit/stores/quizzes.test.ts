import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'

import { api, type AskedQuestion, type Attempt, NetworkFailure, Problem, type QuizAnswer, type Resident, type Streak } from '@/api'
import { type Unsent, useQuizzes } from '@/stores/quizzes'
import { useSession } from '@/stores/session'

const DAY = '2026-11-20'
const streak = { length: 3, longest: 5, free_left: 2, free_a_month: 2, done_today: false, keep_until: '2026-11-22', today: DAY, state: 'not_yet', days: ['2026-11-19'] } as Streak
const questions = [11, 12, 13].map((id) => ({ id, kind: 'single', options: [], answer: null }))
const attempt = {
  attempt_id: 7,
  day: DAY,
  started_at: '2026-11-20T01:00:00Z',
  deadline: '2026-11-20T01:02:00Z',
  now: '2026-11-20T01:00:30Z',
  state: 'open',
  questions,
  result: null,
} as unknown as Attempt
const result = { right: 2, counted: 3, points: 2, streak: { ...streak, length: 4, done_today: true } }
const finished = { ...attempt, state: 'finished', result } as unknown as Attempt

const said = (id: number, more: Partial<QuizAnswer> = {}) => ({ question_id: id, correct: true, counted: true, explanation: '因为', right_option_ids: ['a'], at_home: null, ...more }) as unknown as QuizAnswer
const problem = (status: number, code: string) => new Problem(status, code, '', '', [])

/** The app, closed and opened again: what is not on the phone is gone. */
function restarted(who = 1) {
  setActivePinia(createPinia())
  const session = useSession()
  session.me = { id: who, roles: [], consent: {} } as unknown as Resident
  session.signedIn = true
  return useQuizzes()
}

let quizzes: ReturnType<typeof useQuizzes>

beforeEach(() => {
  vi.useRealTimers()
  vi.spyOn(api, 'streak').mockResolvedValue(streak)
  vi.spyOn(api, 'dailyQuiz').mockResolvedValue(attempt)
  vi.spyOn(api, 'finishAttempt').mockResolvedValue(finished)
  quizzes = restarted()
})

describe('the clock', () => {
  it('does not start by looking whether today was taken', async () => {
    expect(await quizzes.resume()).toBeNull()
    expect(api.dailyQuiz).not.toHaveBeenCalled()
    await quizzes.begin()
    expect(api.dailyQuiz).toHaveBeenCalledOnce()
    expect(quizzes.streakOn(DAY)?.state).toBe('open')
  })

  it('is the server’s: the phone only knows how far it is off', async () => {
    vi.useFakeTimers({ now: new Date('2026-11-20T00:59:30Z') })
    await quizzes.begin()
    expect(quizzes.aheadMs).toBe(60_000)
  })

  it('of what was begun goes on, on another phone too', async () => {
    vi.mocked(api.streak).mockResolvedValue({ ...streak, state: 'overdue' })
    expect((await quizzes.resume())?.attempt_id).toBe(7)
  })
})

describe('an answer', () => {
  beforeEach(() => quizzes.begin())

  it('is explained once the server has it', async () => {
    vi.spyOn(api, 'answerQuestion').mockResolvedValue(said(11, { counted: false }))
    await quizzes.answer(11, ['a'])
    expect(quizzes.unsent).toEqual([])
    expect(quizzes.attempt?.questions[0]?.answer).toMatchObject({ chosen_option_ids: ['a'], correct: true, counted: false })
  })

  it('survives a lost network and a closed app, and goes out again in its turn', async () => {
    const send = vi.spyOn(api, 'answerQuestion').mockRejectedValue(new NetworkFailure())
    await expect(quizzes.answer(11, ['a'])).rejects.toBeInstanceOf(NetworkFailure)
    await expect(quizzes.answer(12, ['b'])).rejects.toBeInstanceOf(NetworkFailure)
    // What was given first stands.
    await expect(quizzes.answer(11, ['c'])).rejects.toBeInstanceOf(NetworkFailure)
    quizzes = restarted()
    expect(quizzes.unsent.map(({ questionId }: Unsent) => questionId)).toEqual([11, 12])

    send.mockReset().mockImplementation((_, id) => Promise.resolve(said(id)))
    await quizzes.sendWaiting()
    expect(send.mock.calls).toEqual([
      [7, 11, ['a']],
      [7, 12, ['b']],
    ])
    expect(quizzes.unsent).toEqual([])
  })

  it('given while another is on its way goes out, too, and each once', async () => {
    let arrive: (answer: QuizAnswer) => void = () => undefined
    const send = vi.spyOn(api, 'answerQuestion').mockImplementationOnce(() => new Promise((resolve) => (arrive = resolve)))
    send.mockImplementation((_, id) => Promise.resolve(said(id)))
    const both = Promise.all([quizzes.answer(11, ['a']), quizzes.answer(12, ['b'])])
    arrive(said(11))
    await both
    expect(send.mock.calls.map(([, id]) => id)).toEqual([11, 12])
  })

  it('that is still failing when the network is back goes out all the same', async () => {
    let fail: (error: Error) => void = () => undefined
    const send = vi.spyOn(api, 'answerQuestion').mockImplementationOnce(() => new Promise((_, reject) => (fail = reject)))
    send.mockImplementation((_, id) => Promise.resolve(said(id)))
    const given = quizzes.answer(11, ['a'])
    const back = quizzes.resume()
    fail(new NetworkFailure())
    await expect(given).rejects.toBeInstanceOf(NetworkFailure)
    await back
    expect(quizzes.unsent).toEqual([])
  })

  it('that was heard is not forgotten for what the server had seen before', async () => {
    vi.mocked(api.streak).mockResolvedValue({ ...streak, state: 'open' })
    let showOld: (old: Attempt) => void = () => undefined
    vi.mocked(api.dailyQuiz).mockReturnValueOnce(new Promise((resolve) => (showOld = resolve)))
    vi.spyOn(api, 'answerQuestion').mockImplementation((_, id) => Promise.resolve(said(id)))
    const resuming = quizzes.resume()
    await quizzes.answer(11, ['a'])
    showOld(attempt)
    await resuming
    expect(quizzes.attempt?.questions.map((one: AskedQuestion) => one.answer !== null)).toEqual([true, false, false])
  })

  it('that comes after the end shows the result', async () => {
    vi.spyOn(api, 'answerQuestion').mockRejectedValue(problem(409, 'attempt_finished'))
    await quizzes.answer(11, ['a'])
    expect(quizzes.attempt?.state).toBe('finished')
    expect(quizzes.unsent).toEqual([])
  })

  it('of yesterday never begins today’s', async () => {
    vi.useFakeTimers({ now: new Date('2026-11-21T01:00:00Z') })
    vi.mocked(api.dailyQuiz).mockClear()
    vi.spyOn(api, 'answerQuestion').mockRejectedValue(problem(409, 'already_answered'))
    await quizzes.answer(11, ['a'])
    expect(api.dailyQuiz).not.toHaveBeenCalled()
    expect(api.finishAttempt).toHaveBeenCalledWith(7)
  })

  it('that the server cannot read is let go, and the person hears of it', async () => {
    vi.spyOn(api, 'answerQuestion').mockRejectedValue(problem(422, 'invalid_input'))
    await expect(quizzes.answer(11, ['a'])).rejects.toBeInstanceOf(Problem)
    expect(quizzes.unsent).toEqual([])
  })

  it('waits before the result, not after it', async () => {
    vi.spyOn(api, 'answerQuestion').mockRejectedValue(new NetworkFailure())
    await quizzes.answer(11, ['a']).catch(() => undefined)
    await expect(quizzes.finish()).rejects.toBeInstanceOf(NetworkFailure)
    expect(api.finishAttempt).not.toHaveBeenCalled()
  })
})

describe('what is kept', () => {
  it('knows after the result how the streak stands', async () => {
    await quizzes.resume()
    await quizzes.begin()
    await quizzes.finish()
    expect(quizzes.streakOn(DAY)).toMatchObject({ state: 'finished', length: 4, days: ['2026-11-19', DAY] })
    expect(quizzes.streakOn('2026-11-21')).toBeNull()
  })

  it('belongs to one person, and is gone when they sign out', async () => {
    await quizzes.begin()
    expect(restarted(2).attempt).toBeNull()
    quizzes = restarted(1)
    expect(quizzes.attempt).not.toBeNull()
    quizzes.forget()
    expect(uni.getStorageSync('linli.quizzes')).toBe('')
    expect(restarted(1).attempt).toBeNull()
  })

  it('stays finished, whatever answer of before comes late', async () => {
    vi.mocked(api.streak).mockResolvedValue({ ...streak, state: 'open' })
    await quizzes.begin()
    let showOld: (old: Attempt) => void = () => undefined
    vi.mocked(api.dailyQuiz).mockReturnValueOnce(new Promise((resolve) => (showOld = resolve)))
    const resuming = quizzes.resume()
    await quizzes.finish()
    showOld(attempt)
    await resuming
    expect([quizzes.attempt?.state, quizzes.attempt?.result?.right]).toEqual(['finished', 2])
  })

  it('goes on after midnight until its time is over', async () => {
    const begun = { ...attempt, started_at: '2026-11-20T15:59:30Z', deadline: '2026-11-20T16:01:30Z', now: '2026-11-20T15:59:30Z' } as Attempt
    // The phone is ten minutes slow; the server's clock counts.
    vi.useFakeTimers({ now: new Date('2026-11-20T15:49:30Z') })
    vi.mocked(api.dailyQuiz).mockResolvedValueOnce(begun)
    await quizzes.begin()
    vi.mocked(api.streak).mockResolvedValue({ ...streak, today: '2026-11-21' })
    vi.setSystemTime(new Date('2026-11-20T15:51:00Z'))
    expect((await quizzes.resume())?.attempt_id).toBe(7)
    vi.setSystemTime(new Date('2026-11-20T15:52:00Z'))
    expect(await quizzes.resume()).toBeNull()
    expect(quizzes.attempt).toBeNull()
    expect(api.dailyQuiz).toHaveBeenCalledOnce()
  })

  it('does not go on after midnight once it is finished', async () => {
    vi.useFakeTimers({ now: new Date('2026-11-20T01:00:30Z') })
    await quizzes.begin()
    await quizzes.finish()
    vi.mocked(api.streak).mockResolvedValue({ ...streak, today: '2026-11-21' })
    expect(await quizzes.resume()).toBeNull()
    expect(quizzes.attempt).toBeNull()
  })

  it('lets yesterday go', async () => {
    vi.useFakeTimers({ now: new Date('2026-11-20T01:00:30Z') })
    await quizzes.begin()
    vi.setSystemTime(new Date('2026-11-20T17:00:00Z'))
    vi.mocked(api.streak).mockResolvedValue({ ...streak, today: '2026-11-21' })
    expect(await quizzes.resume()).toBeNull()
    expect(quizzes.attempt).toBeNull()
  })
})
