import { again, LONG_MS } from './support/again'
import { expect, test } from './support/phone'

// The main job, from a resident's phone to a confirmed solution; runs on both builds.

test('a blocked fire lane goes from a resident to a confirmed solution', async ({ phoneOf, photos }) => {
  const address = `草堂路 12 号三单元 ${String(Date.now() % 100_000)}`

  const resident = await phoneOf('resident')
  const number = await resident.report({
    description: '三单元楼道停了两辆电动车，担架过不去。',
    address,
    photo: photos.blocked,
  })
  expect(number).toMatch(/^CT-\d{8}-\d{4}$/)
  await expect(resident.see('t-promise')).toContainText('前')
  await expect(resident.see('t-timeline')).toContainText(await resident.nameOf('resident'))
  await resident.expectState('待受理')
  const theCase = resident.case

  const worker = await phoneOf('gridworker')
  await worker.press('t-entry-tasks')
  await worker.press(worker.all('t-task').filter({ hasText: address }).locator('.tap, .t-open').or(worker.all('t-task').filter({ hasText: address })).first())
  await expect(worker.see('t-number')).toContainText(number)
  await worker.move('accept')
  await worker.expectState('处理中')
  await expect(worker.see('t-promise')).toContainText('前')
  await worker.move('assign', { assignee: await worker.nameOf('gridworker') })
  await worker.move('start')
  await worker.move('finish', { note: '已请车主挪走，并贴了提示。', photo: photos.cleared })
  await worker.expectState('待确认')

  await resident.go(theCase)
  await expect(resident.see('t-timeline')).toContainText('已请车主挪走')
  await resident.move('confirm', { rating: 5 })
  await resident.expectState('已结案')

  const committee = await phoneOf('committee')
  await committee.press('t-entry-overview')
  for (const figure of ['reported', 'open', 'overdue', 'closed']) {
    await expect(committee.see(`t-figure-${figure}`)).toContainText(/\d/)
  }
  for (const rate of ['on_time', 'satisfied', 'resolved']) {
    await expect(committee.see(`t-rate-${rate}`)).toContainText('%')
  }
  await expect(committee.see('t-chart')).toBeVisible()
})

test('a neighbour sees a case on list and map, but not who reported it without a name', async ({ phoneOf, photos }) => {
  const address = `草堂路 8 号门口 ${String(Date.now() % 100_000)}`
  const resident = await phoneOf('resident')
  const number = await resident.report({ description: '井盖松动。', category: 'MANHOLE', address, photo: photos.blocked, anonymous: true })
  const name = await resident.nameOf('resident')

  const neighbour = await phoneOf('neighbour')
  const found = neighbour.all('t-hazard').filter({ hasText: address }).first()
  // What was written is for neighbours once it has passed its check, which takes a moment.
  await again(async (within) => {
    await neighbour.go('/pages/nearby/index')
    await expect(found).toBeVisible(within)
  })
  await neighbour.press(found)
  await expect(neighbour.see('t-number')).toContainText(number)
  await expect(neighbour.see('t-timeline')).toBeVisible()
  await expect(neighbour.text(name)).toBeHidden()

  await neighbour.back()
  await neighbour.press('t-tab-map')
  await expect(neighbour.see('t-map')).toBeVisible()
})

test('a report that the service is too busy for arrives by itself, once', async ({ phoneOf }) => {
  const address = `草堂路 16 号 ${String(Date.now() % 100_000)}`
  const resident = await phoneOf('resident')
  const { page } = resident
  const keys: string[] = []
  await page.route('**/api/v1/hazards', async (route) => {
    const request = route.request()
    if (request.method() !== 'POST') {
      await route.fallback()
      return
    }
    keys.push(request.headers()['idempotency-key'] ?? '')
    if (keys.length > 2) {
      await route.fallback()
      return
    }
    const problem = { type: 'about:blank', title: '', status: 503, detail: '', code: 'unavailable', errors: [] }
    await route.fulfill({ status: 503, contentType: 'application/problem+json', headers: { 'Retry-After': '2' }, body: JSON.stringify(problem) })
  })
  const arrived = page.waitForResponse((response) => response.url().endsWith('/api/v1/hazards') && response.status() === 201, { timeout: LONG_MS })
  await resident.fillReport({ description: '楼道堆了纸箱。', address })
  await resident.press('t-submit')
  await expect(resident.see('t-draft')).toBeVisible()

  // Nobody does anything, and the phone was online all the while.
  await arrived
  await expect(resident.text('1 份报告已发出')).toBeVisible()
  expect(keys).toHaveLength(3)
  expect(new Set(keys).size).toBe(1)
  await resident.go('/pkg-hazards/mine/index')
  await expect(resident.all('t-hazard').filter({ hasText: address })).toHaveCount(1)
})
