import { call, download, upload } from './client'
import type {
  FileFormat,
  ImportItem,
  NewQuestionForm,
  Question,
  QuestionForm,
  QuestionImport,
  QuestionItem,
  QuestionMoveForm,
  QuestionQuery,
  QuestionTopic,
} from './question-types'
import type { Page } from './types'

/** What authors and reviewers ask of the service. */
export const questionsApi = {
  questions: (query: QuestionQuery = {}) => call<Page<QuestionItem>>('GET', '/questions', { query }),
  question: (id: number) => call<Question>('GET', `/questions/${String(id)}`),
  writeQuestion: (form: NewQuestionForm, idempotencyKey: string) =>
    call<Question>('POST', '/questions', { body: form, idempotencyKey }),
  rewriteQuestion: (id: number, form: QuestionForm, idempotencyKey: string) =>
    call<Question>('POST', `/questions/${String(id)}/versions`, { body: form, idempotencyKey }),
  moveQuestion: (id: number, form: QuestionMoveForm) =>
    call<Question>('POST', `/questions/${String(id)}/moves`, { body: form }),

  importQuestions: (filePath: string, form: { format: FileFormat; topic: QuestionTopic }) =>
    upload<QuestionImport>('/question-imports', filePath, form),
  questionImports: (query: { limit?: number } = {}) => call<Page<ImportItem>>('GET', '/question-imports', { query }),
  questionImport: (id: number) => call<QuestionImport>('GET', `/question-imports/${String(id)}`),
  /** Answers where the file now lies on the phone. */
  exportQuestions: (query: { format: FileFormat; topic?: QuestionTopic }) => download('/question-exports', query),
}
