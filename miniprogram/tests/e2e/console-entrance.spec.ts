import { LONG_MS } from './support/again'
import { expect, expectNoSeriousFault, test } from './support/desk'

// The way in: a code on the screen, a phone that says yes or no, and the way out.

test('a phone lets a browser in, which signs out again', async ({ emptyDesk: desk, apiOf }) => {
  const { page } = desk
  await page.goto('/console')
  await expect(page.locator('.qr svg')).toBeVisible()
  await expectNoSeriousFault(page)
  await desk.expectNoOverflow()
  await desk.picture('entrance')

  const committee = await apiOf('committee')
  const asking = await committee.ask<{ number: string; state: string }>('GET', `/desk-sign-ins/${await desk.code()}`)
  expect(asking.state).toBe('waiting')
  await expect(page.locator('.pair')).toHaveText(asking.number)
  await committee.ask('POST', `/desk-sign-ins/${await desk.code()}/decisions`, { let_in: true })
  await desk.arrived()
  await expect(page.locator('main h1')).toBeVisible()
  await desk.expectNoOverflow()

  await page.getByRole('button', { name: '退出' }).click()
  await expect(page.locator('.qr svg')).toBeVisible()
  await page.goto(`/console/${desk.place}/today`)
  await expect(page).toHaveURL(/\/console\/sign-in$/)
})

test('a phone that says no leaves the browser outside', async ({ emptyDesk: desk, apiOf }) => {
  await desk.page.goto('/console/sign-in')
  const code = await desk.code()
  await (await apiOf('committee')).ask('POST', `/desk-sign-ins/${code}/decisions`, { let_in: false })
  await expect(desk.page.getByText('手机上没有同意')).toBeVisible()
  await desk.page.getByRole('link', { name: '换一个码' }).click()
  await expect(desk.page.locator('.code')).toBeVisible()
  expect(await desk.code()).not.toBe(code)
})

test('a page asks by itself while somebody looks, and not for ever', async ({ emptyDesk: desk }) => {
  const { page } = desk
  let asked = 0
  await page.route('**/sign-in/state', async (route) => {
    asked += 1
    await route.fulfill({ status: 204 })
  })
  await page.clock.install()
  await page.goto('/console/sign-in')
  const goesOn = async (): Promise<void> => {
    const before = asked
    await expect(async () => {
      await page.clock.runFor(2_100)
      expect(asked).toBeGreaterThan(before)
    }).toPass({ timeout: LONG_MS })
  }
  const rests = async (): Promise<void> => {
    await page.clock.runFor(2_100)
    await page.waitForLoadState('networkidle')
    const before = asked
    await page.clock.runFor(60_000)
    expect(asked).toBe(before)
  }
  const look = async (away: boolean): Promise<void> => {
    await page.evaluate((hidden) => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden })
      document.dispatchEvent(new Event('visibilitychange'))
    }, away)
  }
  await goesOn()
  await look(true)
  await rests()
  await look(false)
  await goesOn()
  // So many times as in ten minutes in which nobody did anything.
  await page.locator('#entrance').evaluate((elt) => {
    for (let times = 0; times < 300; times += 1) {
      elt.dispatchEvent(new CustomEvent('htmx:beforeRequest', { bubbles: true, cancelable: true, detail: { elt } }))
    }
  })
  await rests()
  await page.keyboard.press('Shift')
  await goesOn()
})
