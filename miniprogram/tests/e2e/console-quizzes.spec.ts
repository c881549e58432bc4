import { expect, test, type Desk } from './support/desk'

// Whoever writes questions, at the desk: a picture question by mouse and keyboard, files in and out.

const GIFT = `::一::楼道里可以给电动车充电。{F}

::二::着火时最先做什么？{=报警并撤离 ~找钱包 ~乘电梯}

这不是题目。
`

const field = (desk: Desk, name: string) => desk.page.locator(`[id="${name}"]`)
const press = (desk: Desk, name: string) => desk.page.getByRole('button', { name, exact: true })

/** Clicks the picture at a share of its width and height, and waits for the option that comes of it. */
async function spot(desk: Desk, x: number, y: number, words: string, number: number): Promise<void> {
  const picture = desk.page.locator('[data-spots] img')
  const { width, height } = (await picture.boundingBox()) ?? { width: 0, height: 0 }
  await picture.click({ position: { x: width * x, y: height * y } })
  const option = field(desk, `options.${String(number)}.zh`)
  await expect(option).toBeFocused()
  await option.fill(words)
}

/** Leads to a picture question with three places in it. */
async function begin(desk: Desk, photo: { name: string; bytes: Buffer }, stem: string): Promise<void> {
  await desk.go('quizzes/questions/new')
  await field(desk, 'stem.zh').fill(stem)
  await desk.page.getByLabel('看图找隐患').check()
  await field(desk, 'picture').setInputFiles({ name: photo.name, mimeType: 'image/jpeg', buffer: photo.bytes })
  await expect(desk.page.locator('[data-spots] img')).toBeVisible()
  await spot(desk, 0.2, 0.4, '电动车', 0)
  await spot(desk, 0.5, 0.4, '防火门', 1)
  await spot(desk, 0.8, 0.4, '窗', 2)
}

test('a picture question is written with mouse and keyboard, refused with its faults, and sent to review', async ({ deskOf, photos }, { project }) => {
  const desk = await deskOf('committee')
  const stem = `这个楼道哪里不安全？${project.name}`
  await begin(desk, photos.blocked, stem)
  await desk.page.getByLabel('这里有隐患').first().check()

  const first = desk.page.locator('[data-spot="0"]')
  const left = desk.page.locator('[name="options.0.x"]')
  const begun = Number(await left.inputValue())
  await first.focus()
  await desk.page.keyboard.press('ArrowRight')
  await desk.page.keyboard.press('Shift+ArrowDown')
  await expect(left).toHaveValue(String(Math.round(10 * begun + 10) / 10))
  if (project.name === 'console-wide') {
    await first.hover()
    await desk.page.mouse.down()
    await desk.page.mouse.move(0, 0, { steps: 3 })
    await desk.page.mouse.up()
    await expect(left).toHaveValue('0')
  }
  await left.fill('5')
  await expect(first).toHaveCSS('left', /^\d/)
  await expect(desk.page.locator('#phone')).toContainText('防火门')

  await press(desk, '存下并送去审核').click()
  await expect(desk.page.locator('#faults')).toContainText('请写依据')
  await expect(field(desk, 'explanation.zh')).toHaveAttribute('aria-invalid', 'true')
  await expect(field(desk, 'stem.zh')).toHaveValue(stem)
  await expect(left).toHaveValue('5')
  await desk.picture('quizzes-refused')
  await field(desk, 'explanation.zh').fill('电动车堵住了出口。')
  await field(desk, 'source.name.zh').fill('中华人民共和国消防法')
  await press(desk, '存下并送去审核').click()
  await expect(desk.page.getByRole('heading', { level: 1, name: stem })).toBeVisible()
  await expect(desk.page.getByText('送去审核了')).toBeVisible()
  await expect(desk.page.locator('.spot.right')).toHaveCount(1)
  await desk.picture('quizzes-written')
})

test('a file comes in with a report by line, and what is listed goes out', async ({ deskOf }) => {
  const desk = await deskOf('committee')
  await desk.go('quizzes/files')
  await press(desk, '开始导入').click()
  await expect(desk.page.locator('#file-fault')).toContainText('请选一个文件')
  await field(desk, 'file').setInputFiles({ name: 'neighbours.gift', mimeType: 'text/plain', buffer: Buffer.from(GIFT) })
  await press(desk, '开始导入').click()
  await expect(desk.page.getByRole('heading', { level: 1 })).toContainText('共 3 道')
  await expect(desk.page.getByRole('table')).toContainText('第 5 行')
  await desk.picture('quizzes-report')
  await desk.go('quizzes?state=draft')
  await desk.page.getByText('导出筛选出来的题').click()
  const saved = desk.page.waitForEvent('download')
  await press(desk, '导出文件').click()
  expect((await saved).suggestedFilename()).toBe('linli-questions.csv')
})

test('pages of writing questions and of files are good to look at', async ({ deskOf, photos }) => {
  const desk = await deskOf('committee')
  await desk.expectGoodLooks('quizzes/questions/new', async (shown) => {
    await field(shown, 'stem.zh').fill('电动自行车的电池可以在哪里充电？')
    await field(shown, 'stem.en').fill('Where may the battery of an e-bike be charged?')
    await shown.page.locator('[name="kind"][value="picture"]').check()
    await field(shown, 'picture').setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: photos.blocked.bytes })
    await expect(shown.page.locator('[data-spots] img')).toBeVisible()
    await spot(shown, 0.3, 0.4, '楼道里', 0)
    await expect(shown.page.locator('.phone')).toHaveCount(2)
  })
  await desk.expectGoodLooks('quizzes/files', async (shown) => {
    await shown.page.locator('summary').first().click()
  })
})
