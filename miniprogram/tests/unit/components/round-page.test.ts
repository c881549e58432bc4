import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, it, vi } from 'vitest'

import { api, type Resident, type ShiftDetail } from '@/api'
import RoundPage from '@/pkg-rounds/round/index.vue'
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

const checkpoints = [1, 2].map((seq) => ({ id: 10 + seq, seq, name: `楼道 ${String(seq)}`, lat: 30.66, lon: 104.027, radius_m: 60 }))
const shift = {
  id: 7,
  title: '晚间平安巡逻',
  mine: 'joined',
  state: 'open',
  moves: [],
  leader: null,
  starts_at: new Date(Date.now() - 600_000).toISOString(),
  ends_at: new Date(Date.now() + 3_600_000).toISOString(),
  route: { id: 1, name: '夜巡线', checkpoints },
} as unknown as ShiftDetail

beforeEach(() => {
  preparePlatform()
  const session = useSession()
  session.me = { id: 1, roles: [], consent: {} } as unknown as Resident
  session.signedIn = true
})

it('takes the next checkpoint while the one before is still on its way', async () => {
  vi.spyOn(api, 'shift').mockResolvedValue(shift)
  vi.mocked(uni.getLocation).mockImplementation((options) => options?.fail?.({ errMsg: 'no' }))
  vi.spyOn(api, 'checkInBatch').mockReturnValue(new Promise(() => undefined))
  const rounds = useRounds()
  rounds.keep(shift)
  rounds.note(7, { kind: 'start', place: null })
  const page = mount(RoundPage)
  await flushPromises()
  for (const done of [1, 2]) {
    await page.find('.t-self').trigger('click')
    await flushPromises()
    expect(rounds.scansOf(7).filter(({ kind }) => kind === 'checkpoint')).toHaveLength(done)
    await new Promise((pass) => setTimeout(pass, 520))
  }
})
