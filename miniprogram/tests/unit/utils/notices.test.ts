import { describe, expect, it, vi } from 'vitest'

import type { Notice } from '@/api'
import { hasWay, inPiles, noticeIcon, openThing, sorted } from '@/utils/notices'

function notice(id: number, about: Notice['about'], change: Partial<Notice> = {}): Notice {
  return { id, kind: 'case_accepted', title: `${id}`, body: '', at: '2026-11-21T03:00:00Z', read_at: null, about, emergency: false, ...change }
}

const hazard = (id: number) => ({ kind: 'hazard', id })
const ids = (piles: ReturnType<typeof inPiles>) => piles.map(({ latest, older }) => [latest.id, ...older.map(({ id }) => id)])

describe('the inbox', () => {
  it('piles up neighbours about the same thing, the latest on top', () => {
    const piles = inPiles([notice(5, hazard(1)), notice(4, hazard(1)), notice(3, hazard(2)), notice(2, hazard(1))])
    expect(ids(piles)).toEqual([[5, 4], [3], [2]])
  })

  it('does not take a hazard for an announcement of the same number, nor join what is about nothing', () => {
    const piles = inPiles([notice(4, hazard(1)), notice(3, { kind: 'announcement', id: 1 }), notice(2, null), notice(1, null)])
    expect(ids(piles)).toEqual([[4], [3], [2], [1]])
  })

  it('counts what is unread in each pile', () => {
    const read = { read_at: '2026-11-21T03:10:00Z' }
    expect(inPiles([notice(3, hazard(1)), notice(2, hazard(1), read), notice(1, hazard(1))])[0]?.unread).toBe(2)
  })

  it('keeps an emergency on top until it was read', () => {
    const emergency = notice(1, { kind: 'announcement', id: 9 }, { kind: 'emergency', emergency: true })
    const later = notice(2, hazard(1))
    expect(ids(sorted([later, emergency]).pinned)).toEqual([[1]])
    expect(ids(sorted([later, emergency]).rest)).toEqual([[2]])
    const { pinned, rest } = sorted([later, { ...emergency, read_at: '2026-11-21T04:00:00Z' }])
    expect([ids(pinned), ids(rest)]).toEqual([[], [[2], [1]]])
  })

  it.each(['task_new', 'task_overdue', 'order_to_answer'])('leaves an urgent %s in its turn', (kind) => {
    const { pinned, rest } = sorted([notice(2, hazard(1)), notice(1, hazard(2), { kind, emergency: true })])
    expect([ids(pinned), ids(rest)]).toEqual([[], [[2], [1]]])
  })

  it.each([
    [hazard(17), '/pkg-hazards/detail/index?id=17'],
    [{ kind: 'announcement', id: 3 }, '/pkg-residents/announcement/index?id=3'],
    [{ kind: 'team', id: 5 }, '/pkg-volunteers/team/index?id=5'],
    [{ kind: 'hours', id: 1 }, '/pkg-volunteers/hours/index'],
    [{ kind: 'certificate', id: 8 }, '/pkg-volunteers/certificates/index'],
    [{ kind: 'redemption', id: 2 }, '/pkg-points/redemption/index?id=2'],
  ])('knows the way to %o', (about, url) => {
    openThing(about)
    expect(uni.navigateTo).toHaveBeenCalledWith({ url })
  })

  it('stays where it is with what it does not know yet', () => {
    openThing({ kind: 'comet', id: 1 })
    openThing(null)
    expect(uni.navigateTo).not.toHaveBeenCalled()
    expect([hasWay({ kind: 'comet', id: 1 }), hasWay(null), hasWay(hazard(1))]).toEqual([false, false, true])
    vi.clearAllMocks()
  })

  it.each([
    ['emergency', 'alert'],
    ['announcement', 'horn'],
    ['order_to_answer', 'order'],
    ['photo_withheld', 'hidden'],
    ['task_overdue', 'clock'],
    ['task_new', 'tasks'],
    ['star_reached', 'star'],
    ['certificate_revoked', 'award'],
    ['something_new', 'bell'],
  ])('has a picture for %s', (kind, icon) => {
    expect(noticeIcon(kind)).toBe(icon)
  })
})
