import { again } from './support/again'
import { expect, test } from './support/phone'

// What WeChat will not decide: the committee does, and neighbours see it.

test('the committee shows neighbours what WeChat left open', async ({ phoneOf }) => {
  const words = '待审：车棚里电线裸露。'
  const resident = await phoneOf('resident')
  await resident.report({ description: words })
  const theCase = resident.case

  const neighbour = await phoneOf('neighbour')
  await neighbour.go(theCase)
  await expect(neighbour.see('t-text-state')).toBeVisible()
  await expect(neighbour.text(words)).toBeHidden()

  const committee = await phoneOf('committee')
  await again(async (within) => {
    await committee.go(theCase)
    await expect(committee.see('t-doubt-words')).toContainText('等您决定', within)
  })
  await committee.expectNoOverflow()
  await committee.press('t-show')
  await expect(committee.see('t-verdicts')).toBeHidden()

  await neighbour.go(theCase)
  await expect(neighbour.text(words)).toBeVisible()
})
