import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

interface Pages {
  pages: { path: string }[]
  subPackages: { root: string; pages: { path: string }[] }[]
}

const read = (path: string) => readFileSync(join(process.cwd(), 'src', path), 'utf8')
const { pages, subPackages } = JSON.parse(read('pages.json')) as Pages
const known = [
  ...pages.map(({ path }) => `/${path}`),
  ...subPackages.flatMap(({ root, pages: own }) => own.map(({ path }) => `/${root}/${path}`)),
]

describe('the ways through the app', () => {
  it('all lead to a page that there is', () => {
    const ways = [...read('utils/go.ts').matchAll(/'(\/(?:pages|pkg-\w+)\/[\w-]+\/index)'/g)].map(([, path]) => path)
    expect(ways.length).toBeGreaterThan(30)
    expect(ways.filter((path) => !known.includes(path ?? ''))).toEqual([])
  })

  it('have a page behind each address', () => {
    for (const path of known) {
      expect(() => read(`${path.slice(1)}.vue`)).not.toThrow()
    }
  })
})
