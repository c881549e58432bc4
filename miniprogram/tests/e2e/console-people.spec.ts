import { expect, test } from './support/desk'

const PAGES = ['people', 'audit', 'volunteers', 'volunteers/honour', 'quizzes']

test('a role is given with a reason, and the audit says so', async ({ deskOf, apiOf }, { project }) => {
  const desk = await deskOf('committee')
  await desk.go('people')
  const { id } = await (await apiOf('neighbour')).ask<{ id: number }>('GET', '/me')
  const reason = `新到岗 ${project.name}`
  await desk.page.getByLabel('编号', { exact: true }).fill(String(id))
  await desk.page.getByLabel('身份', { exact: true }).selectOption({ index: project.name === 'console-wide' ? 1 : 2 })
  await desk.page.getByLabel('为什么（会写进操作记录，本人也会看到）').last().fill(reason)
  // The wide desk may have given one before, so that the row alone tells nothing.
  const given = desk.page.waitForResponse((answer) => answer.request().method() === 'POST')
  await desk.page.getByRole('button', { name: '给这个身份' }).click()
  await given
  await expect(desk.page.getByRole('rowheader', { name: '小林' }).first()).toBeVisible()
  await desk.go('audit')
  await expect(desk.page.getByText(reason)).toBeVisible()
})

test('pages of people and questions are good to look at', async ({ deskOf }) => {
  const desk = await deskOf('committee')
  for (const path of PAGES) await desk.expectGoodLooks(path)
})

test('the door behind which one stands is in sight', async ({ deskOf }) => {
  const desk = await deskOf('committee')
  await desk.go('audit')
  await expect(desk.page.locator('.doors [aria-current]')).toBeInViewport({ ratio: 1 })
})
