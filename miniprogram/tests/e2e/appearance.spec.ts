import { expect, test, type DemoPerson, type Phone } from './support/phone'

// Large letters, night and English on the main pages: nothing may leave the screen.

const PAGES: { name: string; path: string; person: DemoPerson; shows: string }[] = [
  { name: 'home', path: '/pages/home/index', person: 'resident', shows: 't-report' },
  { name: 'nearby', path: '/pages/nearby/index', person: 'resident', shows: 't-tab-map' },
  { name: 'report', path: '/pkg-hazards/report/index', person: 'resident', shows: 't-submit' },
  { name: 'me', path: '/pages/me/index', person: 'resident', shows: 't-sign-out' },
  { name: 'tasks', path: '/pkg-hazards/tasks/index', person: 'gridworker', shows: 't-task' },
  { name: 'overview', path: '/pkg-committees/overview/index', person: 'committee', shows: 't-figure-reported' },
]

const MODES: { name: string; choose: (phone: Phone) => Promise<void> }[] = [
  { name: 'large', choose: (phone) => phone.press('t-letter-size-large') },
  { name: 'dark', choose: (phone) => phone.press('t-dark-dark') },
  { name: 'english', choose: (phone) => phone.press('t-language-en') },
]

for (const mode of MODES) {
  test(`nothing leaves the screen: ${mode.name}`, async ({ phoneOf }, info) => {
    const dressed = new Set<DemoPerson>()
    for (const { name, path, person, shows } of PAGES) {
      const phone = await phoneOf(person)
      if (!dressed.has(person)) {
        await phone.go('/pages/me/index')
        await mode.choose(phone)
        dressed.add(person)
      }
      await phone.go(path)
      await expect(phone.see(shows)).toBeVisible()
      await phone.expectNoOverflow()
      await info.attach(`${name}-${mode.name}`, { body: await phone.page.screenshot(), contentType: 'image/png' })
    }
  })
}

test('a case in large letters fits as well', async ({ phoneOf, photos }) => {
  const resident = await phoneOf('resident')
  await resident.go('/pages/me/index')
  await resident.press('t-letter-size-large')
  await resident.go('/pages/home/index')
  await resident.report({ description: '楼道里停了电动车，飞线充电。'.repeat(4), photo: photos.blocked })
  await resident.expectNoOverflow()
})
