import { expect } from '@playwright/test'

import { again } from './again'
import type { Phone } from './phone'
import { placeOf } from './patrols'

const DAY_MS = 86_400_000
const SHANGHAI_AHEAD_MS = 8 * 3_600_000

/** So many days from today in Shanghai, YYYY-MM-DD. */
export function day(days: number): string {
  return new Date(Date.now() + SHANGHAI_AHEAD_MS + days * DAY_MS).toISOString().slice(0, 10)
}

interface Written {
  id: number
  versions: { id: number }[]
}

/** Questions of which "正确" is right, written by one and published by another. */
export async function publishedTruths(author: Phone, reviewer: Phone, stems: readonly string[]): Promise<number[]> {
  const ids: number[] = []
  for (const zh of stems) {
    const { id, versions } = await author.asThem<Written>('POST', '/questions', {
      place_code: await placeOf(author),
      topic: 'fire',
      kind: 'true_false',
      stem: { zh },
      answer: true,
      explanation: { zh: '楼道是救命的路。' },
      source: { name: { zh: '中华人民共和国消防法' }, article: '第二十八条', as_of: '2026-01-05' },
    })
    const move = { version_id: versions[0]?.id }
    await author.asThem('POST', `/questions/${String(id)}/moves`, { ...move, to: 'in_review' })
    await reviewer.asThem('POST', `/questions/${String(id)}/moves`, { ...move, to: 'published' })
    ids.push(id)
  }
  return ids
}

/** A campaign that runs from today on. */
export async function runningCampaign(staff: Phone, title: string, questionIds: readonly number[] | null, form: object = {}): Promise<number> {
  const { id } = await staff.asThem<{ id: number }>('POST', '/campaigns', {
    place_code: await placeOf(staff),
    title: { zh: title },
    first_day: day(0),
    last_day: day(7),
    question_ids: questionIds,
    ...form,
  })
  const { state } = await staff.asThem<{ state: string }>('POST', `/campaigns/${String(id)}/moves`, { to: 'announced' })
  expect(state).toBe('running')
  return id
}

/** Chooses something of the question that is asked; an order lies as it lies, a picture is answered in words. */
export async function chooseSomething(phone: Phone, send: 't-answer-send' | 't-practice-send'): Promise<void> {
  // After "next" the answered question stands there for a moment more; it has nothing to send.
  await expect(phone.see(send)).toBeVisible()
  if (await phone.see('t-up').isVisible()) return
  // A picture that does not arrive shows its words by itself, and a button may go while it is pressed.
  await again(async (within) => {
    if (!(await phone.see('t-option').isVisible())) await phone.press('t-words')
    await expect(phone.see('t-option')).toBeVisible(within)
    await phone.press('t-option')
  })
}
