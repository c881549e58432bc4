import { expect, test } from './support/phone'

test('a report made without a network is kept, and arrives once', async ({ phoneOf, photos }) => {
  const resident = await phoneOf('resident')
  const address = `草堂路 20 号 ${String(Date.now() % 100_000)}`
  const { page } = resident
  const context = page.context()

  await resident.fillReport({ description: '消防栓前停了车。', address, photo: photos.blocked })
  await context.setOffline(true)
  await expect(resident.see('t-offline')).toBeVisible()
  await resident.press('t-submit')
  await expect(resident.see('t-draft')).toBeVisible()

  // Neither a tab that was never opened nor its picture needs the network.
  await resident.press(resident.see('t-draft').locator('.main-button'))
  await resident.tab(3)
  await expect(resident.see('t-mine')).toBeVisible()
  const broken = await page.locator('.uni-tabbar__icon img').evaluateAll((found) => found.filter((picture) => !(picture as HTMLImageElement).naturalWidth).length)
  expect(broken, 'tabs without a picture').toBe(0)
  // Whoever looks for it among their reports finds it there, waiting.
  await resident.press('t-mine')
  await expect(resident.see('t-draft')).toContainText('还没发出')

  // The app is closed and opened again; the draft, with its photo, is still there.
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/api/v1/hazards')) {
      sent.push(request.headers()['idempotency-key'] ?? '')
    }
  })
  const arrived = page.waitForResponse((response) => response.url().endsWith('/api/v1/hazards') && response.status() === 201)
  await context.setOffline(false)
  await resident.go('/pages/home/index')
  await arrived
  await resident.go('/pkg-hazards/mine/index')
  await expect(resident.all('t-hazard').filter({ hasText: address })).toHaveCount(1)
  expect(new Set(sent).size).toBe(1)
})

test('pressing twice sends once', async ({ phoneOf }) => {
  const resident = await phoneOf('resident')
  const address = `草堂路 22 号 ${String(Date.now() % 100_000)}`
  const { page } = resident
  let requests = 0
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/api/v1/hazards')) requests += 1
  })
  await resident.fillReport({ description: '楼道灯不亮。', category: 'LIGHT', address })
  const button = resident.see('t-submit')
  // A robot fills a form faster than a button that has just come up takes a tap.
  await expect(button).not.toHaveClass(/settling/)
  const box = await button.boundingBox()
  if (!box) throw new Error('the button is not on the screen')
  const arrived = page.waitForResponse((response) => response.url().endsWith('/api/v1/hazards'))
  await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2)
  await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2)
  await arrived
  // Whatever came up beneath the second tap, it withdrew nothing and sent nothing.
  await resident.go('/pkg-hazards/mine/index')
  const mine = resident.all('t-hazard').filter({ hasText: address })
  await expect(mine).toHaveCount(1)
  await expect(mine).toContainText('待受理')
  expect(requests).toBe(1)
})
