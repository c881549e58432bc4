import { describe, expect, it } from 'vitest'

import type { Preferences, TemplateName } from '@/api'
import { answersOf, scarcest, worthAsking } from '@/utils/subscriptions'

const NAMES: TemplateName[] = ['case_accepted', 'case_handled', 'case_late', 'announcement']

function preferences(left: number[], off: TemplateName[] = []): Preferences {
  return {
    quiet_hours: { from: '21:30', to: '07:30' },
    templates: NAMES.map((name, index) => ({ name, template_id: `id-${name}`, title: name, left: left[index] ?? 0, for_staff: false })),
    kinds: NAMES.map((name) => ({ kind: name, title: name, template: name, on: !off.includes(name) })),
  }
}

const asked = (...given: Parameters<typeof worthAsking>) => worthAsking(...given).map(({ name }) => name)

describe('asking for messages', () => {
  it('asks at a natural moment only for what has run out', () => {
    expect(asked(NAMES.slice(0, 3), preferences([1, 0, 0]), [], false)).toEqual(['case_handled', 'case_late'])
    expect(asked(NAMES.slice(0, 3), preferences([1, 2, 1]), [], false)).toEqual([])
  })

  it('takes a no for a no until the person asks', () => {
    expect(asked(['case_late'], preferences([0, 0, 0]), ['case_late'], false)).toEqual([])
    expect(asked(['case_late'], preferences([0, 0, 0]), ['case_late'], true)).toEqual(['case_late'])
  })

  it('does not ask for what is switched off', () => {
    expect(asked(['case_accepted', 'case_late'], preferences([0, 0, 0], ['case_late']), [], false)).toEqual(['case_accepted'])
  })

  it('gives more of what is left to whoever presses the button', () => {
    expect(asked(['case_accepted'], preferences([3]), [], true)).toEqual(['case_accepted'])
  })

  it('asks about three at most, and about nothing it does not know', () => {
    expect(asked(NAMES, preferences([]), [], true)).toHaveLength(3)
    expect(asked(['task_new'], preferences([]), [], true)).toEqual([])
    expect(asked(NAMES, null, [], true)).toEqual([])
  })

  it('offers the scarcest first, in the order of the service', () => {
    expect(scarcest(preferences([2, 0, 1, 0]).templates).map(({ name }) => name)).toEqual(['case_handled', 'announcement', 'case_late'])
  })
})

describe('the answer', () => {
  it('is read per template, and nothing else with it', () => {
    const result = { errMsg: 'requestSubscribeMessage:ok', a: 'accept', b: 'reject', c: 'ban', d: 'filter', x: 'accept' }
    expect(answersOf(result, ['a', 'b', 'c', 'd'])).toEqual({ a: 'accept', b: 'reject', c: 'ban', d: 'filter' })
  })

  it('may come with a sound', () => {
    expect(answersOf({ a: 'acceptWithAudio' }, ['a'])).toEqual({ a: 'accept' })
  })

  it('leaves out what was not asked or not answered', () => {
    expect(answersOf({ errMsg: 'ok' }, ['a'])).toEqual({})
  })
})
