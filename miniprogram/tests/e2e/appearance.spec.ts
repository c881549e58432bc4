import { expect, test, type DemoPerson } from './support/phone'

// Large letters, night and English on the main pages: nothing may leave the screen.

const PAGES: { name: string; path: string; person: DemoPerson; shows: string }[] = [
  { name: 'home', path: '/pages/home/index', person: 'resident', shows: 't-report' },
  { name: 'nearby', path: '/pages/nearby/index', person: 'resident', shows: 't-tab-map' },
  { name: 'report', path: '/pkg-hazards/report/index', person: 'resident', shows: 't-submit' },
  { name: 'notices', path: '/pages/notices/index', person: 'resident', shows: 't-messages' },
  { name: 'messages', path: '/pkg-residents/messages/index', person: 'resident', shows: 't-quiet' },
  { name: 'me', path: '/pages/me/index', person: 'resident', shows: 't-sign-out' },
  { name: 'tasks', path: '/pkg-hazards/tasks/index', person: 'gridworker', shows: 't-task' },
  { name: 'overview', path: '/pkg-committees/overview/index', person: 'committee', shows: 't-figure-reported' },
  { name: 'announce', path: '/pkg-committees/announce/index', person: 'committee', shows: 't-announce' },
]

// What is chosen goes with the person to the next phone, so each mode is undone again.
const MODES = [
  { name: 'large', choose: 't-letter-size-large', undo: 't-letter-size-standard' },
  { name: 'dark', choose: 't-dark-dark', undo: 't-dark-system' },
  { name: 'english', choose: 't-language-en', undo: 't-language-zh-Hans' },
]

for (const mode of MODES) {
  test(`nothing leaves the screen: ${mode.name}`, async ({ phoneOf, build }, info) => {
    test.skip(build === 'mp-weixin' && mode.name === 'english', 'the words are those of the other build')
    for (const person of new Set(PAGES.map((page) => page.person))) {
      const phone = await phoneOf(person)
      await phone.chooseLook(mode.choose)
      try {
        for (const { name, path, shows } of PAGES.filter((page) => page.person === person)) {
          await phone.go(path)
          await expect(phone.see(shows)).toBeVisible()
          await phone.expectNoOverflow()
          if (process.env.LOOK) await phone.page.screenshot({ path: `${process.env.LOOK}/${name}-${mode.name}-${info.project.name}.png` })
        }
      } finally {
        await phone.chooseLook(mode.undo)
      }
    }
  })
}

test('a case in large letters fits as well', async ({ phoneOf, photos }) => {
  const resident = await phoneOf('resident')
  await resident.chooseLook('t-letter-size-large')
  try {
    await resident.go('/pages/home/index')
    await resident.report({ description: '楼道里停了电动车，飞线充电。'.repeat(4), photo: photos.blocked })
    await resident.expectNoOverflow()
  } finally {
    await resident.chooseLook('t-letter-size-standard')
  }
})
