import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'

import { api, type HazardItem, type Resident, type Role, type ShiftItem, type Streak, type Task } from '@/api'
import HomePage from '@/pages/home/index.vue'
import { useRounds } from '@/stores/rounds'
import { useSession } from '@/stores/session'

import { preparePlatform } from './support'

vi.mock('@dcloudio/uni-app', () => ({
  onShow: (show: () => void) => {
    show()
  },
  onHide: () => undefined,
  onUnload: () => undefined,
  onPullDownRefresh: () => undefined,
}))

const handled = { id: 7, category_name: '占用消防通道', address: '3 单元', place_name: '第1网格', state: 'handled' } as unknown as HazardItem

function isHere(roles: Partial<Role>[]): void {
  const me = { id: 1, name: '周奶奶', roles, residence: null, consent: {} } as unknown as Resident
  useSession().me = me
  useSession().signedIn = true
  vi.spyOn(useSession(), 'refresh').mockResolvedValue()
}

async function home(): Promise<string> {
  const page = mount(HomePage, { global: { stubs: { HazardCard: true, Drawing: true } } })
  await flushPromises()
  const words = page.text()
  page.unmount()
  return words
}

beforeEach(() => {
  preparePlatform()
  vi.spyOn(api, 'hazards').mockImplementation((query) => Promise.resolve({ items: query?.mine ? [handled] : [], next_cursor: null }))
  vi.spyOn(api, 'streak').mockResolvedValue({ today: '2026-11-20', state: 'open', days: [], length: 3 } as unknown as Streak)
  vi.spyOn(api, 'campaigns').mockResolvedValue({ items: [], next_cursor: null })
  vi.spyOn(api, 'tasks').mockResolvedValue({ items: [{ overdue: true }, { overdue: false }] as unknown as Task[], next_cursor: null })
})

describe('the home page', () => {
  it('asks whether something is solved before it asks for the day’s questions', async () => {
    vi.useFakeTimers({ now: new Date('2026-11-20T02:00:00Z'), toFake: ['Date'] })
    isHere([{ kind: 'resident', place_code: '510105007004', place_name: '草堂路社区' }])
    const words = await home()
    vi.useRealTimers()
    expect(words).toContain('今天的五道题')
    expect(words.indexOf('占用消防通道处理好了')).toBeLessThan(words.indexOf('今天的五道题'))
  })

  it('calls nobody to a round that they have just finished', async () => {
    isHere([{ kind: 'resident', place_code: '510105007004', place_name: '草堂路社区' }])
    const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString()
    const tonight = { id: 7, mine: 'joined', state: 'open', title: '夜巡', place_name: '草堂路社区', starts_at: inMs(-600_000), ends_at: inMs(3_600_000) }
    vi.spyOn(api, 'shifts').mockResolvedValue({ items: [tonight as unknown as ShiftItem], next_cursor: null })
    vi.spyOn(api, 'offers').mockResolvedValue({ items: [] } as unknown as Awaited<ReturnType<typeof api.offers>>)
    vi.spyOn(api, 'checkInBatch').mockReturnValue(new Promise(() => undefined))
    expect(await home()).toContain('现在就是您的班次')
    useRounds().note(7, { kind: 'start', place: null })
    useRounds().note(7, { kind: 'end', place: null })
    expect(await home()).not.toContain('现在就是您的班次')
  })

  it('leads a committee to what waits for it, as it does a grid worker', async () => {
    isHere([{ kind: 'committee', place_code: '510105007004', place_name: '草堂路社区' }])
    expect(await home()).toContain('2 件待办，1 件已超期')
  })
})
