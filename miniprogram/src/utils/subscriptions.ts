/** When WeChat's question "may we send you messages?" is put, and how its answer is read. */
import type { MessageTemplate, Preferences, SubscribeAnswer, SubscribeAnswers, TemplateName } from '@/api'

/** WeChat asks about three at most. */
export const MOST_AT_ONCE = 3

const ANSWERS: readonly SubscribeAnswer[] = ['accept', 'reject', 'ban', 'filter']

/** Somebody who switched off everything that a template says does not want to be asked for it. */
function isWanted({ name }: MessageTemplate, { kinds }: Preferences): boolean {
  const said = kinds.filter(({ template }) => template === name)
  return said.length === 0 || said.some(({ on }) => on)
}

/**
 * At a natural moment only what has run out, is wanted and was not refused before; whoever presses
 * the button for it is asked about everything named.
 */
export function worthAsking(
  names: readonly TemplateName[],
  preferences: Preferences | null,
  refused: readonly TemplateName[],
  byPerson: boolean,
): MessageTemplate[] {
  const known = names.flatMap((name) => preferences?.templates.filter((one) => one.name === name) ?? [])
  const due = known.filter(
    (one) => byPerson || (one.left < 1 && !refused.includes(one.name) && preferences !== null && isWanted(one, preferences)),
  )
  return due.slice(0, MOST_AT_ONCE)
}

/** Those of which the fewest are left, in the order of the service. */
export function scarcest(templates: readonly MessageTemplate[]): MessageTemplate[] {
  return [...templates].sort((a, b) => a.left - b.left).slice(0, MOST_AT_ONCE)
}

/** WeChat answers per template, among other things; newer versions say `acceptWithAudio` and the like. */
export function answersOf(result: Record<string, unknown>, ids: readonly string[]): SubscribeAnswers {
  const read = (said: unknown): SubscribeAnswer[] => ANSWERS.filter((answer) => String(said).startsWith(answer))
  return Object.fromEntries(ids.flatMap((id) => read(result[id]).map((answer) => [id, answer])))
}
