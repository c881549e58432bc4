import { again } from './support/again'
import { expect, test } from './support/desk'

// Today: what waits for the committee, and the way to where it is done.

test('what waits leads to the case, and stays in hand while the page asks again', async ({ deskOf, apiOf }) => {
  const [desk, resident] = [await deskOf('committee'), await apiOf('resident')]
  const words = `今天：消防车道停了车 ${String(Date.now())}`
  const made = await resident.ask<{ number: string }>('POST', '/hazards', {
    category: 'FIRE_LANE', description: words, lat: 30.6586, lon: 104.0333, coord_sys: 'wgs84',
  })
  await desk.expectGoodLooks('today', async ({ page }) => {
    await expect(page.locator('#waits-reported')).toBeVisible()
  })
  await desk.page.clock.install()
  await desk.go('today')
  const { page } = desk
  await expect(page.locator('#waits-reported')).toBeVisible()
  await page.locator('#to-reported').focus()
  // Minutes go by until it asked; the first may be over before its script listens.
  await again(async (within) => {
    await page.clock.runFor(61_000)
    await expect(page.locator('#waiting:not([hx-get$="turn=1"])')).toBeAttached(within)
  })
  await expect(page.locator('#to-reported')).toBeFocused()
  await page.locator('#to-reported').press('Enter')
  await expect(page.locator('#cards-reported')).toBeVisible()
  await desk.go(`board?text=${made.number}`)
  await expect(page.locator('.case')).toHaveCount(1)
})
