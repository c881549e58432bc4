import { LONG_MS } from './support/again'
import { expect, test } from './support/phone'

// A computer is let in by a phone: by the address of its code, or by typing it.

const MINI_AFTER_SERVICE = 5

test('a phone sees which computer asks, lets it in, and ends it', async ({ phoneOf, build, baseURL, browser }) => {
  const home = new URL(baseURL ?? '')
  const service = build === 'h5' ? home.origin : `http://${home.hostname}:${String(Number(home.port) - MINI_AFTER_SERVICE)}`
  const desk = await browser.newPage({ viewport: { width: 1280, height: 800 }, isMobile: false })
  await desk.goto(`${service}/console/sign-in`)
  const code = (await desk.locator('.code').innerText()).trim()
  const number = (await desk.locator('.pair').innerText()).trim()

  const committee = await phoneOf('committee')
  if (build === 'h5') {
    await committee.go(`/pkg-committees/desk/index?code=${code.replace('-', '')}`)
  } else {
    await committee.go('/pages/me/index')
    await committee.press('t-me-desk')
    await committee.fill('t-desk-code', code.toLowerCase())
    await committee.press('t-desk-look')
  }
  await expect(committee.see('t-desk-number')).toHaveText(number)
  await expect(committee.see('t-desk-browser')).toContainText('Chrom')
  await committee.expectNoOverflow()
  await committee.press('t-let-in')
  await expect(committee.see('t-desk-decided')).toContainText('已让它登录')
  await expect(desk).not.toHaveURL(/sign-in/, { timeout: LONG_MS })
  if (build === 'h5') {
    await committee.press('t-desk-anew')
    await committee.press('t-desk-end')
    await committee.agree()
    await expect(committee.see('t-no-desks')).toBeVisible()
    await desk.reload()
    await expect(desk).toHaveURL(/sign-in/)
  }
  await desk.close()
})
