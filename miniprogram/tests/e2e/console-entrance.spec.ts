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
