import { expect, test } from './support/desk'

// What is sent counts once: also where the answer was lost on the way, and the button pressed again.

test('a form that is sent again after a lost answer is done once, and one that stays may be sent anew', async ({ deskOf }) => {
  const desk = await deskOf('committee')
  const { page } = desk
  const name = `雨伞 ${String(Date.now())}`
  await desk.go('volunteers/rewards')
  const offer = page.locator('form').filter({ has: page.locator('#cost') })
  await page.locator('details').evaluateAll((found) => {
    found.forEach((one) => {
      one.setAttribute('open', '')
    })
  })
  await offer.locator('#name').fill(name)
  await offer.locator('#cost').fill('20')
  await offer.locator('#stock').fill('3')
  // The service does it, and the line breaks before it can say so.
  await page.route('**/volunteers/rewards', async (route) => {
    if (route.request().method() !== 'POST') return route.fallback()
    await route.fetch()
    await route.abort()
  })
  await offer.getByRole('button').click()
  await expect(desk.refused).toContainText('只算一次')
  // htmx tells of it, too.
  expect(desk.faults.splice(0).filter((fault) => !fault.startsWith('console: htmx:'))).toEqual([])
  await page.unroute('**/volunteers/rewards')
  await offer.getByRole('button').click()
  await page.waitForURL(/done=/)
  await expect(page.locator('li.card').filter({ hasText: name })).toHaveCount(1)

  await desk.go('plan')
  const copy = page.locator('form').filter({ has: page.locator('#to_week') })
  const key = copy.locator('input[name=once]')
  const first = await key.inputValue()
  await copy.getByRole('button').click()
  await expect(page.locator('#copied')).not.toBeEmpty()
  await expect(key).not.toHaveValue(first)
  await copy.getByRole('button').click()
  await expect(desk.refused).toBeEmpty()
})

test('two clicks move several cases once, and nothing is refused', async ({ deskOf, apiOf }) => {
  const [desk, resident] = [await deskOf('committee'), await apiOf('resident')]
  const { page } = desk
  const mark = `两下${String(Date.now())}`
  for (const each of ['甲', '乙']) {
    const said = { category: 'FIRE_LANE', description: `${mark}${each}：楼道堆物`, lat: 30.6586, lon: 104.0333, coord_sys: 'wgs84' }
    await resident.ask('POST', '/hazards', said)
  }
  await desk.go(`board?text=${mark}`)
  await expect(page.locator('[data-awake]')).toBeAttached()
  for (const box of await page.locator('[data-pick]').all()) await box.check()
  let sent = 0
  page.on('request', (request) => {
    if (request.method() === 'POST') sent += 1
  })
  await page.getByRole('button', { name: '全部受理' }).dblclick()
  await expect(page.locator('#count-accepted')).toHaveText('2')
  await page.waitForLoadState('networkidle')
  await expect(desk.refused).toBeEmpty()
  expect(sent).toBe(1)
})
