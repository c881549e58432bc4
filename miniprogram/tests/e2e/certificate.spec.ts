import { expect, test } from './support/phone'

// A paper about what was served: asked for, opened, verified by anybody, taken back. The demo's
// neighbour has walked with the team for some weeks.


interface WxCall {
  name: string
  options: Record<string, string>
}

test('a certificate is asked for, opened, and verified by whoever scans it', async ({ phoneOf, build, playwright, baseURL }) => {
  const phone = await phoneOf('neighbour')
  await phone.go('/pages/me/index')
  await phone.press('t-me-hours')
  await expect(phone.see('t-total')).toContainText(/[1-9]/)
  await expect(phone.see('t-hour')).toContainText('队长')
  await phone.press('t-certificates')
  await phone.press('t-paper-ask')
  await phone.press('t-paper-send')
  const paper = phone.see('t-certificate')
  await expect(paper).toContainText('平台记录')
  await expect(paper).toContainText('公示中')
  await expect(phone.see('t-qr')).toBeVisible()
  const number = /LLC-\d{4}-[A-Z2-9]{8,}/.exec(await phone.see('t-paper-number').innerText())?.[0] ?? ''
  expect(number).not.toBe('')

  if (build === 'h5') {
    const opened = phone.page.context().waitForEvent('page')
    await phone.press('t-paper-pdf')
    await (await opened).close()
  } else {
    await phone.press('t-paper-pdf')
    const calls = () => phone.page.evaluate(() => (globalThis as unknown as { wxCalls?: WxCall[] }).wxCalls ?? [])
    await expect.poll(async () => (await calls()).find(({ name }) => name === 'openDocument')?.options.begins ?? '').toMatch(/^%PDF-/)
  }

  // Somebody who knows nothing but the number, and has no account.
  const stranger = await playwright.request.newContext({ baseURL })
  const answer = await stranger.get(`/api/v1/certificates/${number}`, { headers: { Accept: 'application/json' } })
  const verified = (await answer.json()) as Record<string, unknown>
  expect(verified).toMatchObject({ number, state: 'in_notice' })
  expect(JSON.stringify(verified)).not.toContain(await phone.nameOf('neighbour'))
  await stranger.dispose()
})

test('a certificate that is revoked says so, and why', async ({ phoneOf, build }) => {
  test.skip(build !== 'h5')
  const reason = `重复开具 ${String(Date.now() % 100_000)}`
  const neighbour = await phoneOf('neighbour')
  const { number } = await neighbour.asThem<{ number: string }>('POST', '/certificates', { remarks: '演示' })
  const committee = await phoneOf('committee')
  await committee.go('/pages/me/index')
  await committee.press('t-me-papers')
  const issued = committee.all('t-issued').filter({ hasText: number })
  await committee.press(issued.locator('.t-revoke'))
  await committee.press('t-revoke-send')
  await expect(committee.text('请写原因')).toBeVisible()
  await committee.fill('t-reason', reason)
  await committee.press('t-revoke-send')
  await expect(issued).toHaveCount(0)

  await neighbour.go(`/pkg-volunteers/certificate/index?number=${number}`)
  await expect(neighbour.see('t-certificate')).toContainText('已撤销')
  await expect(neighbour.see('t-certificate')).toContainText(reason)
  await expect(neighbour.see('t-qr')).toBeHidden()
})
