import { LONG_MS } from './support/again'
import { expect, test } from './support/desk'

// Who takes part, how it works, one level down and the report: read, set, answered, taken along.

const COMMUNITY = '510105007004'
const DAY_MS = 86_400_000

test('a street sees who takes part, and where', async ({ deskOf }) => {
  const desk = await deskOf('street')
  const { page } = desk
  await desk.expectGoodLooks('participation', async () => {
    await expect(page.locator('.chart svg').first()).toBeVisible()
    await expect(page.locator('.later')).toHaveCount(0)
  })
  await desk.go('children?sort=people')
  await expect(page.locator('.leaflet-interactive').first()).toBeVisible()
  await page.locator('.places').getByRole('link', { name: '草堂路社区', exact: true }).click()
  await expect(page).toHaveURL(new RegExp(`/console/${COMMUNITY}/children`))
})

test('a street sets a target, asks for something to be put right, and is answered', async ({ deskOf, apiOf }) => {
  const desk = await deskOf('street')
  const { page } = desk
  desk.place = COMMUNITY
  await desk.expectGoodLooks('evaluation')
  await desk.go('evaluation')
  const target = page.locator('#rates tr').filter({ has: page.getByRole('link', { name: '按时率', exact: true }) })
  await target.locator('summary').click()
  await target.getByRole('spinbutton').evaluate((field: HTMLInputElement) => {
    field.max = ''
    field.value = '150'
  })
  await target.getByRole('button', { name: '保存' }).click()
  await expect(desk.refused).toContainText('目标')
  await target.getByRole('spinbutton').fill('90')
  await target.getByRole('button', { name: '保存' }).click()
  await expect(desk.said).toHaveText(/按时率的目标已改/)
  await expect(desk.refused).toBeEmpty()
  await expect(page.locator('#rates')).toContainText('至少 90%')

  await desk.go('rectifications')
  await page.getByText('提出整改').click()
  await page.getByLabel('标题').fill('东门消防通道')
  await page.getByLabel('要求', { exact: true }).fill('请把车挪走')
  await page.getByLabel('哪天前答复').fill(new Date(Date.now() + 5 * DAY_MS).toISOString().slice(0, 10))
  await page.getByRole('button', { name: '提出', exact: true }).click()
  await page.waitForURL(/\/rectifications\/\d+$/)
  const id = String(page.url().split('/').pop())
  await (await apiOf('committee')).ask('POST', `/rectifications/${id}/moves`, { to: 'answered', note: '已经挪走' })
  await page.reload()
  await page.getByRole('button', { name: '通过' }).click()
  await expect(desk.said).toHaveText('已通过。')
})

test('a committee opens a figure and takes a report along', async ({ deskOf }) => {
  const desk = await deskOf('committee')
  const { page } = desk
  await desk.go('participation')
  await page.locator('.figure a').first().click()
  await expect(page.getByRole('heading', { name: '怎么算的' })).toBeVisible()

  await desk.go('report')
  await page.getByLabel('月报，哪个月').selectOption({ index: 3 })
  await page.getByRole('button', { name: '生成' }).first().click()
  await expect(desk.said).toHaveText(/正在生成/)
  const newest = page.locator('.report').first()
  await expect(newest).toContainText('做好了', { timeout: LONG_MS })
  await expect(page.locator('h1')).not.toContainText('正在生成')
  await newest.getByRole('link', { name: '看网页' }).click()
  await expect(page.frameLocator('iframe').locator('h1').first()).toBeVisible()
  const arriving = page.waitForEvent('download')
  await page.getByRole('link', { name: '下载表格' }).click()
  expect((await arriving).suggestedFilename()).toMatch(/\.xlsx$/)
})

// The other pages are only looked at: `LOOK=/somewhere npm run test:console -- console-figures`.
for (const path of ['children?sort=on_time', 'rectifications', 'figures/on_time', 'report', 'participation/siblings']) {
  test(`looks: ${path}`, async ({ deskOf }) => {
    test.skip(!process.env.LOOK, 'looked at by people')
    const desk = await deskOf('street')
    desk.place = path === 'children?sort=on_time' ? '510105007' : COMMUNITY
    await desk.expectGoodLooks(path)
  })
}
