import type { Page } from '@playwright/test'

/**
 * `E2E_SLOW=6 npm run test:e2e`: each page has a sixth of the processor, and the service's answers come late and in
 * no order. A test that acts before a page is ready, which chance hides on a fast machine, fails here.
 */
const TIMES = Number(process.env.E2E_SLOW ?? 1)
const LATE_BY_MS = 150

export async function slowDown(page: Page): Promise<void> {
  if (TIMES <= 1) return
  const processor = await page.context().newCDPSession(page)
  await processor.send('Emulation.setCPUThrottlingRate', { rate: TIMES })
  await page.context().route('**/api/v1/**', async (route) => {
    await new Promise((pass) => setTimeout(pass, Math.random() * LATE_BY_MS * TIMES))
    // The page may have gone meanwhile.
    await route.fallback().catch(() => undefined)
  })
}
