import { expect, test } from './support/phone'
import { chooseSomething } from './support/quizzes'

// Today's five on the server's clock, and practice without a network: on both builds.

const somebody = () => `learner-${String(Date.now() % 1_000_000)}`

test('the two minutes begin when somebody says so, and no answer is lost with the network', async ({ phoneOf }) => {
  const phone = await phoneOf(somebody())
  const context = phone.page.context()
  const stands = () => phone.asThem<{ state: string; length: number }>('GET', '/me/streak')
  const answer = async () => {
    await chooseSomething(phone, 't-answer-send')
    await phone.press('t-answer-send')
  }

  await phone.press('t-ask-quiz')
  await expect(phone.see('t-start')).toContainText('两分钟')
  expect(await stands()).toMatchObject({ state: 'not_yet', length: 0 })
  await phone.press('t-begin')
  await expect(phone.see('t-left')).toContainText(/还有 [12]:/)
  await answer()
  await expect(phone.see('t-verdict')).toContainText(/答对了|没答对/)
  await expect(phone.see('t-source')).toContainText('查核')
  await phone.expectNoOverflow()
  await phone.press('t-next')

  await context.setOffline(true)
  await answer()
  await expect(phone.see('t-waits')).toContainText('自动送出')
  await phone.press('t-next')
  await answer()
  await expect(phone.see('t-dot-3')).toHaveAttribute('aria-label', /等网络/)
  await context.setOffline(false)
  for (const dot of ['t-dot-2', 't-dot-3']) await expect(phone.see(dot)).toHaveAttribute('aria-label', /答对/)
  for (const dot of ['t-dot-4', 't-dot-5']) {
    await phone.press('t-next')
    await expect(phone.see(dot)).toHaveClass(/dot--current/)
    await answer()
  }
  await phone.press('t-finish')
  await expect(phone.see('t-result')).toContainText('5 道在时间内')
  await expect(phone.see('t-streak')).toContainText('连着 1 天')
  if (await phone.see('t-pledge').isVisible()) {
    await phone.press('t-pledge')
    await expect(phone.see('t-pledge')).toContainText('您答应了今天做')
  }
  expect(await stands()).toMatchObject({ state: 'finished', length: 1 })
  await phone.go('/pages/home/index')
  await expect(phone.see('t-entry-quizzes')).toContainText('今天答完了')
  await expect(phone.all('t-ask-quiz')).toHaveCount(0)
})

test('practice without a network is graded once, when there is one', async ({ phoneOf, build }) => {
  const phone = await phoneOf(somebody())
  const context = phone.page.context()
  const sent: string[] = []
  phone.page.on('request', (request) => {
    if (request.url().endsWith('/practice/answers')) {
      sent.push(...(request.postDataJSON() as { client_uuid: string }[]).map(({ client_uuid: name }) => name))
    }
  })
  const answer = async () => {
    await chooseSomething(phone, 't-practice-send')
    await phone.press('t-practice-send')
  }

  await phone.go('/pkg-quizzes/practice/index')
  await phone.press('t-practice-begin')
  await answer()
  await expect(phone.see('t-verdict')).toBeVisible()
  await phone.press('t-practice-next')

  await context.setOffline(true)
  await expect(phone.see('t-offline')).toBeVisible()
  for (const _ of [1, 2]) {
    await answer()
    await expect(phone.see('t-practice-kept')).toContainText('有网络时由服务器批改')
    await phone.press('t-practice-next')
  }
  await phone.press('t-practice-stop')
  await expect(phone.see('t-practice-waiting')).toContainText('2 个答案等网络')

  await context.setOffline(false)
  await expect(phone.see('t-practice-arrived')).toContainText('2 道批改好了')
  await phone.press('t-practice-look')
  await phone.press('t-review')
  await expect(phone.see('t-source')).toContainText('查核')
  const { seen } = await phone.asThem<{ seen: number }>('GET', '/me/knowledge')
  expect(seen).toBe(3)
  expect(new Set(sent).size).toBe(3)

  // Large letters: nothing leaves the screen, on any page of it.
  await phone.chooseLook('t-letter-size-large')
  for (const [path, shows] of [
    ['/pkg-quizzes/quizzes/index', 't-streak-calendar'],
    ['/pkg-quizzes/daily/index', 't-start'],
    ['/pkg-quizzes/knowledge/index', 't-knowledge-answer'],
    ['/pkg-quizzes/practice/index', 't-practice-begin'],
  ] as const) {
    await phone.go(path)
    await expect(phone.see(shows)).toBeVisible()
    await phone.expectNoOverflow()
  }
  await phone.press('t-practice-begin')
  await answer()
  await expect(phone.see('t-answer')).toBeVisible()
  await phone.expectNoOverflow()

  // Who signs out leaves nothing behind.
  await phone.go('/pages/me/index')
  await phone.press('t-sign-out')
  await phone.agree()
  await expect(phone.page.locator('.t-consent').filter({ visible: true }).first()).toBeVisible()
  const left = await phone.page.evaluate((prefix) => ['linli.practice', 'linli.quizzes'].map((key) => localStorage.getItem(prefix + key)), build === 'h5' ? '' : 'mp:')
  expect(left).toEqual([null, null])
})
