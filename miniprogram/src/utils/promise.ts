/** What we promise about a case, in words: the biggest thing on its page. */
import type { HazardItem } from '@/api'
import type { Say } from '@/locale'

import type { Tone } from './states'
import { elapsedShare, span, when } from './time'

const SOON = 0.8

export interface PromiseWords {
  headline: string
  detail: string
  /** The part of the time that is gone, 0 to 1; null where no clock runs. */
  share: number | null
  tone: Tone
}

type Case = Pick<
  HazardItem,
  'state' | 'reported_at' | 'due_at' | 'expected_by' | 'act_by' | 'overdue' | 'handled_at' | 'closed_at' | 'mine'
> & { elapsed?: number | null; suspension?: { until: string; approved: boolean } | null }

/** What staff owe next may be late already (accepting it) while the promise itself still holds. */
function running(hazard: Case, by: string, now: Date, say: Say): PromiseWords {
  const share = hazard.elapsed ?? elapsedShare(hazard.reported_at, by, now)
  const left = new Date(by).getTime() - now.getTime()
  const owed = new Date(hazard.act_by ?? by).getTime()
  const broken = left <= 0
  const late = hazard.overdue || broken
  const headline = say(hazard.due_at ? 'promise.by' : 'promise.expected', { when: when(by, now, say) })
  const lateKey = hazard.state === 'reported' ? 'promise.lateToAccept' : 'promise.late'
  const detail = late
    ? say(lateKey, { span: span(now.getTime() - owed, say) })
    : say('promise.left', { span: span(left, say) })
  const tone = late || share >= SOON ? 'waiting' : 'brand'
  return { headline, detail, share: Math.min(1, broken ? 1 : share), tone: broken ? 'urgent' : tone }
}

function still(headline: string, detail: string, tone: Tone): PromiseWords {
  return { headline, detail, share: null, tone }
}

/** Only what the community agreed to is put off; until then the promise holds. */
function suspended(hazard: Case, now: Date, say: Say): PromiseWords {
  const { until = null, approved = false } = hazard.suspension ?? {}
  const late = hazard.overdue && hazard.act_by ? span(now.getTime() - new Date(hazard.act_by).getTime(), say) : ''
  const lateWords = late && say('promise.late', { span: late })
  if (!until) {
    return still(say('promise.suspended'), lateWords, 'quiet')
  }
  const words = { when: when(until, now, say) }
  if (approved) {
    return still(say('promise.suspendedUntil', words), lateWords || say('promise.paused'), late ? 'waiting' : 'quiet')
  }
  const promise = running(hazard, hazard.due_at ?? hazard.expected_by, now, say)
  return { ...promise, detail: lateWords || say('promise.awaitsApproval', words) }
}

export function promiseOf(hazard: Case, now: Date, say: Say): PromiseWords {
  const at = (iso: string | null) => (iso ? when(iso, now, say) : '')
  switch (hazard.state) {
    case 'handled':
      return still(say(hazard.mine ? 'promise.handledMine' : 'promise.handled'), at(hazard.handled_at), 'waiting')
    case 'closed':
      return still(say('promise.closed'), at(hazard.closed_at), 'solved')
    case 'declined':
      return still(say('promise.declined'), at(hazard.closed_at), 'quiet')
    case 'withdrawn':
      return still(say('promise.withdrawn'), at(hazard.closed_at), 'quiet')
    case 'suspended':
      return suspended(hazard, now, say)
    default:
      return running(hazard, hazard.due_at ?? hazard.expected_by, now, say)
  }
}
