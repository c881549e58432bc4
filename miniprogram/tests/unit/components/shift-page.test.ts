import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, it, vi } from 'vitest'

import { api, type Resident, type ShiftDetail } from '@/api'
import ShiftPage from '@/pkg-patrols/shift/index.vue'
import { useRounds } from '@/stores/rounds'
import { useSession } from '@/stores/session'

import { preparePlatform } from './support'

vi.mock('@dcloudio/uni-app', () => ({
  onLoad: (open: (asked: object) => void) => open({ id: '7' }),
  onShow: (show: () => void) => show(),
  onHide: () => undefined,
  onUnload: () => undefined,
  onPullDownRefresh: () => undefined,
}))

const shift = {
  id: 7,
  title: '晚间平安巡逻',
  place_name: '草堂路社区',
  team: null,
  skills: [],
  mine: 'joined',
  my: { state: 'joined', position: null, swaps: [] },
  state: 'open',
  moves: [],
  leader: null,
  crew: [],
  capacity: 4,
  minimum: 1,
  taken: 1,
  places_left: 3,
  waiting: 0,
  starts_at: new Date(Date.now() - 600_000).toISOString(),
  ends_at: new Date(Date.now() + 3_600_000).toISOString(),
  route: null,
} as unknown as ShiftDetail

beforeEach(() => {
  preparePlatform()
  const session = useSession()
  session.me = { id: 1, roles: [], consent: {} } as unknown as Resident
  session.signedIn = true
})

it('asks nobody to begin the round that they are walking, or have walked', async () => {
  vi.spyOn(api, 'shift').mockResolvedValue(shift)
  vi.spyOn(api, 'checkInBatch').mockReturnValue(new Promise(() => undefined))
  const rounds = useRounds()
  const page = mount(ShiftPage)
  await flushPromises()
  const said = (): string[] => [page.find('.t-my-state').text(), page.find('.t-shift-check_in').text()]
  expect(said()).toEqual(['您已报名，到了集合点就可以开始。', '开始巡逻'])
  rounds.note(7, { kind: 'start', place: null })
  await flushPromises()
  expect(said()).toEqual(['您正在巡逻。', '接着巡逻'])
  rounds.note(7, { kind: 'end', place: null })
  await flushPromises()
  expect(said()).toEqual(['这次巡逻您走完了，辛苦了。', '看看这次巡逻'])
})
