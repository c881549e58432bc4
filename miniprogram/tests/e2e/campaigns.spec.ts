import { expect, test } from './support/phone'
import { publishedTruths, runningCampaign } from './support/quizzes'

// A campaign from its announcement to a certificate; on paper for those without a phone; and who took part.

const STEMS = ['楼道里不能放电动车。', '电池不能带回家充电。', '着火时不能乘电梯。']

interface WxCall {
  name: string
  options: Record<string, string>
}

const unique = (): string => String(Date.now() % 1_000_000)

test('a neighbour takes part, passes, and opens the certificate', async ({ phoneOf, build }) => {
  const title = `消防月答题 ${unique()}`
  const committee = await phoneOf('committee')
  const questions = await publishedTruths(committee, await phoneOf('street'), STEMS.map((stem) => `${stem}（${unique()}）`))
  await runningCampaign(committee, title, questions, { skill: 'fire_safety', skill_months: 12 })

  const neighbour = await phoneOf('neighbour')
  await neighbour.go('/pages/me/index')
  await neighbour.press('t-me-campaigns')
  await neighbour.press(neighbour.all('t-campaign').filter({ hasText: title }))
  await expect(neighbour.see('t-promise')).toContainText('前完成')
  await expect(neighbour.see('t-gives')).toContainText('消防安全')
  await neighbour.press('t-take')
  await neighbour.agree()
  for (const [index] of STEMS.entries()) {
    await expect(neighbour.see('t-number')).toContainText(`第 ${String(index + 1)} 题`)
    await neighbour.press(neighbour.all('t-option').filter({ hasText: '正确' }))
    await neighbour.press('t-answer-send')
    await expect(neighbour.see('t-source')).toContainText('第二十八条')
    await neighbour.press(index < STEMS.length - 1 ? 't-next' : 't-finish')
  }
  await expect(neighbour.see('t-verdict')).toContainText('合格')
  await neighbour.press('t-certificate')
  await expect(neighbour.see('t-pass')).toContainText(title)
  if (build === 'h5') {
    const opened = neighbour.page.context().waitForEvent('page')
    await neighbour.press('t-pass-pdf')
    await (await opened).close()
  } else {
    await neighbour.press('t-pass-pdf')
    const calls = () => neighbour.page.evaluate(() => (globalThis as unknown as { wxCalls?: WxCall[] }).wxCalls ?? [])
    await expect.poll(async () => (await calls()).find(({ name }) => name === 'openDocument')?.options.begins ?? '').toMatch(/^%PDF-/)
  }
})

test('the committee plans a campaign, prints it, enters a paper, and sees numbers but no names', async ({ phoneOf, build }) => {
  test.skip(build !== 'h5')
  const title = `燃气安全 ${unique()}`
  const committee = await phoneOf('committee')
  await committee.go('/pkg-campaigns/edit/index')
  await committee.press('t-save-campaign')
  await expect(committee.text('请写活动名称')).toBeVisible()
  await committee.fill('t-campaign-name', title)
  await committee.press('t-topic-gas')
  await committee.press('t-save-campaign')
  await expect(committee.see('t-campaign-title')).toContainText(title)
  await committee.press('t-campaign-move-announce')
  await committee.agree()
  await expect(committee.see('t-campaign-announced')).toBeVisible()

  const campaign = await runningCampaign(committee, `纸质 ${unique()}`, null, { topics: ['ebike'], question_count: 3 })
  await committee.go(`/pkg-campaigns/papers/index?campaign=${String(campaign)}`)
  const sheet = committee.page.context().waitForEvent('page')
  await committee.press('t-print-A')
  await (await sheet).close()
  await committee.press('t-enter')
  await committee.press('t-account-without')
  await committee.press('t-letter-1-A')
  await committee.press('t-enter-send')
  await expect(committee.see('t-entered')).toContainText('没有账号的邻居')
  await committee.back()
  await expect(committee.see('t-paper-result')).toContainText('没有账号的邻居')

  await committee.go(`/pkg-campaigns/breadth/index?campaign=${String(campaign)}`)
  await expect(committee.see('t-breadth')).toContainText('不到 5 人')

  // And a challenge between the grids, which counts who comes along.
  await committee.go('/pkg-campaigns/challenges/index')
  await committee.press('t-new-challenge')
  await committee.fill('t-challenge-name', '答题挑战')
  await committee.press('t-challenge-begin')
  await expect(committee.see('t-standing')).toContainText('还没开始')
  await expect(committee.see('t-grid-standing')).toContainText('网格')
})
