import { LONG_MS } from './support/again'
import { expect, test, type Phone } from './support/phone'

// Becoming a volunteer, on both builds; teams, and points for a small thing, in the browser.

const somebody = (): string => `volunteer-${String(Date.now() % 1_000_000)}`

/** Turns a wheel to one of its words. */
async function turn(phone: Phone, hook: string, word: string): Promise<void> {
  if (phone.build === 'mp-weixin') {
    await phone.see(hook).locator('select').selectOption({ label: word })
    return
  }
  await phone.press(hook)
  const column = phone.page.locator('.uni-picker-view-content, .uni-picker-item').filter({ visible: true }).first()
  await expect(column).toBeVisible()
  await phone.press(phone.page.locator('.uni-picker-action-confirm').filter({ visible: true }).first())
}

test('somebody becomes a volunteer, one thing at a time, and may walk away in between', async ({ phoneOf }) => {
  const phone = await phoneOf(somebody())
  await phone.go('/pages/me/index')
  await phone.press('t-me-volunteer')
  await phone.press('t-start')
  await phone.press('t-next')
  await expect(phone.text('请选出生年份')).toBeVisible()
  // The wheel stands at 1968 at first; in the browser it is only confirmed.
  await turn(phone, 't-birth-year', '1968 年')
  await phone.press('t-next')

  await phone.press('t-skill-first_aid')
  await phone.press('t-skill-care')
  // Called away; what was said is still there.
  await phone.go('/pkg-volunteers/profile/index')
  await expect(phone.see('t-skill-care')).toContainText('照顾老人小孩')
  await expect(phone.see('t-step-skills')).toBeVisible()
  await phone.press('t-next')
  await phone.press('t-spoken-zh')
  await phone.press('t-next')
  await phone.press('t-part-evening')
  await phone.press('t-time-6-morning')
  await phone.press('t-next')
  await phone.press('t-like-here')
  await phone.press(phone.page.locator('[class*="t-like-5"]').filter({ visible: true }).first())
  await phone.press('t-next')
  await phone.fill('t-contact-name', '女儿')
  await phone.fill('t-contact-phone', '138')
  await phone.press('t-next')
  await expect(phone.text('请写 11 位手机号')).toBeVisible()
  await phone.fill('t-contact-phone', '13800001234')
  await phone.press('t-next')
  await expect(phone.see('t-risk')).toBeVisible()
  await phone.press('t-next')
  await expect(phone.text('请读完上面几条')).toBeVisible()
  await phone.press('t-risk')
  await phone.press('t-next')
  await expect(phone.see('t-welcome')).toContainText(/LV-\d{4}-\d{6}/)

  await phone.press('t-see-profile')
  await expect(phone.see('t-edit-skills')).toContainText('急救')
  await expect(phone.see('t-edit-times')).toContainText('8 段时间')
  await expect(phone.see('t-edit-contact')).toContainText('女儿')
  await phone.press('t-pause')
  await expect(phone.see('t-volunteer')).toContainText('休息中')
  await phone.press('t-edit-skills')
  await phone.press('t-skill-care')
  await phone.press('t-edit-save')
  await expect(phone.see('t-edit-skills')).not.toContainText('照顾老人小孩')
  await phone.expectNoOverflow()
})

test('leaving deletes the profile and leads back to the beginning', async ({ phoneOf, build }) => {
  test.skip(build !== 'h5')
  const code = somebody()
  const phone = await phoneOf(code)
  await phone.asThem('PUT', '/me/volunteer', { birth_year: 1980, skills: [], consent: true })
  await phone.go('/pkg-volunteers/profile/index')
  await phone.press('t-leave')
  await phone.agree()
  await expect(phone.see('t-start')).toBeVisible()
})

test('a team is asked, and its leader answers', async ({ phoneOf, build }) => {
  test.skip(build !== 'h5')
  const name = `测试队 ${String(Date.now() % 100_000)}`
  const committee = await phoneOf('committee')
  await committee.go('/pkg-volunteers/teams/index')
  await committee.press('t-new-team')
  await committee.fill('t-team-name', name)
  await committee.press('t-team-save')
  await expect(committee.text(name)).toBeVisible()
  const team = /[?&]id=(\d+)/.exec(committee.page.url())?.[1] ?? ''

  const neighbour = await phoneOf('neighbour')
  await neighbour.go(`/pkg-volunteers/team/index?id=${team}`)
  await neighbour.press('t-mine-ask')
  await expect(neighbour.see('t-mine-withdraw')).toBeVisible()

  await committee.go(`/pkg-volunteers/team/index?id=${team}`)
  await expect(committee.see('t-asking')).toContainText(await committee.nameOf('neighbour'))
  await committee.press('t-accept')
  await expect(committee.see('t-member')).toContainText(await committee.nameOf('neighbour'))
  await neighbour.go(`/pkg-volunteers/team/index?id=${team}`)
  await expect(neighbour.see('t-member')).toBeVisible()
})

test('points are spent for a small thing, which is handed out by its code', async ({ phoneOf, build }) => {
  test.skip(build !== 'h5')
  const name = `毛巾 ${String(Date.now() % 100_000)}`
  const committee = await phoneOf('committee')
  await committee.go('/pkg-points/offer/index')
  await committee.press('t-reward-add')
  await committee.fill('t-reward-name', name)
  await committee.fill('t-reward-cost', '5')
  await committee.fill('t-reward-stock', '1')
  await committee.press('t-reward-save')
  const offered = committee.all('t-reward').filter({ hasText: name })
  await expect(offered).toContainText('还有 1 份')

  const neighbour = await phoneOf('neighbour')
  await neighbour.go('/pkg-points/rewards/index')
  const before = Number(/\d+/.exec(await neighbour.see('t-have').innerText())?.[0])
  await neighbour.press(neighbour.all('t-reward').filter({ hasText: name }).locator('.t-redeem'))
  await neighbour.agree()
  const code = neighbour.see('t-code')
  await expect(code).toContainText(/[A-Z2-9]{5} [A-Z2-9]{5}/)
  await expect(neighbour.see('t-qr')).toBeVisible()
  // In a cellar without a network the code is still there.
  await neighbour.page.context().setOffline(true)
  await expect(code).toBeVisible()
  await neighbour.page.context().setOffline(false)

  await committee.go('/pkg-points/collect/index')
  await committee.fill('t-collect-code', await code.innerText())
  await committee.press('t-collect')
  await expect(committee.see('t-collected')).toContainText(name)
  await expect(committee.see('t-collected')).toContainText(await committee.nameOf('neighbour'))
  // The phone that shows the code finds out by itself.
  await expect(neighbour.see('t-settled')).toContainText('已领取', { timeout: LONG_MS })
  await neighbour.go('/pkg-points/points/index')
  await expect(neighbour.see('t-balance')).toHaveText(String(before - 5))
})

test('where people walked and where never stands on one page', async ({ phoneOf, build }) => {
  test.skip(build !== 'h5')
  const committee = await phoneOf('committee')
  await committee.go('/pages/me/index')
  await committee.press('t-me-participation')
  await expect(committee.see('t-coverage').locator('.t-map')).toBeVisible()
  await expect(committee.see('t-hours')).toContainText('点')
  await expect(committee.see('t-attendance')).toContainText('%')
  await expect(committee.see('t-teams')).toContainText('小时')
  await committee.expectNoOverflow()
})
