import { expect, test } from './support/desk'

// The patrol plan and the volunteers: a shift is planned, people are sought for it, it is called off.

test('a shift is planned, people are looked for, and it is cancelled with a reason', async ({ deskOf, isMobile }) => {
  const desk = await deskOf('committee')
  const { page } = desk
  const title = isMobile ? '西门夜巡' : '东门夜巡'
  await desk.go('plan/shifts/new')
  await page.getByLabel('名称').fill(title)
  await page.getByLabel('最少几人').fill('9')
  await page.getByRole('button', { name: '排上' }).click()
  await expect(desk.refused).toContainText('最少人数不能多于名额')

  await page.getByLabel('最少几人').fill('2')
  await page.getByRole('button', { name: '排上' }).click()
  await expect(page.getByText('志愿者现在可以报名')).toBeVisible()
  const card = page.locator('.shift', { hasText: title })
  await expect(card).toContainText('还缺 2 人')

  await card.getByRole('link', { name: title }).click()
  await page.getByRole('link', { name: '找人来' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(title)
  await page.getByRole('link', { name: '看这个班次' }).first().click()

  await page.getByText('取消这个班次').click()
  await page.getByLabel('原因').fill('台风红色预警')
  await page.getByRole('button', { name: '取消班次' }).click()
  await expect(page.getByText('取消原因：台风红色预警')).toBeVisible()
})

for (const path of ['plan', 'plan/coverage', 'volunteers']) {
  test(`looks good: ${path}`, async ({ deskOf }) => {
    const desk = await deskOf('committee')
    await desk.expectGoodLooks(path)
  })
}
