/** What the service said to an answer given in practice. */
import type { Grade, QuizExplanation } from '@/api'

/** The explanation of a graded answer; null while it waits, where the service took it for none, or does not tell yet. */
export function explanationOf(grade: Grade | null): QuizExplanation | null {
  if (!grade || grade.correct === null || grade.explanation === null || grade.source === null) {
    return null
  }
  const { correct, explanation, source, right_option_ids, at_home } = grade
  return { correct, explanation, source, right_option_ids, at_home }
}

/** Whether an answer has reached the service, which does not tell yet what is right: an attempt that runs asks the same. */
export function isToldLater({ grade, held }: { grade: Grade | null; held: boolean }): boolean {
  return grade ? grade.status !== 'refused' && explanationOf(grade) === null : held
}
