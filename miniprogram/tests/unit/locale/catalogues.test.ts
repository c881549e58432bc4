import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterEach, describe, expect, it } from 'vitest'

import { say, setLanguage } from '@/locale'
import en from '@/locale/en.json'
import zhHans from '@/locale/zh-Hans.json'

const SOURCE = join(process.cwd(), 'src')
// say('key'), say(`key.${…}`), say(a ? 'key' : 'other'), title="%key%", usePage('key')
const TEXT_KEY = /['`]([a-z][\w-]*(?:\.[\w-]+)+)['`]/g
const TEXT_STEM = /(?:say|hasText)\(`([a-z][\w-]*\.(?:[\w-]+\.)*)\$\{/g
const TITLE_KEY = /%([\w.-]+)%/g
const BLANK = /\{(\w+)\}/g
const CHOICE = /\{(\w+):[^{}|]*\|[^{}|]*\}/g
/** A total, a least number and a range. */
const ALWAYS_SEVERAL = [
  'breadth.answer.atLeast',
  'breadth.answer.few',
  'breadth.whyHidden',
  'campaign.countsFew',
  'challenge.atLeastOf',
  'part.allShifts',
  'template.people',
]

const chinese: Record<string, string> = zhHans
const english: Record<string, string> = en
const roots = new Set(Object.keys(chinese).map((key) => key.split('.')[0]))

function sources(folder = SOURCE): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      return entry.name === 'api' ? [] : sources(path)
    }
    return /\.(vue|ts)$/.test(entry.name) || entry.name === 'pages.json' ? [path] : []
  })
}

function found(pattern: RegExp): string[] {
  return sources().flatMap((path) => [...readFileSync(path, 'utf8').matchAll(pattern)].map(([, key = '']) => key))
}

const blanks = (text: string) => [...text.matchAll(BLANK)].map(([, name]) => name).sort()

describe('the catalogues', () => {
  it('have the same keys', () => {
    expect(Object.keys(english)).toEqual(Object.keys(chinese))
  })

  it('leave the same blanks to fill in, but for parts of a date', () => {
    const differing = Object.keys(chinese).filter(
      (key) => !key.startsWith('time.day') && String(blanks(chinese[key] ?? '')) !== String(blanks(english[key] ?? '')),
    )
    expect(differing).toEqual([])
  })

  it('are complete: no text is empty', () => {
    expect([...Object.values(chinese), ...Object.values(english)].filter((text) => !text.trim())).toEqual([])
  })

  it('hold every text that the source asks for', () => {
    const asked = [...found(TEXT_KEY), ...found(TITLE_KEY)].filter((key) => roots.has(key.split('.')[0]))
    const unknown = asked.filter((key) => !(key in chinese) && !key.endsWith('.json') && !key.endsWith('.vue'))
    expect([...new Set(unknown)]).toEqual([])
    expect(asked.length).toBeGreaterThan(150)
  })

  it('hold something under every stem that the source completes', () => {
    const empty = found(TEXT_STEM).filter((stem) => !Object.keys(chinese).some((key) => key.startsWith(stem)))
    expect(empty).toEqual([])
  })

  it('have a text for every move, its story and its state', () => {
    const moves = 'accept decline withdraw assign start return finish suspend approve_suspension refuse_suspension resume confirm check not_solved appeal reopen'
    for (const move of moves.split(' ')) {
      expect(chinese).toHaveProperty([`move.${move}`])
      expect(chinese).toHaveProperty([`story.${move}`])
    }
  })

  it('tell the lines that nobody makes by a button', () => {
    for (const line of ['report', 'supervise', 'answer_order', 'close_unanswered']) {
      expect(chinese).toHaveProperty([`story.${line}`])
    }
  })
})

describe('a text with a number', () => {
  afterEach(() => {
    setLanguage('zh-Hans')
  })

  it('says one otherwise than several in English', () => {
    setLanguage('en')
    expect(say('points.count', { count: 1 })).toBe('1 point')
    expect(say('points.count', { count: 2 })).toBe('2 points')
    expect(say('became.answer', { reported: 1, closed: 0 })).toBe('1 thing was reported, 0 were closed')
  })

  it('chooses by a number that it also fills in', () => {
    const choices = Object.values(english).flatMap((text) => [...text.matchAll(CHOICE)].map(([, name]) => [name, text] as const))
    expect(choices.filter(([name, text]) => !text.includes(`{${name ?? ''}}`))).toEqual([])
    expect(choices.length).toBeGreaterThan(50)
  })

  it('leaves "1 points" to nobody', () => {
    const left = Object.entries(english).filter(([, text]) => /\{\w+\} (points|places|hours|people|questions|answers|checkpoints|minutes|shifts|cases)\b/.test(text))
    expect(left.map(([key]) => key).sort()).toEqual(ALWAYS_SEVERAL)
  })
})
