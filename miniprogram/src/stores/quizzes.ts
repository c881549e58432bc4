import { defineStore } from 'pinia'
import { computed, ref } from 'vue'

import { api, type Attempt, Problem, type QuizAnswer, type Streak } from '@/api'
import { isPassing } from '@/utils/failures'
import { inTurn } from '@/utils/in-turn'
import { addDays, dayOf } from '@/utils/time'
import { untilSent } from '@/utils/until-sent'

import { useNetwork } from './network'
import { useSession } from './session'

const KEY = 'linli.quizzes'
const CONFLICT = 409
const NOT_FOUND = 404
/** The calendar shows six weeks. */
const SHOWN_DAYS = 42

export interface Unsent {
  questionId: number
  optionIds: string[]
}

interface Kept {
  residentId: number
  streak: Streak | null
  attempt: Attempt | null
  /** How far the server's clock is ahead of the phone's. */
  aheadMs: number
  /** In the order in which they were given. The first answer stands, so sending one again is safe. */
  unsent: Unsent[]
}

/**
 * The daily five as they lie on the phone: an answer is put here before it is sent, and goes out again until the
 * server has told what it thinks of it. Only the server knows what is right, and whether it came in time.
 */
export const useQuizzes = defineStore('quizzes', () => {
  const session = useSession()
  const network = useNetwork()
  const again = untilSent(() => sendWaiting(), () => network.mayTry)
  const kept = ref<Kept | null>((uni.getStorageSync(KEY) || null) as Kept | null)
  const own = computed(() => (kept.value !== null && kept.value.residentId === session.me?.id ? kept.value : null))
  const attempt = computed(() => own.value?.attempt ?? null)
  const streak = computed(() => own.value?.streak ?? null)
  const unsent = computed(() => own.value?.unsent ?? [])
  const aheadMs = computed(() => own.value?.aheadMs ?? 0)

  /** What was known yesterday says nothing of today. */
  function streakOn(day: string): Streak | null {
    return streak.value?.today === day ? streak.value : null
  }

  function keep(change: Partial<Kept>): void {
    const residentId = session.me?.id
    if (residentId === undefined) {
      return
    }
    const before: Kept = own.value ?? { residentId, streak: null, attempt: null, aheadMs: 0, unsent: [] }
    kept.value = { ...before, ...change }
    uni.setStorageSync(KEY, kept.value)
  }

  /** What the phone has heard stands: the server may have looked before it was told, and its answer come after. */
  function knowAttempt(fresh: Attempt): void {
    const known = attempt.value?.attempt_id === fresh.attempt_id ? attempt.value : null
    const isOlder = known?.state === 'finished' && fresh.state !== 'finished'
    const heard = new Map(known?.questions.map(({ id, answer: told }) => [id, told]))
    const questions = fresh.questions.map((one) => ({ ...one, answer: one.answer ?? heard.get(one.id) ?? null }))
    keep({ attempt: isOlder ? known : { ...fresh, questions }, aheadMs: new Date(fresh.now).getTime() - Date.now() })
  }

  /** Whether the time still runs, on the server's clock; what was begun before midnight may go on after it. */
  function isRunning(): boolean {
    return attempt.value !== null && attempt.value.state !== 'finished' && Date.now() + aheadMs.value < new Date(attempt.value.deadline).getTime()
  }

  /** Asks how today stands, which begins nothing. */
  async function look(): Promise<Streak> {
    const fresh = await api.streak()
    const isOver = attempt.value !== null && attempt.value.day !== fresh.today && unsent.value.length === 0 && !isRunning()
    keep({ streak: fresh, ...(isOver && { attempt: null }) })
    return fresh
  }

  /** Today's five or those that run still, if they were begun; null if the person has not said yet that the time may run. */
  async function resume(): Promise<Attempt | null> {
    await sendWaiting().catch(ignorePassing)
    const { state } = await look()
    if (state === 'not_yet') {
      return isRunning() ? attempt.value : null
    }
    knowAttempt(await api.dailyQuiz())
    return attempt.value
  }

  /** Now the two minutes run. */
  async function begin(): Promise<void> {
    knowAttempt(await api.dailyQuiz())
    if (streak.value?.state === 'not_yet') {
      keep({ streak: { ...streak.value, state: 'open' } })
    }
  }

  /** Puts an answer on the phone and tries to send it. Fails where it will be sent later, or never. */
  async function answer(questionId: number, optionIds: string[]): Promise<void> {
    if (!unsent.value.some((one) => one.questionId === questionId)) {
      keep({ unsent: [...unsent.value, { questionId, optionIds: [...optionIds] }] })
    }
    await sendWaiting()
  }

  /** Sends what lies here, one after the other. */
  const sendWaiting = inTurn(async () => {
    try {
      await deliver()
    } catch (error) {
      again.later(error)
      throw error
    }
  })

  async function deliver(): Promise<void> {
    for (let next = unsent.value[0]; session.signedIn && attempt.value && next; next = unsent.value[0]) {
      const { attempt_id: id, day } = attempt.value
      try {
        const said = await api.answerQuestion(id, next.questionId, next.optionIds)
        hear(said, next)
        again.anew()
      } catch (error) {
        if (isPassing(error)) {
          throw error
        }
        drop(next)
        await settle(error, id, day)
      }
    }
  }

  function drop({ questionId }: Unsent): void {
    keep({ unsent: unsent.value.filter((one) => one.questionId !== questionId) })
  }

  function hear(said: QuizAnswer, { questionId, optionIds }: Unsent): void {
    const { question_id: _, ...explained } = said
    const given = { ...explained, chosen_option_ids: optionIds }
    if (attempt.value) {
      const questions = attempt.value.questions.map((one) => (one.id === questionId ? { ...one, answer: given } : one))
      keep({ attempt: { ...attempt.value, questions } })
    }
    drop({ questionId, optionIds })
  }

  /** The attempt has gone on without this phone: what the server has of it is what counts. */
  async function settle(error: unknown, id: number, day: string | null): Promise<void> {
    if (!(error instanceof Problem)) {
      throw error
    }
    if (error.status === CONFLICT) {
      // Asking for today's would begin new ones, were this yesterday's; finishing twice changes nothing.
      const goesOn = error.code === 'already_answered' && day === dayOf(new Date(Date.now() + aheadMs.value))
      knowAttempt(goesOn ? await api.dailyQuiz() : await api.finishAttempt(id))
    } else if (error.status === NOT_FOUND) {
      keep({ attempt: null, unsent: [] })
    } else {
      throw error
    }
  }

  async function finish(): Promise<void> {
    await sendWaiting()
    if (attempt.value) {
      knowAttempt(await api.finishAttempt(attempt.value.attempt_id))
      knowResult()
    }
  }

  /** What the result says of the streak is known at once, also without a network. */
  function knowResult(): void {
    const { day, result } = attempt.value ?? {}
    const known = day ? streakOn(day) : null
    if (day && result?.streak && known) {
      const before = known.days
      const days = result.counted > 0 && !before.includes(day) ? [...before, day] : before
      keep({ streak: { ...result.streak, today: day, state: 'finished', days: days.filter((one) => one > addDays(day, -SHOWN_DAYS)) } })
    }
  }

  async function pledge(questionId: number): Promise<void> {
    if (attempt.value) {
      knowAttempt(await api.pledge(attempt.value.attempt_id, questionId))
    }
  }

  /** Nothing stays on the phone of somebody who signs out. */
  function forget(): void {
    kept.value = null
    uni.removeStorageSync(KEY)
  }

  return { kept, attempt, streak, unsent, aheadMs, streakOn, isRunning, look, resume, begin, answer, sendWaiting, finish, pledge, forget }
})

function ignorePassing(error: unknown): void {
  if (!isPassing(error)) {
    throw error
  }
}
