import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test, type Phone } from './support/phone'
import { chooseSomething, runningCampaign } from './support/quizzes'

// The pictures of the README, taken from the demo as it is: `npm run screenshots`.

const FOLDER = join(import.meta.dirname ?? __dirname, '../../../docs/screenshots')
const LARGEST = 250_000

async function take(phone: Phone, name: string): Promise<void> {
  mkdirSync(FOLDER, { recursive: true })
  const path = join(FOLDER, `${name}.png`)
  // Pictures and fonts have to be there, and the last movement over.
  await phone.page.waitForLoadState('networkidle')
  await phone.page.waitForTimeout(800)
  await phone.page.screenshot({ path, animations: 'disabled' })
  expect(statSync(path).size, `${name} is too large for the README`).toBeLessThan(LARGEST)
}

test('pictures of the browser build', async ({ phoneOf, photos, build }) => {
  test.skip(build !== 'h5')
  const resident = await phoneOf('resident')
  await expect(resident.see('t-hazard')).toBeVisible()
  await take(resident, 'home')
  await resident.fillReport({
    description: '三单元楼道停了两辆电动车，担架过不去。',
    address: '草堂路 12 号三单元',
    photo: photos.blocked,
  })
  await take(resident, 'report')
  await resident.answerMessages('accept', async () => {
    await resident.press('t-submit')
    await expect(resident.see('t-subscribe-sheet')).toBeVisible()
    await take(resident, 'allow-messages')
  })
  await expect(resident.see('t-number')).toBeVisible()
  await take(resident, 'case')
  const theCase = resident.case

  const worker = await phoneOf('gridworker')
  await worker.press('t-entry-tasks')
  await expect(worker.see('t-task')).toBeVisible()
  await take(worker, 'tasks')
  await worker.go(theCase)
  await worker.move('accept')
  await worker.move('assign', { assignee: await worker.nameOf('gridworker') })
  await worker.move('start')
  await worker.move('finish', { note: '已请车主挪走，并贴了提示。', photo: photos.cleared })

  await expect(async () => {
    await resident.go('/pages/notices/index')
    await expect(resident.all('t-notice').filter({ hasText: '请您确认' }).first()).toBeVisible({ timeout: 3_000 })
  }).toPass({ timeout: 45_000 })
  await take(resident, 'inbox')

  await resident.go('/pages/me/index')
  await resident.press('t-dark-dark')
  await resident.go(theCase)
  await expect(resident.see('t-move-confirm')).toBeVisible()
  await take(resident, 'confirm-dark')

  await expect(async () => {
    await worker.go('/pkg-hazards/tasks/index')
    await expect(worker.see('t-order-due')).toBeVisible({ timeout: 3_000 })
  }).toPass({ timeout: 90_000 })
  await worker.press('t-order-due')
  await expect(worker.see('t-order-text')).toBeVisible()
  await take(worker, 'order')

  const committee = await phoneOf('committee')
  await committee.press('t-entry-overview')
  await expect(committee.see('t-chart')).toBeVisible()
  await take(committee, 'overview')

  const neighbour = await phoneOf('neighbour')
  await neighbour.tab(1)
  await neighbour.press('t-tab-map')
  await expect(neighbour.see('t-map')).toBeVisible()
  await take(neighbour, 'map')
  await neighbour.go('/pages/me/index')
  await neighbour.press('t-letter-size-large')
  await neighbour.press('t-language-en')
  await neighbour.go('/pages/home/index')
  await expect(neighbour.see('t-hazard')).toBeVisible()
  await take(neighbour, 'home-large-english')
})

/** Who can walk when is another thing each weekday: the first shift for which somebody is suggested. */
async function findSomebody(committee: Phone): Promise<void> {
  const needs = committee.page.locator('[class*="t-find-"]').filter({ visible: true })
  await expect(needs.first()).toBeVisible()
  for (let number = 0; number < (await needs.count()); number += 1) {
    await committee.press(needs.nth(number))
    const suggested = expect(committee.see('t-suggest')).toBeVisible()
    if (await suggested.then(() => true).catch(() => false)) return
    await committee.go('/pkg-patrols/plan/index')
    await expect(needs.first()).toBeVisible()
  }
  throw new Error('nobody is suggested for any shift')
}

test('pictures of patrols', async ({ phoneOf, build }) => {
  test.skip(build !== 'h5')
  const neighbour = await phoneOf('neighbour')
  await neighbour.go('/pkg-patrols/shifts/index')
  await expect(neighbour.see('t-shift')).toBeVisible()
  await take(neighbour, 'shifts')
  await neighbour.go('/pkg-volunteers/certificates/index')
  await neighbour.press('t-paper')
  await expect(neighbour.see('t-certificate')).toBeVisible()
  await take(neighbour, 'certificate')

  const committee = await phoneOf('committee')
  await committee.go('/pkg-patrols/plan/index')
  await findSomebody(committee)
  await take(committee, 'who-to-ask')
  await committee.go('/pkg-committees/participation/index')
  await expect(committee.see('t-coverage')).toBeVisible()
  await take(committee, 'coverage')
})

test('pictures of quizzes', async ({ phoneOf, build }) => {
  test.skip(build !== 'h5')
  const learner = await phoneOf('neighbour')
  await learner.go('/pkg-quizzes/practice/index')
  await learner.press('t-practice-begin')
  for (const number of [1, 2, 3, 4, 5, 6]) {
    await chooseSomething(learner, 't-practice-send')
    await learner.press('t-practice-send')
    await expect(learner.see('t-answer')).toBeVisible()
    if (number === 1) await take(learner, 'practice')
    await learner.press('t-practice-next')
  }
  await learner.go('/pkg-quizzes/knowledge/index')
  await expect(learner.see('t-knowledge-answer')).toBeVisible()
  await take(learner, 'knowledge')

  await learner.go('/pkg-quizzes/daily/index')
  await learner.press('t-begin')
  for (const number of [1, 2, 3, 4, 5]) {
    await expect(learner.see(`t-dot-${String(number)}`)).toHaveAttribute('aria-selected', 'true')
    await chooseSomething(learner, 't-answer-send')
    if (number === 2) await take(learner, 'daily')
    await learner.press('t-answer-send')
    await learner.press(number < 5 ? 't-next' : 't-finish')
  }
  await expect(learner.see('t-result')).toBeVisible()
  await take(learner, 'result')
})

test('pictures of campaigns', async ({ phoneOf, build }) => {
  test.skip(build !== 'h5')
  const committee = await phoneOf('committee')
  const campaign = await runningCampaign(committee, '消防月安全答题', null, {
    topics: ['fire', 'ebike'],
    question_count: 10,
    about: { zh: '消防月到了。合格的邻居可以参加楼道消防巡逻。' },
    skill: 'fire_safety',
    skill_months: 12,
  })
  const neighbour = await phoneOf('neighbour')
  await neighbour.go(`/pkg-campaigns/campaign/index?id=${String(campaign)}`)
  await expect(neighbour.see('t-gives')).toBeVisible()
  await take(neighbour, 'campaign')
  await committee.go('/pkg-questions/questions/index')
  await committee.press('t-question')
  await expect(committee.see('t-figures')).toBeVisible()
  await take(committee, 'question')
})

test('pictures of the mini-program build', async ({ phoneOf, photos, build }) => {
  test.skip(build !== 'mp-weixin')
  const resident = await phoneOf('resident')
  await expect(resident.see('t-hazard')).toBeVisible()
  await take(resident, 'mini-program-home')
  await resident.report({ description: '楼道灯坏了。', category: 'LIGHT', address: '草堂路 12 号三单元', photo: photos.blocked })
  await take(resident, 'mini-program-case')
})
