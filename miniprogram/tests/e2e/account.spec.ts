import { mkdirSync } from 'node:fs'

import { LONG_MS } from './support/again'
import { expect, test, type Phone } from './support/phone'

// Taking a copy of one's data, asking to go, and staying after all.

/** Signs in again where nothing but going awaits. */
async function signInGoing(phone: Phone, person: string): Promise<void> {
  await expect(phone.see('t-consent')).toBeVisible()
  await phone.see('t-consent').tap({ position: { x: 24, y: 24 } })
  if (phone.build === 'h5') {
    await expect(phone.see('t-sign-in-resident')).toBeVisible()
    await phone.fill('t-sign-in-name', person)
    await phone.press('t-sign-in-other')
  } else {
    await phone.press('t-sign-in-wechat')
  }
  await expect(phone.see('t-going')).toBeVisible()
}

/** Pictures for whoever looks: `LOOK=/some/folder`. */
async function look(phone: Phone, name: string): Promise<void> {
  await phone.expectNoOverflow()
  if (!process.env.LOOK) return
  mkdirSync(process.env.LOOK, { recursive: true })
  await phone.page.screenshot({ path: `${process.env.LOOK}/${name}.png` })
}

test('a copy is made and fetched, and going can be taken back', async ({ phoneOf, build }) => {
  const person = `going${String(Date.now() % 1_000_000)}`
  const phone = await phoneOf(person)
  await phone.chooseLook('t-letter-size-large')

  await phone.go('/pages/me/index')
  await phone.press('t-account')
  await expect(phone.see('t-copy-ask')).toBeVisible()
  await look(phone, 'account-large')
  await phone.press('t-copy-ask')
  await expect(phone.see('t-copy-ready')).toBeVisible({ timeout: LONG_MS })
  await look(phone, 'account-ready-large')
  if (build === 'h5') {
    const download = phone.page.waitForEvent('download')
    await phone.press('t-copy-fetch')
    expect((await download).suggestedFilename()).toBe('linli.zip')
  } else {
    await phone.press('t-copy-fetch')
    await expect(phone.text('已复制，请用浏览器打开')).toBeVisible()
  }

  await phone.press('t-leave')
  await expect(phone.see('t-ask-to-leave')).toBeVisible()
  await look(phone, 'leaving-large')
  await phone.press('t-ask-to-leave')
  await expect(phone.text('真的注销吗？')).toBeVisible()
  await phone.agree()
  await signInGoing(phone, person)
  await look(phone, 'going-large')

  // Whatever is opened, this is where one is.
  await phone.go('/pages/home/index')
  await expect(phone.see('t-going')).toBeVisible()

  await phone.press('t-take-back')
  await expect(phone.see('t-report')).toBeVisible()
  expect((await phone.asThem<{ leaving: unknown }>('GET', '/me')).leaving).toBeNull()
})

test('the last one of a committee is told why they may not go', async ({ phoneOf }) => {
  const outsider = await phoneOf('outsider')
  await outsider.chooseLook('t-dark-dark')
  await outsider.go('/pkg-residents/account/index')
  await expect(outsider.see('t-copy-ask')).toBeVisible()
  await look(outsider, 'account-dark')
  await outsider.go('/pkg-residents/leaving/index')
  await outsider.press('t-ask-to-leave')
  await outsider.agree()
  await expect(outsider.see('t-leaving-failed')).toContainText('居委会至少要留一位工作人员')
  await look(outsider, 'leaving-dark')
  await outsider.chooseLook('t-dark-system')
})
