/** How notices lie in the inbox: in piles about one thing, emergencies first, each with its picture. */
import type { About, Notice } from '@/api'

import { campaignWays, figureWays, go, patrolWays, quizWays, volunteerWays } from './go'
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

/** An emergency of the community, or somebody on a round who calls for help. */
export function isAlarm({ kind }: Notice): boolean {
  return kind === 'emergency' || kind === 'sos'
}

/**
 * A community's emergency stays on top until it was read, however much has come since. A task that is urgent
 * (`emergency` too) says so and stays in its turn: the task list is where tasks are sorted.
 */
export function sorted(notices: readonly Notice[]): { pinned: Pile[]; rest: Pile[] } {
  const isPinned = (notice: Notice) => isAlarm(notice) && notice.read_at === null
  return { pinned: inPiles(notices.filter(isPinned)), rest: inPiles(notices.filter((notice) => !isPinned(notice))) }
}

export function isAbout(notice: Notice, about: About): boolean {
  return sameThing(notice.about, about)
}

const ICONS: [RegExp, IconName][] = [
  [/^team_/, 'people'],
  [/^star_/, 'star'],
  [/^certificate_|^pass_/, 'award'],
  [/^campaign_cancelled$/, 'close'],
  [/^campaign_ending$/, 'clock'],
  [/^campaign_|^paper_/, 'question'],
  [/^quiz_/, 'question'],
  [/^challenge_/, 'flag'],
  [/^redemption_/, 'gift'],
  [/^emergency$/, 'alert'],
  [/^sos$/, 'sos'],
  [/^announcement$/, 'horn'],
  [/^order_|^supervisor|^rectification_/, 'order'],
  [/^report_/, 'draft'],
  [/withheld$/, 'hidden'],
  [/^shift_(tomorrow|soon|changed)$|^roster_/, 'calendar'],
  [/^shift_offer/, 'diamond'],
  [/^shift_cancelled$|^shift_removed$|^no_show$/, 'close'],
  [/^swap_|^shift_seeking$|stand_in/, 'swap'],
  [/^call_out$|understaffed$/, 'people'],
  [/flagged$/, 'flag'],
  [/^appeal_/, 'order'],
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

const WAYS: Record<string, (id: number) => void> = {
  hazard: go.detail,
  announcement: go.announcement,
  shift: patrolWays.shift,
  round: patrolWays.round,
  round_lead: patrolWays.lead,
  sos: patrolWays.lead,
  team: volunteerWays.team,
  hours: volunteerWays.hours,
  certificate: volunteerWays.certificates,
  campaign: campaignWays.campaign,
  challenge: campaignWays.challenge,
  quiz: quizWays.daily,
  redemption: volunteerWays.redemption,
  rectification: figureWays.rectification,
  report: figureWays.report,
}

export function hasWay(about: About | null): boolean {
  return about !== null && about.kind in WAYS
}

/** Opens what a notice is about; what this app does not know yet stays where it is. */
export function openThing(about: About | null): void {
  if (about) {
    WAYS[about.kind]?.(about.id)
  }
}
