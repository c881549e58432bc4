/** How notices lie in the inbox: in piles about one thing, emergencies first, each with its picture. */
import type { About, Notice } from '@/api'

import { go } from './go'
import type { IconName } from './icons'

export interface Pile {
  key: number
  latest: Notice
  older: Notice[]
  unread: number
}

const sameThing = (a: About | null, b: About | null): boolean =>
  a !== null && b !== null && a.kind === b.kind && a.id === b.id

function pileOf(notices: Notice[]): Pile[] {
  const [latest, ...older] = notices
  return latest ? [{ key: latest.id, latest, older, unread: notices.filter(({ read_at: at }) => at === null).length }] : []
}

/** Neighbours in the list that are about the same thing lie on one pile, the latest on top. */
export function inPiles(notices: readonly Notice[]): Pile[] {
  const runs: Notice[][] = []
  for (const notice of notices) {
    const run = runs[runs.length - 1]
    if (run?.[0] && sameThing(run[0].about, notice.about)) {
      run.push(notice)
    } else {
      runs.push([notice])
    }
  }
  return runs.flatMap(pileOf)
}

/**
 * A community's emergency stays on top until it was read, however much has come since. A task that is urgent
 * (`emergency` too) says so and stays in its turn: the task list is where tasks are sorted.
 */
export function sorted(notices: readonly Notice[]): { pinned: Pile[]; rest: Pile[] } {
  const isPinned = (notice: Notice) => notice.kind === 'emergency' && notice.read_at === null
  return { pinned: inPiles(notices.filter(isPinned)), rest: inPiles(notices.filter((notice) => !isPinned(notice))) }
}

export function isAbout(notice: Notice, about: About): boolean {
  return sameThing(notice.about, about)
}

const ICONS: [RegExp, IconName][] = [
  [/^emergency$/, 'alert'],
  [/^announcement$/, 'horn'],
  [/^order_|^supervisor/, 'order'],
  [/withheld$/, 'hidden'],
  [/late$|overdue$|at_80$|remind/, 'clock'],
  [/suspen/, 'pause'],
  [/handled$|closed$|accepted$|answered$/, 'check'],
  [/declined$/, 'close'],
  [/returned$|not_solved$/, 'refresh'],
  [/^task_/, 'tasks'],
]

export function noticeIcon(kind: string): IconName {
  return ICONS.find(([pattern]) => pattern.test(kind))?.[1] ?? 'bell'
}

const WAYS: Record<string, (id: number) => void> = { hazard: go.detail, announcement: go.announcement }

export function hasWay(about: About | null): boolean {
  return about !== null && about.kind in WAYS
}

/** Opens what a notice is about; what this app does not know yet stays where it is. */
export function openThing(about: About | null): void {
  if (about) {
    WAYS[about.kind]?.(about.id)
  }
}
