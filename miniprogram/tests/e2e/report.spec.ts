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
  await expect(async () => {
    await neighbour.go('/pages/nearby/index')
    await expect(found).toBeVisible({ timeout: 3_000 })
  }).toPass({ timeout: 45_000 })
  await neighbour.press(found)
  await expect(neighbour.see('t-number')).toContainText(number)
  await expect(neighbour.see('t-timeline')).toBeVisible()
  await expect(neighbour.text(name)).toBeHidden()

  await neighbour.back()
  await neighbour.press('t-tab-map')
  await expect(neighbour.see('t-map')).toBeVisible()
})
