import { LONG_MS } from './support/again'
import { inMinutes, planShift, scan, someRoute, volunteer } from './support/patrols'
import { expect, test } from './support/phone'

// A round is walked without a network, with two checkpoints and a finding, and led: on both builds.

/** The call for help goes out once its button was held for 1.2 s. */
const LONGER_THAN_HELD_MS = 2_000

interface SeenRound {
  people: { resident: { name: string }; state: string; checkpoints_done: number[]; check_ins: { kind: string; code: string }[] }[]
  findings: { number: string }[]
}

test('a round without a network arrives whole, and once', async ({ phoneOf, photos }) => {
  test.slow()
  const committee = await phoneOf('committee')
  const route = await someRoute(committee)
  const [one, two] = route.checkpoints
  if (!one || !two) throw new Error('the demo has a route with two checkpoints')
  const { codes } = await committee.asThem<{ codes: { checkpoint_id: number; text: string }[] }>('GET', `/patrol-routes/${String(route.id)}/codes`)
  const leader = await phoneOf('leader')
  const { id: leaderId } = await leader.asThem<{ id: number }>('GET', '/me')
  const title = `现在巡逻 ${String(Date.now() % 100_000)}`
  const walker = await phoneOf(`walker-${String(Date.now() % 1_000_000)}`)
  await volunteer(walker)
  const begins = inMinutes(0.5)
  const { id } = await planShift(committee, title, { starts_at: begins, ends_at: inMinutes(60), route_id: route.id, leader_id: leaderId })
  await walker.asThem('POST', `/shifts/${String(id)}/signups`)
  const context = walker.page.context()

  // The leader shows the code of this half minute; the walker scans it to begin.
  await leader.go(`/pkg-rounds/lead/index?id=${String(id)}`)
  await expect(leader.see('t-qr')).toBeVisible()

  await walker.go('/pages/home/index')
  await expect(walker.see('t-ask-shift')).toContainText('现在就是您的班次')
  await walker.press('t-ask-shift')
  await walker.press('t-track-no')
  const code = await leader.see('t-code-text').innerText()
  expect(code).toMatch(/^R1\./)
  await scan(walker, 't-start-scan', code)
  await expect(walker.see('t-next')).toContainText(one.name)
  await expect(walker.see('t-kept')).toContainText('都送到了')
  await walker.expectNoOverflow()

  // In the basement there is no network.
  await context.setOffline(true)
  await expect(walker.see('t-offline')).toBeVisible()
  await context.setGeolocation({ latitude: one.lat, longitude: one.lon, accuracy: 10 })
  await walker.press('t-self')
  await expect(walker.see('t-step-1')).toContainText('存在手机')
  await expect(walker.see('t-next')).toContainText(two.name)
  await scan(walker, 't-scan', codes.find(({ checkpoint_id: point }) => point === two.id)?.text ?? '')
  await expect(walker.see('t-step-2')).toContainText('扫码')
  await expect(walker.see('t-kept')).toContainText('2 条存在手机里')

  // Something was found: a photo, what it is, sent; it waits on the phone.
  await walker.press('t-finding')
  await expect(walker.see('t-on-round')).toBeVisible()
  await walker.choosePhoto('t-photo-add', photos.blocked)
  await walker.press('t-category-FIRE_LANE')
  await walker.press('t-submit')
  await expect(walker.see('t-draft')).toBeVisible()
  await walker.press(walker.see('t-draft').locator('.main-button'))
  await expect(walker.see('t-step-2')).toContainText('存在手机')

  const batches: number[] = []
  // A try that the network swallows is made again; what arrives, arrives in one batch.
  walker.page.on('response', (response) => {
    const request = response.request()
    if (response.ok() && request.url().endsWith('/check-ins/batch')) batches.push(((request.postDataJSON() ?? { items: [] }) as { items: unknown[] }).items.length)
  })
  await context.setOffline(false)
  await expect(walker.see('t-kept')).toContainText('都送到了', { timeout: LONG_MS })
  expect(batches).toEqual([2])

  await walker.press('t-end')
  await walker.agree()
  await expect(walker.see('t-step-end')).toContainText('已送达')

  const seen = async () => committee.asThem<SeenRound>('GET', `/shifts/${String(id)}/round`)
  await expect.poll(async () => (await seen()).findings.length, { timeout: LONG_MS }).toBe(1)
  const { people } = await seen()
  expect(people).toHaveLength(1)
  expect(people[0]?.checkpoints_done).toEqual([one.id, two.id])
  expect(people[0]?.check_ins.map(({ kind }) => kind)).toEqual(['start', 'checkpoint', 'checkpoint', 'end'])
  expect(people[0]?.check_ins.map(({ code: kind }) => kind)).toEqual(['rotating', 'none', 'static', 'none'])

  // The leader sees it, and says of the walker that they were there.
  await leader.page.waitForTimeout(Math.max(0, new Date(begins).getTime() - Date.now()) + 1000)
  await leader.go(`/pkg-rounds/lead/index?id=${String(id)}`)
  await leader.press('t-lead-view-people')
  await expect(leader.see('t-lead-counts')).toContainText('1 人已结束')
  await leader.press(leader.see('t-round-person').locator('.tap').first())
  await leader.press('t-attest')
  await expect(leader.see('t-attested')).toContainText('来了')
  await expect(leader.see('t-finding-link')).toBeVisible()
  await leader.expectNoOverflow()
})

test('a call for help reaches leader and committee, and is taken back when all is well', async ({ phoneOf, build }) => {
  test.skip(build !== 'h5')
  const committee = await phoneOf('committee')
  const leader = await phoneOf('leader')
  const { id: leaderId } = await leader.asThem<{ id: number }>('GET', '/me')
  const { id } = await planShift(committee, `求助试试 ${String(Date.now() % 100_000)}`, {
    starts_at: inMinutes(3),
    ends_at: inMinutes(40),
    leader_id: leaderId,
  })
  const walker = await phoneOf(`walker-${String(Date.now() % 1_000_000)}`)
  await volunteer(walker)
  await walker.asThem('POST', `/shifts/${String(id)}/signups`)
  await walker.go(`/pkg-rounds/round/index?id=${String(id)}`)

  // A touch is not enough; held, it asks for a moment, and goes out by itself.
  const button = walker.see('t-sos')
  await expect(button).toBeVisible()
  const finger = await walker.page.context().newCDPSession(walker.page)
  const box = await button.boundingBox()
  if (!box) throw new Error('the button is not on the screen')
  const touch = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  const down = () => finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [touch] })
  const up = () => finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  // Both at once: a machine that stalls between them would hold it.
  await Promise.all([down(), up()])
  await walker.page.waitForTimeout(LONGER_THAN_HELD_MS)
  await expect(walker.see('t-sos-sheet')).toBeHidden()
  await down()
  await expect(walker.see('t-sos-sheet')).toContainText('110')
  await up()
  await expect(walker.see('t-sos-sheet')).toContainText('求助已送到', { timeout: LONG_MS })

  await leader.go(`/pkg-rounds/lead/index?id=${String(id)}`)
  await expect(leader.see('t-help-call')).toContainText('求助')
  await leader.press('t-sos-go')
  await expect(leader.see('t-help-call')).toContainText('已接手')
  await expect(walker.see('t-sos-sheet')).toContainText('来帮您了', { timeout: LONG_MS })

  await walker.press('t-sos-well')
  await expect(walker.see('t-sos-sheet')).toBeHidden()
  await leader.go(`/pkg-rounds/lead/index?id=${String(id)}`)
  await expect(leader.see('t-lead-counts')).toBeVisible()
  await expect(leader.see('t-help-call')).toBeHidden()
})
