import { expect, test } from './support/desk'

// Who takes part, how it works, one level down and the report: read, set, answered, taken along.

test('a street reads figures, sets a target and is answered', async ({ deskOf, apiOf }) => {
  const desk = await deskOf('street')
  const { page } = desk
  const community = '510105007004'
  await desk.expectGoodLooks('participation', async () => {
    await expect(page.locator('.chart svg').first()).toBeVisible()
    await expect(page.locator('.later')).toHaveCount(0)
  })
  await desk.expectGoodLooks('children?sort=people', async () => {
    await expect(page.locator('.leaflet-interactive').first()).toBeVisible()
  })

  desk.place = community
  await desk.expectGoodLooks('evaluation')
  const target = page.getByRole('row').filter({ hasText: '按时率' }).first()
  await target.locator('summary').click()
  await target.getByRole('spinbutton').fill('90')
  await target.getByRole('button', { name: '保存' }).click()
  await expect(desk.said).toHaveText(/按时率的目标已改/)
  await expect(page.locator('#rates')).toContainText('至少 90%')

  await desk.go('rectifications')
  await page.getByText('提出整改').click()
  await page.getByLabel('标题').fill('东门消防通道')
  await page.getByLabel('要求', { exact: true }).fill('请把车挪走')
  await page.getByLabel('哪天前答复').fill(new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10))
  await page.getByRole('button', { name: '提出' }).click()
  await page.waitForURL(/\/rectifications\/\d+$/)
  const id = Number(page.url().split('/').pop())
  await (await apiOf('committee')).ask('POST', `/rectifications/${String(id)}/moves`, { to: 'answered', note: '已经挪走' })
  await page.reload()
  await page.getByRole('button', { name: '通过' }).click()
  await expect(desk.said).toHaveText('已通过。')
  await desk.expectGoodLooks(`rectifications/${String(id)}`)
})

test('a committee opens a figure and takes a report along', async ({ deskOf }) => {
  const desk = await deskOf('committee')
  const { page } = desk
  await desk.go('participation')
  await page.locator('.figure a').first().click()
  await expect(page.getByRole('heading', { name: '怎么算的' })).toBeVisible()
  await desk.expectGoodLooks('figures/on_time')

  await desk.go('report')
  await page.getByRole('button', { name: '生成' }).first().click()
  await expect(desk.said).toHaveText(/正在生成/)
  const newest = page.locator('.report').first()
  await expect(newest).toContainText('做好了', { timeout: 60_000 })
  await desk.expectGoodLooks('report')
  await newest.getByRole('link', { name: '看网页' }).click()
  await expect(page.frameLocator('iframe').locator('h1').first()).toBeVisible()
  const arriving = page.waitForEvent('download')
  await page.getByRole('link', { name: '下载表格' }).click()
  expect((await arriving).suggestedFilename()).toMatch(/\.xlsx$/)
})
