import { expect } from '@playwright/test'

/** What is waited for comes within this, on a machine that is many times slower than ours, too; else it never does. */
export const LONG_MS = 180_000
const FIRST_MS = 2_000
const LONGEST_MS = 30_000
const GROWS = 1.5

/**
 * Looks again and again until what others are at work on is there. Each time it is given longer, for a slow machine
 * has not even drawn a page in the time in which a fast one is done.
 */
export async function again(look: (within: { timeout: number }) => Promise<void>): Promise<void> {
  let timeout = FIRST_MS
  await expect(async () => {
    const now = timeout
    timeout = Math.min(timeout * GROWS, LONGEST_MS)
    await look({ timeout: now })
  }).toPass({ timeout: LONG_MS })
}
