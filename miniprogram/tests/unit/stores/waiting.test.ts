import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest'

import { api, type Grade, type HazardDetail, NetworkFailure, type PracticeQuestion, Problem, type Resident, type ShiftDetail } from '@/api'
import { useDrafts } from '@/stores/drafts'
import { useNetwork } from '@/stores/network'
import { usePractice } from '@/stores/practice'
import { useQuizzes } from '@/stores/quizzes'
import { useRounds } from '@/stores/rounds'
import { useSession } from '@/stores/session'
import { useSubscriptionStore } from '@/stores/subscriptions'
import { sendAllThatWaits } from '@/stores/waiting'

const form = { category: 'FIRE_LANE', description: '堵了', lat: 30.66, lon: 104.027, coord_sys: 'wgs84' as const }
const hazard = { id: 7, number: 'CT-20261120-0007' } as HazardDetail
const question = { id: 'ticket', stem: '灭火器？', topic: 'fire', kind: 'single', options: [] } as unknown as PracticeQuestion
const given = { optionIds: ['a'], seconds: 3, hinted: false }
const busy = () => new Problem(503, 'unavailable', '', '', [], 5)
const asked = (uuid: string) => ({ client_uuid: uuid, status: 'graded', correct: true }) as unknown as Grade

beforeEach(() => {
  vi.useFakeTimers()
  vi.spyOn(Math, 'random').mockReturnValue(0)
  setActivePinia(createPinia())
  const session = useSession()
  session.me = { id: 1, roles: [], consent: {} } as unknown as Resident
  session.signedIn = true
})

const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1000)

interface Kind {
  kind: string
  /** Puts something on the phone and tries it, as its page does. */
  note: () => Promise<unknown>
  /** The call that takes it. */
  taking: () => { mock: { calls: unknown[][] } }
  left: () => number
}

/** Refused by passing failures first, and taken then. */
function failing<Said extends unknown[], Answer>(spy: MockInstance<(...said: Said) => Promise<Answer>>, failures: Error[], answer: (...said: Said) => Answer): void {
  const left = [...failures]
  spy.mockImplementation((...said) => {
    const failure = left.shift()
    return failure ? Promise.reject(failure) : Promise.resolve(answer(...said))
  })
}

function kinds(failures: Error[]): Kind[] {
  const report = vi.spyOn(api, 'reportHazard')
  failing(report, failures, () => hazard)
  const grade = vi.spyOn(api, 'gradePractice')
  failing(grade, failures, (items) => ({ answers: items.map(({ client_uuid: uuid }) => asked(uuid)) }))
  const answer = vi.spyOn(api, 'answerQuestion')
  failing(answer, failures, () => ({ question_id: 1, correct: true }) as never)
  const batch = vi.spyOn(api, 'checkInBatch')
  failing(batch, failures, (_, items) => ({
    items: items.map(({ client_uuid: uuid }) => ({ client_uuid: uuid, status: 201, code: null, check_in: { evidence: 1, flags: [] } as never })),
  }))
  const allowed = vi.spyOn(api, 'answerSubscriptions')
  failing(allowed, failures, () => ({ templates: [] }))
  return [
    {
      kind: 'a report',
      note: async () => useDrafts().send((await useDrafts().keep(form, '占用消防通道', [])).key),
      taking: () => report,
      left: () => useDrafts().waiting.length,
    },
    {
      kind: 'an answer of practice',
      note: () => {
        usePractice().note(question, given)
        return usePractice().sendWaiting()
      },
      taking: () => grade,
      left: () => usePractice().waiting.length,
    },
    {
      kind: 'an answer of the daily five',
      note: () => {
        const attempt = { attempt_id: 3, day: '2026-11-20', state: 'open', questions: [{ id: 1, answer: null }] }
        useQuizzes().kept = { residentId: 1, streak: null, attempt, aheadMs: 0, unsent: [] } as never
        return useQuizzes().answer(1, ['a'])
      },
      taking: () => answer,
      left: () => useQuizzes().unsent.length,
    },
    {
      kind: 'a scan',
      note: () => {
        useRounds().keep({ id: 7, ends_at: '2099-11-20T13:00:00Z' } as ShiftDetail)
        useRounds().note(7, { kind: 'start', place: null })
        return useRounds().sendWaiting()
      },
      taking: () => batch,
      left: () => useRounds().waiting.length,
    },
    {
      kind: 'what was said to messages',
      note: () => useSubscriptionStore().answer({ template: 'accept' }),
      taking: () => allowed,
      left: () => useSubscriptionStore().kept?.waiting.length ?? 0,
    },
  ]
}

const KINDS = ['a report', 'an answer of practice', 'an answer of the daily five', 'a scan', 'what was said to messages']

function one(kind: string, failures: Error[]): Kind {
  const found = kinds(failures).find((each) => each.kind === kind)
  if (!found) throw new Error(kind)
  return found
}

describe.each(KINDS)('%s', (kind) => {
  it('that fails by something passing arrives by itself, once', async () => {
    const { note, taking, left } = one(kind, [new NetworkFailure(), busy()])
    await note().catch(() => undefined)
    expect(left()).toBe(1)
    await seconds(4)
    expect(left()).toBe(1)
    await seconds(8)
    expect(left()).toBe(0)
    await seconds(600)
    expect(taking().mock.calls).toHaveLength(3)
  })

  it('that the service refuses is not tried again', async () => {
    const { note, taking } = one(kind, [new Problem(422, 'invalid', '', '这样不行。', [])])
    await note().catch(() => undefined)
    await seconds(600)
    expect(taking().mock.calls).toHaveLength(1)
  })

  it.each([
    ['the phone says that it is offline', () => (useNetwork().online = false), () => (useNetwork().online = true)],
    ['the app is hidden', () => (useNetwork().shown = false), () => (useNetwork().shown = true)],
    ['nobody is signed in', () => (useSession().signedIn = false), () => (useSession().signedIn = true)],
  ])('is not tried while %s, and at once afterwards', async (_, goes, comes) => {
    const { note, taking, left } = one(kind, [new NetworkFailure()])
    await note().catch(() => undefined)
    goes()
    await seconds(600)
    expect(taking().mock.calls).toHaveLength(1)

    comes()
    sendAllThatWaits()
    await seconds(0)
    expect(taking().mock.calls).toHaveLength(2)
    expect(left()).toBe(0)
  })
})

describe('what waits', () => {
  it('of one kind does not hold up another', async () => {
    const [report, , , scan] = kinds([new NetworkFailure()])
    vi.mocked(api.checkInBatch).mockRejectedValue(new NetworkFailure())
    await report?.note().catch(() => undefined)
    await scan?.note()
    await seconds(4)
    expect(useDrafts().waiting).toHaveLength(0)
    expect(useRounds().waiting).toHaveLength(1)
  })

  it('tells the person when a report has arrived by itself', async () => {
    const report = one('a report', [new NetworkFailure()])
    await report.note().catch(() => undefined)
    expect(uni.showToast).not.toHaveBeenCalled()
    await seconds(4)
    expect(uni.showToast).toHaveBeenCalledExactlyOnceWith({ title: '1 份报告已发出', icon: 'none' })
  })

  it('as an answer that an attempt asks right now goes out when the attempt is over', async () => {
    const held = () => new Problem(429, 'asked_right_now', '', '', [], 60)
    const practice = one('an answer of practice', [held(), held()])
    await practice.note()
    expect(usePractice().waiting[0]).toMatchObject({ held: true })
    await seconds(59)
    expect(practice.taking().mock.calls).toHaveLength(1)
    await seconds(61)
    expect(practice.left()).toBe(0)
    expect(practice.taking().mock.calls).toHaveLength(3)
  })

  it('is a call for help: it keeps its pace in a pocket and whatever the phone says of its network', async () => {
    const sos = vi.spyOn(api, 'callForHelp').mockRejectedValue(new Problem(429, 'too_many', '', '', [], 60))
    const rounds = useRounds()
    rounds.call(7, null)
    await rounds.sendCalls().catch(() => undefined)
    useNetwork().online = false
    useNetwork().shown = false
    await seconds(15)
    expect(sos).toHaveBeenCalledTimes(4)
    sos.mockResolvedValue({ id: 3 } as never)
    await seconds(600)
    expect(sos).toHaveBeenCalledTimes(5)
    expect(rounds.callOf(7)?.id).toBe(3)
  })

  it('is a call for help that all is well after: it is not made any more', async () => {
    const sos = vi.spyOn(api, 'callForHelp').mockRejectedValue(new NetworkFailure())
    useRounds().call(7, null)
    await useRounds().sendCalls().catch(() => undefined)
    const look = vi.spyOn(api, 'round').mockRejectedValue(new NetworkFailure())
    await useRounds().takeBack(7)
    look.mockResolvedValue({ sos: [] } as never)
    await seconds(600)
    expect([sos.mock.calls.length, look.mock.calls.length, useRounds().calls]).toEqual([1, 2, []])
  })
})
