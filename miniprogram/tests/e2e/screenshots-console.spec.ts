import { execFileSync } from 'node:child_process'
import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test, type Desk } from './support/desk'

// The README's pictures of the console, taken from the demo's month: `npm run screenshots`.

const ROOT = join(import.meta.dirname ?? __dirname, '../../..')
const FOLDER = join(ROOT, 'docs/screenshots')
const LARGEST = 150_000

async function take({ page }: Desk, name: string): Promise<void> {
  mkdirSync(FOLDER, { recursive: true })
  const path = join(FOLDER, `console-${name}.png`)
  // What comes by itself after the page, and the charts' last movement.
  await page.waitForLoadState('networkidle')
  await page.waitForTimeout(1_200)
  await page.screenshot({ path, animations: 'disabled' })
  execFileSync(join(ROOT, '.venv/bin/python'), ['-m', 'tools.palette', path], { cwd: ROOT })
  expect(statSync(path).size, `${name} is too large for the README`).toBeLessThan(LARGEST)
}

test('pictures of the console', async ({ deskOf }) => {
  const desk = await deskOf('committee')
  const { page } = desk
  await desk.go('today')
  await expect(page.locator('#waits-reported')).toBeVisible()
  await take(desk, 'today')
  await desk.go('board')
  await expect(page.locator('.case').first()).toBeVisible()
  await take(desk, 'board')
  await desk.go('participation')
  await expect(page.locator('.chart canvas, .chart svg').first()).toBeVisible()
  await take(desk, 'participation')
  await desk.go('evaluation')
  await expect(page.locator('.chart canvas, .chart svg').first()).toBeVisible()
  await take(desk, 'evaluation')
})
