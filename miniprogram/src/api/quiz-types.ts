/** Quizzes, practice and what one knows, in the service's own words, as in types.ts. */
import type { components } from './schema'
import type { Narrow } from './types'

type Schemas = components['schemas']

/** A question before its answer; the ids of its options are good for this showing alone. */
export type QuizQuestion = Omit<Schemas['AskedQuestionView'], 'id' | 'answer'>
export type QuizKind = QuizQuestion['kind']
export type QuizTopic = QuizQuestion['topic']
export type QuizOption = Schemas['QuizOptionView']
/** What is said after an answer, wherever it was given; `counted` only where there is a deadline. */
export type QuizExplanation = Omit<Schemas['QuizAnswerView'], 'question_id' | 'counted'> & { counted?: boolean }
export type Statute = Schemas['StatuteView']

export type AskedQuestion = Schemas['AskedQuestionView']
export type QuizAnswer = Schemas['QuizAnswerView']
/** The daily five, or a campaign's paper: answered on the server's clock. */
export type Attempt = Schemas['AttemptView']
export type DailyResult = Schemas['DailyResultView']
export type Streak = Schemas['StreakView']

/** A question to practise; its `id` is a ticket for one answer. */
export type PracticeQuestion = Schemas['ToPractiseView']
export type PracticePage = Schemas['PracticeView']
export type PracticeAnswer = Schemas['PracticeAnswerForm']
export type Grade = Schemas['GradedAnswerView']

export type TopicKnowledge = Narrow<Schemas['TopicKnowledgeView'], { topic: QuizTopic }>
export type Knowledge = Narrow<Schemas['KnowledgeView'], { topics: TopicKnowledge[] }>
