import { again } from './support/again'
import { expect, test } from './support/phone'

// The committee's report of last month, and what residents see of it.

test('a resident sees what became of what neighbours reported', async ({ phoneOf, build, request, baseURL }) => {
  test.skip(build !== 'h5')
  const resident = await phoneOf('resident')
  await resident.press('t-became')
  // The clock may have made last month's report already.
  await expect(resident.see('t-none').or(resident.see('t-answer'))).toBeVisible()

  const session = await request.post('/api/v1/session', { data: { code: 'demo:committee' } })
  const { access_token: token } = (await session.json()) as { access_token: string }
  const report = await request.get('/api/v1/committees/510105007004/report.html', {
    headers: { Authorization: `Bearer ${token}` },
  })
  expect(report.headers()['content-type']).toContain('text/html')
  // The page stands on its own, without anything from elsewhere.
  await resident.page.goto(`${baseURL ?? ''}/healthz`)
  await resident.page.setContent(await report.text())
  await expect(resident.text('社区安全共治报告')).toBeVisible()
  const width = await resident.page.evaluate(() => document.documentElement.scrollWidth)
  expect(width).toBeLessThanOrEqual(390)

  // The demo has three residents who report, so there is a sentence and no figure.
  await again(async (within) => {
    await resident.go('/pkg-reports/became/index')
    await expect(resident.see('t-answer')).toContainText('这个月反映的人还不多', within)
  })
  await expect(resident.all('t-figure-reported')).toHaveCount(0)
  await resident.press('t-report')
})
