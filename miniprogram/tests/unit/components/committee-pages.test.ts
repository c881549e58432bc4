import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'

import { api, type Desk, NetworkFailure, type OpenFigure, Problem, type RectificationDetail } from '@/api'
import DeskPage from '@/pkg-committees/desk/index.vue'
import FigurePage from '@/pkg-committees/figure/index.vue'
import RectificationPage from '@/pkg-committees/rectification/index.vue'
import { useSession } from '@/stores/session'

import { preparePlatform } from './support'

// The platform opens a page with its query, and shows it.
const query: Record<string, string> = {}
vi.mock('@dcloudio/uni-app', () => ({
  onLoad: (open: (asked: object) => void) => open(query),
  onShow: (show: () => void) => show(),
  onHide: () => undefined,
  onPullDownRefresh: () => undefined,
  onReachBottom: () => undefined,
}))

function ask(asked: Record<string, string>): void {
  for (const key of Object.keys(query)) Reflect.deleteProperty(query, key)
  Object.assign(query, asked)
}

beforeEach(() => {
  preparePlatform()
  useSession().signedIn = true
})

describe('a figure opened', () => {
  const opened = (withheld: string | null): OpenFigure =>
    ({
      place: { code: '510105007004001', kind: 'grid', name: '第1网格' },
      from: '2026-11-01',
      to: '2026-11-21',
      name: 'people',
      figure: { value: withheld ? null : 3, numerator: 3, denominator: null, excluded: 0, formula_version: 1, withheld },
      formula: { version: 1, since: '2000-01-01', numerator: 'people', denominator: null, excluded: null, parts: [] },
      rows: 'facts',
      items: [{ id: 1, activity: 'reported', place_code: '510105007004001', day: '2026-11-03', minutes: 0, reverses_id: null }],
      next_cursor: null,
    }) as unknown as OpenFigure

  beforeEach(() => {
    ask({ name: 'people', place: '510105007004001' })
    vi.spyOn(api, 'places').mockResolvedValue({ items: [], next_cursor: null })
  })

  it('shows what it is made of, and its rows', async () => {
    vi.spyOn(api, 'openFigure').mockResolvedValue(opened(null))
    const page = mount(FigurePage)
    await flushPromises()
    expect(page.find('.t-value').text()).toBe('3')
    expect(page.find('.t-numerator').text()).toContain('3')
    expect(page.findAll('.t-row-facts')).toHaveLength(1)
  })

  it.each(['few', 'something new'])('that is withheld (%s) shows why, and neither its number nor its rows', async (reason) => {
    vi.spyOn(api, 'openFigure').mockResolvedValue(opened(reason))
    const page = mount(FigurePage)
    await flushPromises()
    expect(page.find('.t-withheld').text()).toMatch(/不写数字|不能公布/)
    expect(['.t-value', '.t-measures', '.t-row-facts'].map((hook) => page.find(hook).exists())).toEqual([false, false, false])
  })

  it('says what to do without a network', async () => {
    vi.spyOn(api, 'openFigure').mockRejectedValueOnce(new NetworkFailure('none')).mockResolvedValue(opened(null))
    const page = mount(FigurePage)
    await flushPromises()
    expect(page.text()).toContain('再试一次')
  })
})

describe('a rectification', () => {
  const answer = { move: 'answer', to: 'answered', needs: ['note'], allows: [] }
  const detail = (over: Partial<RectificationDetail> = {}): RectificationDetail =>
    ({ id: 4, place_code: '510105007004', place_name: '草堂路社区', figure: null, title: '按时率', demand: '请改进', due_on: '2026-12-01', late: false, state: 'open', raised_at: '2026-11-20T01:00:00Z', raised_by: '街道', answer: null, answered_at: null, moves: [answer], history: [], ...over }) as RectificationDetail

  beforeEach(() => {
    ask({ id: '4' })
    vi.spyOn(api, 'readNotices').mockResolvedValue({ unread: 0 })
    vi.spyOn(api, 'rectification').mockResolvedValue(detail())
  })

  it('is not answered without words, and keeps them while the service refuses', async () => {
    const sent = vi.spyOn(api, 'moveRectification').mockRejectedValueOnce(new NetworkFailure('none'))
    const page = mount(RectificationPage)
    await flushPromises()
    await page.find('.t-send').trigger('click')
    expect(sent).not.toHaveBeenCalled()
    expect(page.text()).toContain('请写几句')
    await page.find('.t-note').setValue('已加派一人')
    await new Promise((resolve) => setTimeout(resolve, 600))
    await page.find('.t-send').trigger('click')
    await flushPromises()
    expect(sent).toHaveBeenCalledWith(4, { to: 'answered', note: '已加派一人' })
    expect(page.find('[role=alert]').exists()).toBe(true)
    // Opened anew, the words are still there.
    const again = mount(RectificationPage)
    await flushPromises()
    expect((again.find('.t-note').element as HTMLTextAreaElement).value).toBe('已加派一人')
  })

  it('shows who supervises it a way back, never the form of it unasked', async () => {
    vi.mocked(api.rectification).mockResolvedValue(detail({ moves: [{ move: 'withdraw', to: 'withdrawn', needs: ['note'], allows: [] }] }))
    const page = mount(RectificationPage)
    await flushPromises()
    expect([page.find('.t-move-withdraw').exists(), page.find('.t-note').exists()]).toEqual([true, false])
  })
})

describe('a computer that asks to be let in', () => {
  const desk = (over: Partial<Desk> = {}): Desk => ({
    id: 9,
    code: 'K7QX2M9P',
    number: '42',
    state: 'waiting',
    browser: 'Chrome, Windows',
    address: '10.0.0.7',
    asked_at: new Date().toISOString(),
    expires_at: new Date(Date.now() + 90_000).toISOString(),
    seen_at: null,
    ...over,
  })

  beforeEach(() => {
    ask({ code: 'k7qx2m9p' })
  })

  it('is shown with its two digits, and let in only by a tap', async () => {
    vi.spyOn(api, 'desk').mockResolvedValue(desk())
    const decided = vi.spyOn(api, 'decideDesk').mockResolvedValue(desk({ state: 'let_in' }))
    const page = mount(DeskPage)
    await flushPromises()
    expect(api.desk).toHaveBeenCalledWith('K7QX2M9P')
    expect(page.find('.t-desk-number').text()).toBe('42')
    expect(page.text()).toContain('10.0.0.7')
    expect(decided).not.toHaveBeenCalled()
    await page.find('.t-let-in').trigger('click')
    await flushPromises()
    expect(decided).toHaveBeenCalledWith('K7QX2M9P', true)
    expect(page.find('.t-desk-decided').text()).toContain('已让它登录')
  })

  it.each([
    [desk({ expires_at: new Date(Date.now() - 1000).toISOString() }), '这个码过期了'],
    [desk({ state: 'refused' }), '没有让它登录'],
    [desk({ state: 'over' }), '这个码过期了'],
  ])('has no button once it is over: %#', async (one, words) => {
    vi.spyOn(api, 'desk').mockResolvedValue(one)
    const page = mount(DeskPage)
    await flushPromises()
    expect(page.find('.t-desk-decided').text()).toContain(words)
    expect(page.find('.t-let-in').exists()).toBe(false)
  })

  it('that nobody knows leads to another try', async () => {
    vi.spyOn(api, 'desk').mockRejectedValue(new Problem(404, 'not_found', '', '', []))
    vi.spyOn(api, 'desks').mockResolvedValue({ items: [] })
    const page = mount(DeskPage)
    await flushPromises()
    await page.find('.t-desk-anew').trigger('click')
    await flushPromises()
    expect(page.find('.t-no-desks').exists()).toBe(true)
  })

  it('is asked for anew where the code is no code', async () => {
    ask({})
    vi.spyOn(api, 'desks').mockResolvedValue({ items: [] })
    const looked = vi.spyOn(api, 'desk')
    const page = mount(DeskPage)
    await flushPromises()
    await page.find('.t-desk-code').setValue('ABC')
    await page.find('.t-desk-look').trigger('click')
    expect(page.find('.t-failed').text()).toContain('八位码')
    expect(looked).not.toHaveBeenCalled()
  })
})
