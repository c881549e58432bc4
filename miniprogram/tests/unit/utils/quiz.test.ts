import { describe, expect, it } from 'vitest'

import type { Grade, QuizExplanation, QuizKind, QuizQuestion, TopicKnowledge } from '@/api'
import { say } from '@/locale'
import { explanationOf } from '@/utils/practice'
import { beginning, dayNumber, inTurn, isComplete, knowledgeAnswer, markOf, moved, tapped, timeLeft, topicState } from '@/utils/quiz'

function question(kind: QuizKind): QuizQuestion {
  const options = ['a', 'b', 'c'].map((id) => ({ id, text: `选项${id}`, region: null }))
  return { kind, topic: 'fire', topic_name: '消防', stem: '问', media: null, options }
}

const explained = (...right: string[]) => ({ right_option_ids: right, correct: false }) as unknown as QuizExplanation

describe('what is chosen', () => {
  it.each([
    ['single', ['a'], 'b', ['b']],
    ['single', ['a'], 'a', ['a']],
    ['true_false', [], 'b', ['b']],
    ['multiple', ['a'], 'b', ['a', 'b']],
    ['multiple', ['a', 'b'], 'a', ['b']],
    ['picture', ['a'], 'c', ['a', 'c']],
  ] as const)('%s: %j and a tap on %s is %j', (kind, before, id, after) => {
    expect(tapped(question(kind), before, id)).toEqual(after)
  })

  it('an order is moved by one, and stays at its ends', () => {
    expect(moved(['a', 'b', 'c'], 'c', -1)).toEqual(['a', 'c', 'b'])
    expect(moved(['a', 'b', 'c'], 'a', 1)).toEqual(['b', 'a', 'c'])
    expect(moved(['a', 'b', 'c'], 'a', -1)).toEqual(['a', 'b', 'c'])
    expect(moved(['a', 'b', 'c'], 'c', 1)).toEqual(['a', 'b', 'c'])
  })

  it('is an answer when the service would take it for one', () => {
    expect(isComplete(question('single'), [])).toBe(false)
    expect(isComplete(question('multiple'), ['a'])).toBe(true)
    expect(isComplete(question('ordering'), ['a', 'b'])).toBe(false)
    // An order is some order from the beginning.
    expect(isComplete(question('ordering'), beginning(question('ordering')))).toBe(true)
    expect(beginning(question('single'))).toEqual([])
  })
})

describe('what became of it', () => {
  it('is told of each option', () => {
    const marks = (kind: QuizKind, chosen: string[], ...right: string[]) =>
      ['a', 'b', 'c'].map((id) => markOf(question(kind), chosen, id, explained(...right)))
    expect(marks('single', ['a'], 'b')).toEqual(['wrong', 'missed', 'none'])
    expect(marks('multiple', ['a', 'b'], 'a', 'c')).toEqual(['right', 'wrong', 'missed'])
    expect(marks('ordering', ['a', 'c', 'b'], 'a', 'b', 'c')).toEqual(['right', 'missed', 'missed'])
    expect(markOf(question('single'), ['a'], 'a')).toBe('none')
  })

  it('shows an order as it lies, and once answered as it is right', () => {
    const ids = (...args: Parameters<typeof inTurn>) => inTurn(...args).map(({ id }) => id)
    expect(ids(question('ordering'), ['c', 'a', 'b'])).toEqual(['c', 'a', 'b'])
    expect(ids(question('ordering'), ['c', 'a', 'b'], explained('a', 'b', 'c'))).toEqual(['a', 'b', 'c'])
    expect(ids(question('single'), ['c'], explained('b'))).toEqual(['a', 'b', 'c'])
  })

  it('of a graded answer is an explanation; of a refused one nothing', () => {
    const grade = { client_uuid: 'x', status: 'graded', code: null, correct: true, right_option_ids: ['a'], explanation: '因为', at_home: null, source: {}, due_at: null, points: 2 } as unknown as Grade
    expect(explanationOf(grade)).toMatchObject({ correct: true, explanation: '因为' })
    expect(explanationOf({ ...grade, status: 'refused', correct: null, explanation: null, source: null })).toBeNull()
    expect(explanationOf(null)).toBeNull()
  })
})

describe('the time that is left', () => {
  const from = '2026-11-20T01:00:00Z'
  const until = '2026-11-20T01:02:00Z'

  it('runs on the server’s clock, whatever the phone’s says', () => {
    expect(timeLeft(from, until, new Date('2026-11-20T01:00:40Z'), 0)).toEqual({ share: 80 / 120, clock: '1:20' })
    // The phone is a minute behind.
    expect(timeLeft(from, until, new Date('2026-11-20T01:00:00Z'), 60_000).clock).toBe('1:00')
    expect(timeLeft(from, until, new Date('2026-11-20T01:01:55Z'), 0).clock).toBe('0:05')
  })

  it('ends, and never goes below', () => {
    expect(timeLeft(from, until, new Date(until), 0)).toEqual({ share: 0, clock: '' })
    expect(timeLeft(from, until, new Date(from), -5_000).share).toBe(1)
  })
})

describe('what one knows', () => {
  const topic = (name: string, known: number, seen: number, questions: number, due = 0): TopicKnowledge => ({ topic: 'fire', name, questions, seen, known, due, recall: null })

  it('has its answer as title', () => {
    expect(knowledgeAnswer([topic('消防', 8, 8, 10), topic('燃气', 1, 6, 10), topic('地震', 0, 0, 9)], say)).toBe('最熟的是消防，燃气可以再练练')
    expect(knowledgeAnswer([topic('消防', 5, 5, 10)], say)).toBe('最熟的是消防')
    expect(knowledgeAnswer([topic('消防', 0, 0, 10)], say)).toContain('还没有练过')
  })

  it('says of a topic what there is to do', () => {
    expect(topicState(topic('消防', 1, 4, 10, 3), say)).toBe('3 道该复习了 · 6 道还没见过')
    expect(topicState(topic('消防', 10, 10, 10), say)).toBe('都见过了')
  })
})

describe('a day of quizzes', () => {
  it('is known to notices by its number', () => {
    expect(dayNumber('1970-01-01')).toBe(719_163)
    expect(dayNumber('2026-11-20')).toBe(739_940)
  })
})
