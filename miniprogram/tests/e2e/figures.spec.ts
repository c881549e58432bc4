import { type APIRequestContext } from '@playwright/test'

import { LONG_MS } from './support/again'
import { expect, test } from './support/phone'

// What a committee reads of its place, what it is asked to put right, and the report that it hands in.

const COMMUNITY = '510105007004'
const ROOT = '/api/v1'
const SHANGHAI_AHEAD_MS = 8 * 3_600_000
const YOUNG_DAYS = 14

/** In its first two weeks a quarter has hardly anything to show, and of the one before the demo's four weeks are left. */
function quarterIsYoung(): boolean {
  const [month, day] = new Date(Date.now() + SHANGHAI_AHEAD_MS).toISOString().slice(5, 10).split('-').map(Number)
  return ((month ?? 1) - 1) % 3 === 0 && (day ?? 1) <= YOUNG_DAYS
}

async function tokenOf(request: APIRequestContext, person: string): Promise<{ Authorization: string }> {
  const session = await request.post(`${ROOT}/session`, { data: { code: `demo:${person}` } })
  const { access_token: token } = (await session.json()) as { access_token: string }
  return { Authorization: `Bearer ${token}` }
}

test('a committee opens its figures down to what they are made of', async ({ phoneOf }) => {
  const committee = await phoneOf('committee')
  await committee.go('/pages/me/index')
  await committee.press('t-me-figures')
  await expect(committee.see('t-answer')).toBeVisible()
  await committee.press('t-range-before')
  await committee.press('t-range-quarter')
  if (quarterIsYoung()) await committee.press('t-range-before')
  await expect(committee.see('t-answer')).toContainText('位邻居参加')
  await committee.expectNoOverflow()
  await committee.press('t-line-patrolled')
  await expect(committee.see('t-numerator')).toContainText('巡逻人次')
  await expect(committee.see('t-row-facts')).toBeVisible()
  await committee.back()

  await committee.press('t-to-indicators')
  await committee.press('t-line-participation')
  await expect(committee.see('t-parts')).toBeVisible()
  // One grid of it: a share of those at home in a community is none of its grids', and no number stands for it.
  await committee.go(`/pkg-committees/figure/index?name=breadth&place=${COMMUNITY}001&kind=quarter&offset=0`)
  await expect(committee.see('t-withheld')).toContainText('单个网格没有这个数字')
  await expect(committee.all('t-value')).toHaveCount(0)
  await expect(committee.all('t-measures')).toHaveCount(0)
  await committee.expectNoOverflow()
})

test('what has to be put right is answered on the phone, and accepted on another', async ({ phoneOf, build, request }) => {
  test.skip(build !== 'h5')
  const title = `按时率 ${String(Date.now() % 100_000)}`
  const due = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10)
  const headers = await tokenOf(request, 'street')
  const raised = await request.post(`${ROOT}/committees/${COMMUNITY}/rectifications`, {
    headers,
    data: { title, demand: '请说明并改进。', due_on: due, figure: 'on_time' },
  })
  const { id } = (await raised.json()) as { id: number }

  const committee = await phoneOf('committee')
  await committee.go('/pkg-committees/rectifications/index')
  await committee.press(committee.all('t-rectification').filter({ hasText: title }).first())
  await committee.press('t-send')
  await expect(committee.text('请写几句')).toBeVisible()
  await committee.fill('t-note', '已加派一名网格员。')
  await committee.press('t-send')
  await expect(committee.see('t-rectification-state')).toContainText('已答复')
  await expect(committee.see('t-answer-given')).toContainText('已加派一名网格员')
  await committee.expectNoOverflow()

  const street = await phoneOf('street')
  await street.go(`/pkg-committees/rectification/index?id=${String(id)}`)
  await expect(street.see('t-answer-given')).toBeVisible()
  await street.press('t-move-accept')
  await expect(street.see('t-rectification-state')).toContainText('已通过')
})

test('a report is asked for, told of when it is ready, and opened', async ({ phoneOf, build }) => {
  test.skip(build !== 'h5')
  const committee = await phoneOf('committee')
  await committee.go('/pkg-reports/reports/index')
  await committee.press('t-new-report')
  await committee.press('t-kind-quarter')
  await committee.press('t-ask')
  // The clock may have asked for this one already.
  const state = committee.see('t-report-state')
  await expect(state.or(committee.see('t-refused'))).toBeVisible()
  if (!(await state.isVisible())) {
    await committee.go('/pkg-reports/reports/index')
    await committee.press(committee.all('t-report-row').filter({ hasText: '季度' }).first())
  }
  await expect(state).toContainText('已定稿', { timeout: LONG_MS })
  const file = committee.page.waitForResponse((answer) => answer.url().includes('/report.xlsx'))
  const kept = committee.page.waitForEvent('download')
  await committee.press('t-open-xlsx')
  expect((await file).status()).toBe(200)
  expect((await kept).suggestedFilename()).toMatch(/\.xlsx$/)
  await committee.expectNoOverflow()
})
