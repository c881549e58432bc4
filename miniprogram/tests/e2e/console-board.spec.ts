import { expect, expectNoSeriousFault, test, type Api, type Desk } from './support/desk'

// The board of hazards: a neighbour reports, the committee moves cards about, and the case follows.

interface Case {
  id: number
  number: string
  state: string
  assignee: { id: number; name: string } | null
}

const SPOT = { lat: 30.6586, lon: 104.0333, coord_sys: 'wgs84' }

const report = (api: Api, description: string): Promise<Case> =>
  api.ask('POST', '/hazards', { category: 'FIRE_LANE', description, ...SPOT })

const seen = (api: Api, { id }: Case): Promise<Case> => api.ask('GET', `/hazards/${String(id)}`)

const card = (desk: Desk, { id }: Case) => desk.page.locator(`#case-${String(id)}`)
/** Opens a page of the board, and waits until its script listens. */
const open = async (desk: Desk, path: string): Promise<void> => {
  await desk.go(path)
  await expect(desk.page.locator('[data-awake]')).toBeAttached()
}

const column = (desk: Desk, name: string) => desk.page.locator(`#column-${name}`)

test('a card is dragged, which moves its case and asks for what that needs', async ({ deskOf, apiOf, isMobile }) => {
  test.skip(isMobile, 'a finger scrolls; the menu of moves is for it')
  const [desk, resident, committee] = [await deskOf('committee'), await apiOf('resident'), await apiOf('committee')]
  const made = await report(resident, '拖动：消防车道停了车')
  await open(desk, `board?text=${made.number}`)
  await expect(column(desk, 'reported').locator(`#case-${String(made.id)}`)).toBeVisible()

  await card(desk, made).dragTo(column(desk, 'accepted'))
  await expect(column(desk, 'accepted').locator(`#case-${String(made.id)}`)).toBeVisible()
  await expect(desk.said).toContainText(made.number)
  await expect(desk.page.locator('#count-accepted')).toHaveText('1')
  expect((await seen(committee, made)).state).toBe('accepted')

  // Where it may not go it stays, and the page says so.
  await card(desk, made).dragTo(column(desk, 'handling'))
  await expect(desk.said).toContainText('现在不能移到“处理中”')
  expect((await seen(committee, made)).state).toBe('accepted')

  await card(desk, made).dragTo(column(desk, 'assigned'))
  const ask = desk.page.locator('#ask')
  await ask.getByRole('radio', { name: /吴师傅/ }).check()
  await desk.picture('board-ask')
  await ask.locator('[data-send]').click()
  await expect(column(desk, 'assigned').locator(`#case-${String(made.id)}`)).toContainText('吴师傅')
  expect(await seen(committee, made)).toMatchObject({ state: 'assigned', assignee: { name: '吴师傅' } })
})

test('the board is used by the keyboard alone', async ({ deskOf, apiOf, isMobile }) => {
  test.skip(isMobile, 'there are no keys')
  const [desk, resident, committee] = [await deskOf('committee'), await apiOf('resident'), await apiOf('committee')]
  const mark = `键盘${String(Date.now())}`
  const first = await report(resident, `${mark}甲：楼道堆物`)
  const second = await report(resident, `${mark}乙：楼道堆物`)
  await open(desk, `board?text=${mark}`)
  const { keyboard } = desk.page
  const link = (made: Case) => card(desk, made).locator('a.open')

  await link(first).focus()
  await keyboard.press('ArrowDown')
  await expect(link(second)).toBeFocused()
  await keyboard.press('ArrowUp')
  await expect(link(first)).toBeFocused()
  // To the next column that takes it.
  await keyboard.press('Shift+ArrowRight')
  await expect(column(desk, 'accepted').locator(`#case-${String(first.id)}`)).toBeVisible()
  await expect(link(first)).toBeFocused()
  await keyboard.press('ArrowLeft')
  await expect(link(second)).toBeFocused()

  await keyboard.press('Enter')
  const panel = desk.page.locator('#panel')
  await expect(panel).toContainText(second.number)
  await expectNoSeriousFault(desk.page)
  await desk.picture('board-panel')
  await keyboard.press('Escape')
  await expect(panel).toBeHidden()
  await expect(link(second)).toBeFocused()

  // Several at once: accept, then assign both.
  await keyboard.press('Space')
  await expect(desk.page.locator('[data-picked]')).toHaveText('选了 1 件')
  await desk.page.getByRole('button', { name: '全部受理' }).press('Enter')
  await expect(column(desk, 'accepted').locator('.case')).toHaveCount(2)
  await expect(link(second)).toBeFocused()
  await keyboard.press('Space')
  await keyboard.press('ArrowDown')
  await keyboard.press('Space')
  await expect(desk.page.locator('[data-picked]')).toHaveText('选了 2 件')
  await desk.page.getByRole('button', { name: '分派给…' }).press('Enter')
  await desk.page.locator('#ask').getByRole('radio', { name: /陈师傅/ }).press('Space')
  await keyboard.press('Enter')
  await expect(desk.said.locator('.note.good')).toHaveCount(2)
  await expect(column(desk, 'assigned').locator('.case')).toHaveCount(2)
  expect((await seen(committee, first)).assignee?.name).toBe('陈师傅')

  // The menu of moves by M; what it needs is asked, a refusal stands in the dialog.
  await link(first).focus()
  await keyboard.press('m')
  await desk.page.locator('#ask [data-move="return"]').press('Enter')
  await desk.page.locator('#ask-note').fill('先放一放')
  await desk.page.locator('#ask [data-send]').press('Enter')
  await expect(column(desk, 'accepted').locator(`#case-${String(first.id)}`)).toBeVisible()
  expect((await seen(committee, first)).state).toBe('accepted')
})

test('the menu of moves brings a case to its end, with photos', async ({ deskOf, apiOf, photos }) => {
  const [worker, resident, committee] = [await deskOf('gridworker'), await apiOf('resident'), await apiOf('committee')]
  const made = await report(resident, '菜单：消防车道停了车')
  await open(worker, `board?text=${made.number}`)
  const choose = async (name: string) => {
    await card(worker, made).locator('[data-menu]').click()
    await worker.page.locator(`#ask [data-move="${name}"]`).click()
  }
  await choose('accept')
  await expect(card(worker, made)).toContainText('前处理好')
  await choose('assign')
  await worker.page.locator('#ask').getByRole('radio', { name: /陈师傅/ }).check()
  await worker.page.locator('#ask [data-send]').click()
  await expect(column(worker, 'assigned').locator(`#case-${String(made.id)}`)).toHaveCount(1)
  await choose('start')
  await expect(column(worker, 'handling').locator(`#case-${String(made.id)}`)).toHaveCount(1)
  await choose('finish')
  await worker.page.locator('#ask-photos').setInputFiles({ name: 'after.jpg', mimeType: 'image/jpeg', buffer: photos.cleared.bytes })
  await worker.page.locator('#ask-note').fill('已请车主挪走')
  await worker.page.locator('#ask [data-send]').click()
  await expect(column(worker, 'handled').locator(`#case-${String(made.id)}`)).toHaveCount(1)

  const desk = await deskOf('committee')
  await open(desk, `board/cases/${String(made.id)}`)
  await expect(desk.page.locator('.timeline')).toContainText('已请车主挪走')
  await expect(desk.page.locator('.photos img')).toHaveCount(1)
  await desk.expectNoOverflow()
  await desk.picture('board-case')
  await expectNoSeriousFault(desk.page)
  await desk.page.locator('[data-move="check"]').click()
  await desk.page.locator('#ask [data-send]').click()
  await expect(desk.page.locator('main .chip').first()).toContainText('已结案')
  expect((await seen(committee, made)).state).toBe('closed')
})

test('the board looks good', async ({ deskOf }) => {
  const desk = await deskOf('committee')
  await desk.expectGoodLooks('board', async ({ page }) => {
    await expect(page.locator('.case').first()).toBeVisible()
  })
})

test('the map looks good, and a filter swaps the board alone', async ({ deskOf }) => {
  const desk = await deskOf('committee')
  await desk.expectGoodLooks('board/map', async ({ page }) => {
    await expect(page.locator('.leaflet-container path').first()).toBeVisible()
  })
  // A filter swaps the board alone, and stands in the address.
  await open(desk, 'board')
  await desk.page.locator('#board-category').selectOption('FIRE_LANE')
  await expect(desk.page).toHaveURL(/category=FIRE_LANE/)
  await expect(desk.page.locator('.case a.open').first()).toHaveAttribute('href', /category=FIRE_LANE/)
})
