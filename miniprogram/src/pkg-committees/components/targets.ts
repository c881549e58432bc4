/** What figures are to come to, and whether they do. */
import type { MetTarget, Target } from '@/api'
import type { Say } from '@/locale'
import type { IconName } from '@/utils/icons'
import type { Tone } from '@/utils/states'

import { INDICES, valueText } from './telling'

const WHOLE = 100

/** A word and a shape; unknown where the figure has no value. */
export function targetLook({ met }: MetTarget): { tone: Tone; shape: IconName } {
  if (met === null) {
    return { tone: 'quiet', shape: 'ring' }
  }
  return met ? { tone: 'solved', shape: 'check' } : { tone: 'waiting', shape: 'diamond' }
}

export function wantedWords({ figure, wanted, at_most: atMost }: Pick<Target, 'figure' | 'wanted' | 'at_most'>, say: Say): string {
  return say(atMost ? 'target.atMost' : 'target.atLeast', { value: valueText(figure, wanted) })
}

export function targetWords(target: MetTarget, say: Say): string {
  const state = target.met === null ? 'unknown' : target.met ? 'met' : 'missed'
  return say(`target.${state}`, { wanted: wantedWords(target, say) })
}

/** "3 个目标，2 个达到". */
export function targetsAnswer(targets: readonly MetTarget[], say: Say): string {
  if (targets.length === 0) {
    return say('indicators.answer.noTargets')
  }
  return say('indicators.answer.targets', { count: targets.length, met: targets.filter(({ met }) => met).length })
}

/** What is typed, in per cent or points of 100, as the service takes it; nothing where it makes no sense. */
export function wantedOf(figure: string, typed: string): number | null {
  const number = Number(typed.trim().replace('%', ''))
  if (typed.trim() === '' || !Number.isFinite(number) || number < 0 || number > WHOLE) {
    return null
  }
  return (INDICES as readonly string[]).includes(figure) ? number : Math.round(number * WHOLE) / WHOLE / WHOLE
}
