import { again, LONG_MS } from './support/again'
import { onDay, planShift, volunteer } from './support/patrols'
import { expect, test } from './support/phone'

// Finding and joining a shift, on both builds; the waiting list, swaps and planning, in the browser.

const somebody = (): string => `walker-${String(Date.now() % 1_000_000)}`
const mark = (): string => String(Date.now() % 100_000)

test('a shift is found in the list and joined', async ({ phoneOf, build }) => {
  const committee = await phoneOf('committee')
  const title = `晨间巡逻 ${mark()}`
  const hour = build === 'h5' ? '06' : '08'
  await planShift(committee, title, { starts_at: onDay(7, `${hour}:00`), ends_at: onDay(7, `${hour}:30`), capacity: 2 })

  const phone = await phoneOf(somebody())
  await volunteer(phone)
  await phone.go('/pages/home/index')
  await phone.press('t-entry-shifts')
  await expect(phone.see('t-filter')).toBeVisible()
  await phone.press('t-calendar-later')
  const card = phone.all('t-shift').filter({ hasText: title })
  await expect(card).toContainText('还有 2 个名额')
  await phone.expectNoOverflow()
  await phone.press(card.locator('.t-join'))
  await expect(card).toContainText('已报名')
  await expect(card).toContainText('还有 1 个名额')

  await phone.press('t-filter-mine')
  await expect(phone.all('t-shift')).toHaveCount(1)
  await phone.press(phone.all('t-shift').first().locator('.shift__main'))
  await expect(phone.see('t-when')).toContainText(`${hour}:00–${hour}:30`)
  await expect(phone.see('t-my-state')).toContainText('您已报名')
  await phone.expectNoOverflow()
  await phone.press('t-shift-leave')
  await phone.agree()
  await expect(phone.see('t-shift-join')).toBeVisible()
})

test('whoever is no volunteer yet is led to the form', async ({ phoneOf, build }) => {
  test.skip(build !== 'h5')
  const committee = await phoneOf('committee')
  const { id } = await planShift(committee, `午间巡逻 ${mark()}`, { starts_at: onDay(8, '12:00'), ends_at: onDay(8, '13:00') })
  const phone = await phoneOf(somebody())
  await phone.go(`/pkg-patrols/shift/index?id=${String(id)}`)
  await phone.press('t-shift-join')
  await phone.agree()
  await expect(phone.see('t-start')).toBeVisible()
  await phone.back()
  await expect(phone.see('t-shift-join')).toBeVisible()
})

test('a seat that becomes free is held for who waits, and taken', async ({ phoneOf, build }) => {
  test.skip(build !== 'h5')
  const committee = await phoneOf('committee')
  const { id } = await planShift(committee, `候补巡逻 ${mark()}`, { starts_at: onDay(9, '19:00'), ends_at: onDay(9, '20:00'), capacity: 1 })
  const first = await phoneOf(`${somebody()}-a`)
  await volunteer(first)
  await first.asThem('POST', `/shifts/${String(id)}/signups`)

  const phone = await phoneOf(`${somebody()}-b`)
  await volunteer(phone)
  const path = `/pkg-patrols/shift/index?id=${String(id)}`
  await phone.go(path)
  await phone.press('t-shift-join_waiting')
  await expect(phone.see('t-my-state')).toContainText('候补第 1 位')

  await first.asThem('DELETE', `/shifts/${String(id)}/signups/mine`)
  await again(async (within) => {
    await phone.go('/pages/home/index')
    await expect(phone.see('t-ask-offer')).toBeVisible(within)
  })
  await phone.press('t-ask-offer')
  await expect(phone.see('t-offer')).toContainText(/还剩 (1 小时|2 小时)/)
  await phone.press('t-offer-accept')
  await expect(phone.see('t-shift-state')).toContainText('已报名')
  await expect(phone.see('t-crew')).toBeVisible()
})

test('a planner makes a shift, sees whom to ask, and cancels it with a reason', async ({ phoneOf, build }) => {
  test.skip(build !== 'h5')
  const title = `夜间看看 ${mark()}`
  const committee = await phoneOf('committee')
  await committee.go('/pages/home/index')
  await committee.press('t-entry-plan')
  await committee.press('t-new-shift')
  await committee.fill('t-title', title)
  await committee.press('t-minimum-more')
  await committee.press('t-save-shift')
  await expect(committee.see('t-when')).toContainText('19:00–21:00')
  await committee.expectNoOverflow()

  await committee.press('t-shift-call_out')
  await expect(committee.page.locator('[class*="t-person-"]').filter({ visible: true }).first()).toBeVisible()
  await committee.press('t-suggest')
  await committee.press('t-call-out')
  await expect(committee.text('已问过')).toBeVisible()
  await committee.expectNoOverflow()

  await committee.back()
  await committee.press('t-shift-edit')
  await committee.press('t-cancel-open')
  await committee.fill('t-reason', '下大雨')
  await committee.press('t-cancel')
  await expect(committee.text('取消原因：下大雨')).toBeVisible()
})

test('a roster for the next week is proposed, changed by hand, and accepted', async ({ phoneOf, build }) => {
  test.skip(build !== 'h5')
  test.slow()
  const committee = await phoneOf('committee')
  await planShift(committee, `排班试试 ${mark()}`, { starts_at: onDay(9, '14:00'), ends_at: onDay(9, '15:00'), minimum: 2 })
  await committee.go('/pkg-patrols/plan/index')
  await committee.press('t-roster')
  await committee.press('t-propose')
  await expect(committee.see('t-roster-figures')).toBeVisible({ timeout: LONG_MS })
  await expect(committee.see('t-roster-shift')).toBeVisible()
  await committee.expectNoOverflow()
  await committee.press('t-accept-roster')
  await committee.agree()
  await expect(committee.see('t-roster-accepted')).toBeVisible()
})

test('my shifts come to my own calendar', async ({ phoneOf, build }) => {
  test.skip(build !== 'h5')
  const phone = await phoneOf(somebody())
  await volunteer(phone)
  await phone.go('/pkg-patrols/mine/index')
  await phone.press('t-calendar')
  await phone.press('t-calendar-make')
  const url = phone.see('t-calendar-url')
  await expect(url).toContainText('.ics')
  const feed = await phone.page.request.get(new URL(await url.innerText()).pathname)
  expect(await feed.text()).toContain('BEGIN:VCALENDAR')
})
