import { defineStore } from 'pinia'
import { computed, ref } from 'vue'

import { api, type Grade, type Knowledge, type PracticeAnswer, type PracticeQuestion, Problem, type QuizTopic } from '@/api'
import { isPassing } from '@/utils/failures'
import { inTurn } from '@/utils/in-turn'
import { untilSent } from '@/utils/until-sent'
import { newUuid } from '@/utils/uuid'

import { useNetwork } from './network'
import { useSession } from './session'

const KEY = 'linli.practice'
/** So many questions lie on the phone for a time without a network. */
const FETCHED = 40
const FETCHED_OF_TOPIC = 20
/** The service takes so many answers at once. */
const BATCH = 50
const DAY_MS = 86_400_000
/** A ticket is good for 60 days: after them nothing kept is of use to anybody. */
const GOOD_FOR_MS = 60 * DAY_MS
/** One that is nearly over is not asked any more. */
const ASKED_FOR_MS = 58 * DAY_MS
/** Who let the phone lie longer has said nothing of how hard the question was; the service takes a day at most. */
const MOST_SECONDS = 86_400

interface KeptQuestion {
  question: PracticeQuestion
  fetchedAt: string
}

export interface KeptAnswer {
  /** Made on the phone: however often it is sent, it is graded once. */
  uuid: string
  question: PracticeQuestion
  optionIds: string[]
  at: string
  seconds: number | null
  hinted: boolean
  /** What the service said; null until it has arrived. Nothing on the phone knows the key. */
  grade: Grade | null
  /** Could not be sent at once, so its grade comes when nobody is looking. */
  waited: boolean
  /** Its question is being asked in an attempt that runs; the service takes it when that is over. */
  held: boolean
}

interface Kept {
  questions: KeptQuestion[]
  answers: KeptAnswer[]
  nextDueAt: string | null
  knowledge: Knowledge | null
  knownAt: string | null
}

/** By resident: somebody else may sign in before what waits has gone out, and it must not be lost by that. */
type KeptOfAll = Record<string, Kept>

export interface Given {
  optionIds: string[]
  seconds: number | null
  hinted: boolean
}

/**
 * Practice on the phone: questions are fetched with their tickets and asked without a network, answers go out
 * later in one list, once, and are graded by the service when they arrive.
 */
export const usePractice = defineStore('practice', () => {
  const session = useSession()
  const network = useNetwork()
  const again = untilSent(() => sendWaiting(), () => network.mayTry)
  const kept = ref(stillGood((uni.getStorageSync(KEY) || {}) as KeptOfAll))
  const own = computed(() => (session.me ? (kept.value[session.me.id] ?? null) : null))
  const questions = computed(() => {
    const oldest = since(ASKED_FOR_MS)
    return (own.value?.questions ?? []).filter(({ fetchedAt }) => fetchedAt > oldest).map(({ question }) => question)
  })
  const answers = computed(() => own.value?.answers ?? [])
  const waiting = computed(() => answers.value.filter(({ grade }) => grade === null))
  /** Graded while nobody was looking. */
  const arrived = computed(() => answers.value.filter(({ grade, waited }) => waited && grade !== null))
  const nextDueAt = computed(() => own.value?.nextDueAt ?? null)
  const knowledge = computed(() => own.value?.knowledge ?? null)
  const knownAt = computed(() => own.value?.knownAt ?? null)
  save()

  function keep(change: Partial<Kept>): void {
    const residentId = session.me?.id
    if (residentId === undefined) {
      return
    }
    const empty: Kept = { questions: [], answers: [], nextDueAt: null, knowledge: null, knownAt: null }
    kept.value = { ...kept.value, [residentId]: { ...(own.value ?? empty), ...change } }
    save()
  }

  function save(): void {
    if (Object.keys(kept.value).length > 0) {
      uni.setStorageSync(KEY, kept.value)
    } else {
      uni.removeStorageSync(KEY)
    }
  }

  function ofTopic(topic?: string): PracticeQuestion[] {
    return topic ? questions.value.filter((question) => question.topic === topic) : questions.value
  }

  /** Fetches what is due and new, after what waits has been sent: what is answered, also meanwhile, must not be asked again. */
  async function fetchQuestions(topic?: QuizTopic): Promise<void> {
    await sendWaiting()
    const askedAt = new Date().toISOString()
    const page = await api.practice({ topic, limit: topic ? FETCHED_OF_TOPIC : FETCHED })
    const answered = new Set(answers.value.filter(({ grade, at }) => grade === null || at >= askedAt).map(({ question }) => question.stem))
    const fetchedAt = new Date().toISOString()
    const fresh = page.questions.filter(({ stem }) => !answered.has(stem)).map((question) => ({ question, fetchedAt }))
    const others = (own.value?.questions ?? []).filter(({ question }) => topic !== undefined && question.topic !== topic)
    keep({ questions: [...fresh, ...others], ...(topic === undefined && { nextDueAt: page.next_due_at }) })
  }

  async function fetchKnowledge(): Promise<void> {
    keep({ knowledge: await api.knowledge(), knownAt: new Date().toISOString() })
  }

  /** Notes an answer; on the phone it is safe. Its question is not asked again, nor with the ticket that came meanwhile. */
  function note(question: PracticeQuestion, { optionIds, seconds, hinted }: Given): string {
    const uuid = newUuid()
    const lying = own.value?.questions ?? []
    const isNamed = lying.some(({ question: one }) => one.id === question.id)
    const answer: KeptAnswer = { uuid, question, optionIds: [...optionIds], at: new Date().toISOString(), seconds, hinted, grade: null, waited: false, held: false }
    keep({
      questions: lying.filter(({ question: one }) => (isNamed ? one.id !== question.id : one.stem !== question.stem)),
      answers: [...answers.value, answer],
    })
    return uuid
  }

  function find(uuid: string): KeptAnswer | undefined {
    return answers.value.find((answer) => answer.uuid === uuid)
  }

  /** Sends all that waits. Answers how many arrived. */
  const sendWaiting = inTurn(deliver)

  async function deliver(): Promise<number> {
    let arrivedNow = 0
    let size = BATCH
    const heldNow = new Set<string>()
    for (let batch = nextBatch(size, heldNow); session.signedIn && batch.length > 0; batch = nextBatch(size, heldNow)) {
      try {
        hear(batch, (await api.gradePractice(batch.map(formOf))).answers)
        arrivedNow += batch.length
        again.anew()
      } catch (error) {
        const held = batch.length === 1 && isHeld(error)
        change(batch, (one) => ({ ...one, waited: true, held }))
        if (isPassing(error)) {
          // One that is held goes out once the attempt is over.
          again.later(error)
        }
        if (isPassing(error) && !isHeld(error)) {
          break
        }
        if (held) {
          batch.forEach(({ uuid }) => heldNow.add(uuid))
        } else if (batch.length === 1) {
          hear(batch, [])
        }
        // One that the service cannot even read, or not take yet, must not keep the others here.
        size = 1
      }
    }
    return arrivedNow
  }

  /** Those that were held before come last, and each alone: one of them would hold up all. */
  function nextBatch(size: number, without: ReadonlySet<string>): KeptAnswer[] {
    const rest = waiting.value.filter(({ uuid }) => !without.has(uuid))
    const free = rest.filter(({ held }) => !held)
    return free.length > 0 ? free.slice(0, size) : rest.slice(0, 1)
  }

  function change(batch: KeptAnswer[], into: (one: KeptAnswer) => KeptAnswer): void {
    const names = new Set(batch.map(({ uuid }) => uuid))
    keep({ answers: answers.value.map((one) => (names.has(one.uuid) ? into(one) : one)) })
  }

  /** An answer of which nothing is said would be sent for ever, so it counts as refused. */
  function hear(batch: KeptAnswer[], grades: Grade[]): void {
    const byName = new Map(grades.map((grade) => [grade.client_uuid, grade]))
    change(batch, (one) => ({ ...one, grade: byName.get(one.uuid) ?? refused(one.uuid) }))
  }

  /** What was looked at has no reason to stay. */
  function clearGraded({ alsoArrived = false } = {}): void {
    keep({ answers: answers.value.filter(({ grade, waited }) => grade === null || (waited && !alsoArrived)) })
  }

  /** Nothing of somebody who signs out stays on the phone. */
  function forget(residentId: number): void {
    const { [String(residentId)]: _, ...others } = kept.value
    kept.value = others
    save()
  }

  return {
    kept,
    questions,
    waiting,
    arrived,
    nextDueAt,
    knowledge,
    knownAt,
    ofTopic,
    fetchQuestions,
    fetchKnowledge,
    note,
    find,
    sendWaiting,
    clearGraded,
    forget,
  }
})

/** Whether the service would tell by the grade what an attempt is asking right now. */
function isHeld(error: unknown): boolean {
  return error instanceof Problem && error.code === 'asked_right_now'
}

function since(ms: number): string {
  return new Date(Date.now() - ms).toISOString()
}

/**
 * What is kept, of everybody, without what no ticket is good for any more. An answer that waits stays whatever day it
 * bears: a phone that lost its clock would throw away what somebody has answered, and the service tells what is too old.
 */
function stillGood(kept: KeptOfAll): KeptOfAll {
  const oldest = since(GOOD_FOR_MS)
  return Object.fromEntries(
    Object.entries(kept).flatMap(([residentId, one]) => {
      const questions = one.questions.filter(({ fetchedAt }) => fetchedAt > oldest)
      const answers = one.answers.filter(({ at, grade }) => grade === null || at > oldest)
      return questions.length + answers.length > 0 ? [[residentId, { ...one, questions, answers }]] : []
    }),
  )
}

function formOf({ uuid, question, optionIds, at, seconds, hinted }: KeptAnswer): PracticeAnswer {
  const took = seconds === null ? null : Math.min(Math.max(seconds, 0), MOST_SECONDS)
  return { client_uuid: uuid, ticket: question.id, option_ids: optionIds, answered_at: at, seconds: took, hinted }
}

function refused(uuid: string): Grade {
  return {
    client_uuid: uuid,
    status: 'refused',
    code: null,
    correct: null,
    right_option_ids: [],
    explanation: null,
    at_home: null,
    source: null,
    due_at: null,
    points: 0,
  }
}
