import { describe, expect, it } from 'vitest'

import type { HazardMove, MoveName } from '@/api'
import { impliedAnswers, inOrder, isDirect, mainMove, missing } from '@/utils/moves'

function move(name: MoveName, needs: HazardMove['needs'] = [], allows: HazardMove['allows'] = []): HazardMove {
  return { to: 'handling', move: name, needs, allows }
}

const nothing = { note: '', photoCount: 0, assigneeId: null, until: '', rating: 0 }

describe('the order of moves', () => {
  it('puts the step forward first and the way out last', () => {
    const names = inOrder([move('withdraw'), move('decline'), move('accept')]).map(({ move: name }) => name)
    expect(names).toEqual(['accept', 'decline', 'withdraw'])
  })

  it('urges a step forward', () => {
    expect(mainMove([move('return'), move('suspend'), move('finish')])?.move).toBe('finish')
  })

  it('urges nobody to step back', () => {
    expect(mainMove([move('withdraw')])).toBeNull()
    expect(mainMove([])).toBeNull()
  })
})

describe('isDirect', () => {
  it.each(['accept', 'start', 'resume', 'approve_suspension'] as const)('%s takes one tap', (name) => {
    expect(isDirect(move(name, [], ['note']))).toBe(true)
  })

  it.each(['withdraw', 'check', 'confirm'] as const)('%s is thought over', (name) => {
    expect(isDirect(move(name))).toBe(false)
  })

  it('needs a form where something is needed', () => {
    expect(isDirect(move('finish', ['note', 'photo_ids']))).toBe(false)
  })
})

describe('missing', () => {
  it('names what is needed and not given', () => {
    expect(missing(move('finish', ['note', 'photo_ids']), nothing)).toEqual(['note', 'photo_ids'])
    expect(missing(move('confirm', ['rating', 'solved']), nothing)).toEqual(['rating'])
  })

  it('does not take blanks for words', () => {
    expect(missing(move('return', ['note']), { ...nothing, note: '  ' })).toEqual(['note'])
  })

  it('is content with what is given', () => {
    const given = { note: '好了', photoCount: 1, assigneeId: 7, until: '2026-11-23', rating: 5 }
    const all = move('suspend', ['note', 'photo_ids', 'assignee_id', 'until', 'rating', 'solved'])
    expect(missing(all, given)).toEqual([])
  })
})

describe('impliedAnswers', () => {
  it.each([
    ['confirm', true],
    ['not_solved', false],
    ['reopen', false],
  ] as const)('%s says solved: %s by itself', (name, solved) => {
    expect(impliedAnswers(move(name, [], ['solved']))).toEqual({ solved })
  })

  it('says nothing where nothing is asked', () => {
    expect(impliedAnswers(move('accept'))).toEqual({})
  })
})
