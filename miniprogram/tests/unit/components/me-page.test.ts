import { flushPromises, mount } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'

import { type Resident } from '@/api'
import MePage from '@/pages/me/index.vue'
import { useSession } from '@/stores/session'
import { useVolunteering } from '@/stores/volunteering'

import { preparePlatform } from './support'

vi.mock('@dcloudio/uni-app', () => ({
  onShow: (show: () => void) => {
    show()
  },
  onHide: () => undefined,
}))

it('says why an empty name is not kept, and lets one leave the name as it was', async () => {
  preparePlatform()
  const session = useSession()
  session.me = { id: 1, name: '周奶奶', roles: [], residence: null, phone: null, consent: {} } as unknown as Resident
  session.signedIn = true
  vi.spyOn(session, 'refresh').mockResolvedValue()
  vi.spyOn(useVolunteering(), 'load').mockResolvedValue()
  const change = vi.spyOn(session, 'change').mockResolvedValue()
  const page = mount(MePage)
  await page.find('.person__pen').trigger('click')
  await page.find('.t-name').setValue(' ')
  await page.find('.t-name-save').trigger('click')
  expect(page.find('.t-name-wrong').text()).toBe('请写姓名。')
  expect(change).not.toHaveBeenCalled()
  await page.find('.t-name-cancel').trigger('click')
  expect(page.find('.t-name').exists()).toBe(false)

  await page.find('.person__pen').trigger('click')
  expect(page.find('.t-name-wrong').exists()).toBe(false)
  await page.find('.t-name').setValue('周阿婆')
  await page.find('.t-name-save').trigger('click')
  await flushPromises()
  expect(change).toHaveBeenCalledExactlyOnceWith({ name: '周阿婆' })
  expect(page.find('.t-name').exists()).toBe(false)
})
