import { call } from './client'
import type { Attempt, Grade, Knowledge, PracticeAnswer, PracticePage, QuizAnswer, QuizTopic, Streak } from './quiz-types'

const at = (attempt: number) => `/attempts/${String(attempt)}`

/** The daily five, practice, and what one knows. */
export const quizzesApi = {
  /** Whether today's are taken, and the days in a row; begins nothing. */
  streak: () => call<Streak>('GET', '/me/streak'),
  /** Today's five. The first time, the two minutes begin. */
  dailyQuiz: () => call<Attempt>('GET', '/quizzes/daily'),
  /** Sent again, the same answer is told the same. */
  answerQuestion: (attempt: number, question: number, optionIds: readonly string[]) =>
    call<QuizAnswer>('POST', `${at(attempt)}/answers`, { body: { question_id: question, option_ids: optionIds } }),
  finishAttempt: (attempt: number) => call<Attempt>('POST', `${at(attempt)}/finish`),
  pledge: (attempt: number, question: number) =>
    call<Attempt>('PUT', `${at(attempt)}/pledge`, { body: { question_id: question } }),

  practice: (query: { topic?: QuizTopic; limit?: number }) => call<PracticePage>('GET', '/practice', { query }),
  /** Each is graded once by its `client_uuid`, however often it is sent. */
  gradePractice: (answers: PracticeAnswer[]) => call<{ answers: Grade[] }>('POST', '/practice/answers', { body: answers }),
  knowledge: () => call<Knowledge>('GET', '/me/knowledge'),
}
