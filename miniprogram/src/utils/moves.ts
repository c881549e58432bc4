/** How a move of the server's table is drawn: which is the main one, which need a form, in what order. */
import type { HazardMove, HazardMoveForm, MoveField, MoveName } from '@/api'

// The order in which a page offers them.
const ORDER: MoveName[] = [
  'confirm',
  'accept',
  'start',
  'finish',
  'assign',
  'resume',
  'approve_suspension',
  'check',
  'appeal',
  'reopen',
  'not_solved',
  'suspend',
  'return',
  'refuse_suspension',
  'decline',
  'withdraw',
]
// Steps back and aside: offered, never urged.
const ASIDE: MoveName[] = ['reopen', 'not_solved', 'suspend', 'return', 'refuse_suspension', 'decline', 'withdraw']
// Taken back only with trouble, so they are asked for even when nothing has to be filled in.
const GRAVE: MoveName[] = ['withdraw', 'decline', 'confirm', 'check', 'not_solved']

export function inOrder<Move extends { move: MoveName }>(moves: readonly Move[]): Move[] {
  return [...moves].sort((a, b) => ORDER.indexOf(a.move) - ORDER.indexOf(b.move))
}

/** The one step forward that a page urges, if there is one. */
export function mainMove<Move extends { move: MoveName }>(moves: readonly Move[]): Move | null {
  return inOrder(moves).find(({ move }) => !ASIDE.includes(move)) ?? null
}

/** One tap is enough: nothing has to be said, chosen or thought over. */
export function isDirect({ move, needs }: HazardMove): boolean {
  return needs.length === 0 && !GRAVE.includes(move) && move !== 'assign'
}

export function takes(move: HazardMove, field: MoveField): boolean {
  return move.needs.includes(field) || move.allows.includes(field)
}

// Saying that it is not solved, or that it came back, is a no; confirming is a yes.
const UNSOLVED: MoveName[] = ['not_solved', 'reopen']

/** What the move itself says about "solved" is not asked once more. */
export function impliedAnswers(move: HazardMove): Partial<HazardMoveForm> {
  return takes(move, 'solved') ? { solved: !UNSOLVED.includes(move.move) } : {}
}

export interface MoveAnswers {
  note: string
  photoCount: number
  assigneeId: number | null
  until: string
  rating: number
}

/** The needed fields that are still empty. */
export function missing(move: HazardMove, answers: MoveAnswers): MoveField[] {
  const given: Record<MoveField, boolean> = {
    note: answers.note.trim() !== '',
    photo_ids: answers.photoCount > 0,
    assignee_id: answers.assigneeId !== null,
    until: answers.until !== '',
    rating: answers.rating > 0,
    solved: true,
  }
  return move.needs.filter((field) => !given[field])
}
