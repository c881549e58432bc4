/** The question bank as its authors see it, in the service's own words, as in types.ts. */
import type { components, paths } from './schema'
import type { Narrow } from './types'

type Schemas = components['schemas']

export type QuestionKind = Schemas['VersionView']['kind']
export type QuestionTopic = Schemas['VersionView']['topic']
export type QuestionState = Schemas['VersionView']['state']
export type QuestionQuery = NonNullable<paths['/api/v1/questions']['get']['parameters']['query']>
export type QuestionMoveName = 'submit' | 'withdraw' | 'return' | 'publish' | 'drop' | 'retire'
export type QuestionMove = Narrow<Schemas['MoveView'], { to: QuestionState; move: QuestionMoveName }>
/** What the answers say against a question, or for a look at it. */
export type QuestionFlag = 'negative' | 'poor' | 'too_hard' | 'rival' | 'too_easy' | 'idle_options'
export type QuestionItem = Narrow<
  Schemas['QuestionItemView'],
  { state: QuestionState; kind: QuestionKind; topic: QuestionTopic; flags: QuestionFlag[] }
>
export type QuestionFigures = Narrow<Schemas['QuestionFiguresView'], { flags: QuestionFlag[] }>
/** One version, with its key: never shown to whoever answers it. */
export type QuestionVersion = Narrow<Schemas['VersionView'], { figures: QuestionFigures | null; moves: QuestionMove[] }>
export type Question = Narrow<Schemas['QuestionView'], { versions: QuestionVersion[] }>
export type QuestionForm = Schemas['QuestionForm']
export type NewQuestionForm = Schemas['NewQuestionForm']
export type QuestionMoveForm = Schemas['VersionMoveForm']

export type FileFormat = paths['/api/v1/question-exports']['get']['parameters']['query']['format']
export type ImportItem = Schemas['ImportItemView']
/** An import with its report, line by line. */
export type QuestionImport = Schemas['ImportView']
