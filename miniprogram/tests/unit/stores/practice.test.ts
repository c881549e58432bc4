import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'

import { api, type Grade, NetworkFailure, type PracticeAnswer, type PracticeQuestion, Problem, type Resident } from '@/api'
import { type KeptAnswer, usePractice } from '@/stores/practice'
import { useSession } from '@/stores/session'

const question = (id: string, topic = 'fire') => ({ id, topic, stem: `问 ${id}`, kind: 'single', options: [] }) as unknown as PracticeQuestion
const given = { optionIds: ['a'], seconds: 12, hinted: false }
const graded = (answers: PracticeAnswer[], correct = true) => ({
  answers: answers.map(({ client_uuid }) => ({ client_uuid, status: 'graded', correct, explanation: '因为', right_option_ids: ['a'], source: {}, points: 0 }) as unknown as Grade),
})

function restarted(who = 1) {
  setActivePinia(createPinia())
  const session = useSession()
  session.me = { id: who, roles: [], consent: {} } as unknown as Resident
  session.signedIn = true
  return usePractice()
}

let practice: ReturnType<typeof usePractice>

beforeEach(async () => {
  vi.useRealTimers()
  vi.spyOn(api, 'practice').mockResolvedValue({ questions: [question('t1'), question('t2', 'gas'), question('t3')], next_due_at: null })
  practice = restarted()
  await practice.fetchQuestions()
})

describe('practice without a network', () => {
  it('asks what was fetched, also after the app was closed, and each once', () => {
    practice = restarted()
    expect(practice.ofTopic().map(({ id }) => id)).toEqual(['t1', 't2', 't3'])
    expect(practice.ofTopic('gas').map(({ id }) => id)).toEqual(['t2'])
    practice.note(question('t1'), given)
    expect(practice.ofTopic().map(({ id }) => id)).toEqual(['t2', 't3'])
  })

  it('notes the answer with its time, says that it waits, and sends the list once', async () => {
    vi.useFakeTimers({ now: new Date('2026-11-20T11:00:00Z') })
    const grade = vi.spyOn(api, 'gradePractice').mockRejectedValue(new NetworkFailure())
    const uuid = practice.note(question('t1'), { ...given, hinted: true })
    expect(await practice.sendWaiting()).toBe(0)
    practice.note(question('t2', 'gas'), given)
    expect(await practice.sendWaiting()).toBe(0)
    expect(practice.waiting).toHaveLength(2)
    expect(practice.find(uuid)?.grade).toBeNull()

    practice = restarted()
    grade.mockReset().mockImplementation((answers) => Promise.resolve(graded(answers)))
    expect(await Promise.all([practice.sendWaiting(), practice.sendWaiting()])).toEqual([2, 0])
    expect(grade).toHaveBeenCalledOnce()
    expect(grade.mock.calls[0]?.[0]).toMatchObject([
      { client_uuid: uuid, ticket: 't1', option_ids: ['a'], answered_at: '2026-11-20T11:00:00.000Z', seconds: 12, hinted: true },
      { ticket: 't2', hinted: false },
    ])
    expect(practice.waiting).toHaveLength(0)
    expect(practice.arrived).toHaveLength(2)
    practice.clearGraded({ alsoArrived: true })
    expect(practice.arrived).toHaveLength(0)
  })

  it.each(['1970-01-01T00:10:00Z', '2099-01-01T00:00:00Z'])('keeps an answer that waits through a lost clock: %s', async (said) => {
    const grade = vi.spyOn(api, 'gradePractice').mockRejectedValue(new NetworkFailure())
    vi.useFakeTimers({ now: new Date(said) })
    const uuid = practice.note(question('t1'), given)
    vi.setSystemTime(new Date('2026-11-20T11:00:00Z'))
    practice = restarted()
    vi.setSystemTime(new Date(said))
    practice = restarted()
    expect(practice.waiting.map((one: KeptAnswer) => one.uuid)).toEqual([uuid])
    vi.setSystemTime(new Date('2026-11-20T11:00:00Z'))
    practice = restarted()
    grade.mockReset().mockImplementation((answers) => Promise.resolve(graded(answers)))
    expect(await practice.sendWaiting()).toBe(1)
  })

  it('goes out under the same UUID when the answer was lost', async () => {
    const grade = vi.spyOn(api, 'gradePractice').mockRejectedValueOnce(new NetworkFailure())
    grade.mockImplementation((answers) => Promise.resolve(graded(answers)))
    practice.note(question('t1'), given)
    await practice.sendWaiting()
    await practice.sendWaiting()
    expect(new Set(grade.mock.calls.map(([answers]) => answers[0]?.client_uuid)).size).toBe(1)
  })

  it('is not held up by one answer that the service cannot read', async () => {
    vi.spyOn(api, 'gradePractice').mockImplementation((answers) =>
      answers.some(({ ticket }) => ticket === 't1') ? Promise.reject(new Problem(422, 'invalid_input', '', '', [])) : Promise.resolve(graded(answers)),
    )
    const bad = practice.note(question('t1'), given)
    const good = practice.note(question('t2'), given)
    await practice.sendWaiting()
    expect(practice.waiting).toHaveLength(0)
    expect(practice.find(bad)?.grade?.status).toBe('refused')
    expect(practice.find(good)?.grade?.status).toBe('graded')
  })
})

describe('fetching', () => {
  it('sends what waits before, so that nothing answered is asked again', async () => {
    const order: string[] = []
    vi.spyOn(api, 'gradePractice').mockImplementation((answers) => {
      order.push('grade')
      return Promise.resolve(graded(answers))
    })
    vi.mocked(api.practice).mockImplementation(() => {
      order.push('fetch')
      return Promise.resolve({ questions: [question('t9')], next_due_at: '2026-11-21T00:00:00Z' })
    })
    practice.note(question('t1'), given)
    await practice.fetchQuestions()
    expect(order).toEqual(['grade', 'fetch'])
    expect(practice.ofTopic().map(({ id }) => id)).toEqual(['t9'])
    expect(practice.nextDueAt).toBe('2026-11-21T00:00:00Z')
  })

  it('does not bring back what was answered while the service looked for it', async () => {
    const again = (name: string) => ({ ...question(name), id: `${name}-new` })
    vi.spyOn(api, 'gradePractice').mockImplementation((answers) => Promise.resolve(graded(answers)))
    let bring: () => void = () => undefined
    vi.mocked(api.practice).mockReturnValueOnce(
      new Promise((resolve) => {
        bring = () => {
          resolve({ questions: [again('t1'), again('t2'), again('t3')], next_due_at: null })
        }
      }),
    )
    const fetching = practice.fetchQuestions()
    await vi.waitUntil(() => vi.mocked(api.practice).mock.calls.length === 2)
    practice.note(question('t1'), given)
    await practice.sendWaiting()
    bring()
    await fetching
    expect(practice.ofTopic().map(({ id }) => id)).toEqual(['t2-new', 't3-new'])
    // One is on the screen with the ticket of before.
    practice.note(question('t2'), given)
    expect(practice.ofTopic().map(({ id }) => id)).toEqual(['t3-new'])
  })

  it('of a topic leaves the others as they are', async () => {
    vi.mocked(api.practice).mockResolvedValue({ questions: [question('g1', 'gas')], next_due_at: null })
    await practice.fetchQuestions('gas')
    expect(practice.ofTopic().map(({ id }) => id)).toEqual(['g1', 't1', 't3'])
  })

  it('forgets tickets that will not be good any more', () => {
    vi.useFakeTimers({ now: Date.now() + 59 * 86_400_000 })
    expect(restarted().questions).toEqual([])
  })

  it('belongs to one person, and is gone when they sign out', () => {
    expect(restarted(2).questions).toEqual([])
    practice = restarted(1)
    practice.forget(1)
    expect(uni.getStorageSync('linli.practice')).toBe('')
    expect(restarted(1).questions).toEqual([])
  })
})

describe('a phone that two people use', () => {
  it('keeps the answers of the first, who was signed out, until they are back', async () => {
    const uuid = practice.note(question('t1'), given)
    practice = restarted(2)
    practice.note(question('t8'), given)
    expect(practice.waiting.map((one: KeptAnswer) => one.question.id)).toEqual(['t8'])
    expect(practice.find(uuid)).toBeUndefined()
    practice.forget(2)

    practice = restarted(1)
    const grade = vi.spyOn(api, 'gradePractice').mockImplementation((answers) => Promise.resolve(graded(answers)))
    await practice.sendWaiting()
    expect(grade.mock.calls).toMatchObject([[[{ client_uuid: uuid, ticket: 't1' }]]])
    expect(restarted(2).waiting).toEqual([])
  })

  it('forgets what no ticket is good for any more, whoever left it', () => {
    vi.useFakeTimers({ now: Date.now() + 59 * 86_400_000 })
    practice = restarted(2)
    practice.note(question('t8'), given)
    expect(restarted(1).kept).toHaveProperty('1')
    vi.setSystemTime(Date.now() + 2 * 86_400_000)
    expect(Object.keys(restarted(2).kept)).toEqual(['2'])
    expect(Object.keys(uni.getStorageSync('linli.practice') as object)).toEqual(['2'])
  })
})

describe('an answer', () => {
  it.each([
    [86_401, 86_400],
    [-3, 0],
    [null, null],
  ])('that took %s seconds by the phone’s clock is sent as one the service can read', async (seconds, sent) => {
    const grade = vi.spyOn(api, 'gradePractice').mockImplementation((answers) => Promise.resolve(graded(answers)))
    practice.note(question('t1'), { ...given, seconds })
    await practice.sendWaiting()
    expect(grade.mock.calls[0]?.[0][0]?.seconds).toBe(sent)
  })

  it('of which is not told yet whether it is right has arrived, and is not sent again', async () => {
    const grade = vi.spyOn(api, 'gradePractice').mockImplementation((answers) =>
      Promise.resolve({ answers: answers.map(({ client_uuid }) => ({ client_uuid, status: 'graded', correct: null, explanation: null, right_option_ids: [], source: null, points: 0 }) as unknown as Grade) }),
    )
    const uuid = practice.note(question('t1'), given)
    expect(await practice.sendWaiting()).toBe(1)
    expect(await practice.sendWaiting()).toBe(0)
    expect(grade).toHaveBeenCalledOnce()
    expect(practice.find(uuid)?.grade?.correct).toBeNull()
  })
  it('to what an attempt is asking right now waits alone, and goes out when that is over', async () => {
    let running = true
    const grade = vi.spyOn(api, 'gradePractice').mockImplementation((answers) =>
      running && answers.some(({ ticket }) => ticket === 't2') ? Promise.reject(new Problem(429, 'asked_right_now', '', '', [])) : Promise.resolve(graded(answers)),
    )
    const [first, asked, third] = ['t1', 't2', 't3'].map((id) => practice.note(question(id), given))
    const sent = () => grade.mock.calls.map(([answers]) => answers.map(({ ticket }) => ticket).join(' '))
    expect(await practice.sendWaiting()).toBe(2)
    expect(sent()).toEqual(['t1 t2 t3', 't1', 't2', 't3'])
    expect([first, asked, third].map((uuid) => practice.find(uuid ?? '')?.held)).toEqual([false, true, false])

    // The next does not go through it again.
    practice.note(question('t4'), given)
    expect(await practice.sendWaiting()).toBe(1)
    expect(sent().slice(4)).toEqual(['t4', 't2'])
    running = false
    expect(await practice.sendWaiting()).toBe(1)
    expect(practice.waiting).toEqual([])
    expect(practice.arrived.map((one: KeptAnswer) => one.uuid)).toContain(asked)
  })
})
