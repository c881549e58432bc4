import { expect, test, type Desk } from './support/desk'

// A campaign is planned at the desk, printed, typed in from paper, and looked at; grids are challenged.

const unique = (): string => String(Date.now() % 1_000_000)
const DAY_MS = 86_400_000
/** A day of Shanghai's, so many after today. */
const ahead = (days: number): string => new Date(Date.now() + days * DAY_MS).toLocaleDateString('sv', { timeZone: 'Asia/Shanghai' })

/** Types what fits each box of the sheet, without looking up from the keyboard. */
const typeLetters = async ({ page }: Desk): Promise<void> => {
  const picks = await page.locator('.of-A [data-pick]').evaluateAll((boxes) =>
    boxes.map((box) => ({ pick: (box as HTMLElement).dataset.pick, most: Number((box as HTMLElement).dataset.most) })),
  )
  for (const { pick, most } of picks) {
    await page.keyboard.type(pick === 'order' ? 'ABCDEFGH'.slice(0, most) : pick === 'one' ? 'a' : 'ab')
    if (pick === 'several') await page.keyboard.press('Enter')
  }
}

test('a committee plans a campaign, and types in what came back on paper', async ({ deskOf, apiOf }) => {
  const desk = await deskOf('committee')
  const { page } = desk
  const title = `防火问答 ${unique()}`
  await desk.go('quizzes/campaigns')
  await page.getByRole('link', { name: '办一次活动' }).first().click()
  await page.getByLabel('活动名称').fill(title)
  await page.getByLabel('第一天').fill(ahead(0))
  await page.getByRole('spinbutton', { name: '每次几道题' }).fill('4')
  await page.getByRole('button', { name: '存为草稿' }).click()
  // What is wrong stands at its field, and nothing is lost.
  await expect(page.getByRole('alert').filter({ hasText: '有 1 处要改' })).toBeFocused()
  await expect(page.locator('#topics_fault')).toBeVisible()
  await expect(page.getByLabel('活动名称')).toHaveValue(title)
  await page.getByRole('checkbox', { name: /^消防/ }).check()
  await page.getByRole('button', { name: '存为草稿' }).click()
  await expect(page.getByText('草稿存好了')).toBeVisible()
  await page.getByRole('button', { name: '公布活动' }).click()
  await expect(page.getByText('公布了，活动已经开始')).toBeVisible()
  await page.getByRole('link', { name: '纸质试卷' }).click()

  const printed = await page.request.get((await page.getByRole('link', { name: /^中文.*A 卷答案/ }).getAttribute('href')) ?? '')
  expect((await printed.body()).subarray(0, 5).toString()).toBe('%PDF-')

  const { id } = await (await apiOf('neighbour')).ask<{ id: number }>('GET', '/me')
  await page.getByLabel('谁的').focus()
  await page.keyboard.type(String(id))
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await page.keyboard.type('z')
  const first = page.locator('.of-A [data-pick]').first()
  await page.locator('.of-A [data-pick]').last().press('Enter')
  await expect(first).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByLabel('谁的')).toHaveValue(String(id))
  await first.fill('')
  await first.focus()
  await typeLetters(desk)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status').filter({ hasText: '已经记下' })).toBeVisible()
  await expect(page.getByLabel('谁的')).toBeFocused()
  await expect(page.locator('.entries tbody tr')).toHaveCount(1)
})

test('looks: campaigns, their form, one of them and its paper', async ({ deskOf }) => {
  const desk = await deskOf('committee')
  const { page } = desk
  await desk.expectGoodLooks('quizzes/campaigns')
  await desk.expectGoodLooks('quizzes/campaigns/new')
  await desk.go('quizzes/campaigns')
  const address = (await page.locator('.cards a').first().getAttribute('href')) ?? ''
  const found = address.slice(address.indexOf('quizzes/'))
  await desk.expectGoodLooks(found)
  await desk.expectGoodLooks(`${found}/papers`)
})

test('a committee challenges its grids, and takes that back', async ({ deskOf }) => {
  const desk = await deskOf('committee')
  const { page } = desk
  await desk.go('quizzes/challenges/new')
  await page.getByLabel('名称').fill('十二月挑战')
  await page.getByLabel('第一天').fill(ahead(0))
  await page.getByRole('button', { name: '发起' }).click()
  await expect(page.locator('#first_day_fault')).toContainText('明天')
  await page.getByLabel('第一天').fill(ahead(40))
  await page.getByLabel('最后一天').fill(ahead(50))
  await page.getByRole('button', { name: '发起' }).click()
  await expect(page.getByText('挑战发起了')).toBeVisible()
  await expect(page.getByText('那以后各网格才有名次')).toBeVisible()
  await page.getByText('撤回这个挑战').click()
  await page.getByLabel('原因').fill('日期写错了')
  await page.getByRole('button', { name: '撤回', exact: true }).click()
  await expect(page.getByText('撤回了。')).toBeVisible()
})
