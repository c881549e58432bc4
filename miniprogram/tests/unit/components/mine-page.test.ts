import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, it, vi } from 'vitest'

import { api, Problem } from '@/api'
import MinePage from '@/pkg-hazards/mine/index.vue'
import { useDrafts } from '@/stores/drafts'

import { preparePlatform } from './support'

vi.mock('@dcloudio/uni-app', () => ({
  onShow: (show: () => void) => {
    show()
  },
  onHide: () => undefined,
  onUnload: () => undefined,
  onPullDownRefresh: () => undefined,
  onReachBottom: () => undefined,
}))

beforeEach(preparePlatform)

it('shows a report that waits on the phone among one’s own, and looks anew once it has gone', async () => {
  const listed = vi.spyOn(api, 'hazards').mockRejectedValue(new Problem(0, 'offline', '', '', []))
  const drafts = useDrafts()
  const form = { category: 'FIRE_LANE', description: '', lat: 30, lon: 104, coord_sys: 'wgs84' } as const
  const { key } = await drafts.keep(form, '占用消防通道', [])
  const page = mount(MinePage, { global: { stubs: { Drawing: true } } })
  await flushPromises()
  expect(page.find('.t-draft').text()).toContain('占用消防通道（还没发出）')

  listed.mockClear()
  listed.mockResolvedValue({ items: [], next_cursor: null })
  await drafts.forget(key)
  await flushPromises()
  expect(listed).toHaveBeenCalledTimes(1)
  expect(page.find('.t-draft').exists()).toBe(false)
})
