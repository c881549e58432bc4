import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, it, vi } from 'vitest'

import { api, type MessageTemplate, type NoticeKind, type Preferences, type Resident } from '@/api'
import MessagesPage from '@/pkg-residents/messages/index.vue'
import { useSession } from '@/stores/session'

import { preparePlatform } from './support'

vi.mock('@dcloudio/uni-app', () => ({
  onLoad: (open: () => void) => {
    open()
  },
  onShow: (show: () => void) => {
    show()
  },
  onHide: () => undefined,
  onUnload: () => undefined,
}))

beforeEach(preparePlatform)

it('puts each switch below the message by which it comes, and loses none', async () => {
  const template = (name: string, title: string) => ({ name, title, template_id: name, left: 0, for_staff: false }) as unknown as MessageTemplate
  const kind = (name: string, by: string | null) => ({ kind: name, title: name, template: by, on: true }) as unknown as NoticeKind
  const told = {
    quiet_hours: { from: '21:30', to: '07:30' },
    templates: [template('case_accepted', '报告受理通知'), template('shift', '巡逻班次通知')],
    kinds: [kind('swap_asked', 'shift'), kind('case_accepted', 'case_accepted'), kind('of_staff', 'task_new'), kind('never_sent', null)],
  } as unknown as Preferences
  vi.spyOn(api, 'preferences').mockResolvedValue(told)
  vi.spyOn(api, 'config').mockResolvedValue({} as Awaited<ReturnType<typeof api.config>>)
  useSession().me = { id: 1, roles: [], consent: {} } as unknown as Resident
  useSession().signedIn = true
  const page = mount(MessagesPage)
  await flushPromises()
  const groups = page.findAll('.t-kinds').map((group) => group.html().match(/报告受理通知|巡逻班次通知|t-kind-\w+/g))
  expect(groups).toEqual([['报告受理通知', 't-kind-case_accepted'], ['巡逻班次通知', 't-kind-swap_asked'], ['t-kind-of_staff']])
})
