import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { api, type DataCopy } from '@/api'
import AccountPage from '@/pkg-residents/account/index.vue'

import { preparePlatform } from './support'

const hooks = vi.hoisted(() => ({ hide: (): void => undefined }))

vi.mock('@dcloudio/uni-app', () => ({
  onShow: (show: () => void) => show(),
  onHide: (hide: () => void) => {
    hooks.hide = hide
  },
  onUnload: () => undefined,
  onPullDownRefresh: () => undefined,
}))

const making = { state: 'making', asked_at: null, made_at: null, expires_at: null, size: null, url: null } as DataCopy
const ready: DataCopy = { ...making, state: 'ready', size: 2048, expires_at: new Date(Date.now() + 86_400_000).toISOString(), url: '/api/v1/copies/1?old' }

beforeEach(() => {
  preparePlatform()
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

it('asks no more once it has gone, also where an answer comes after', async () => {
  let answer: (copy: DataCopy) => void = () => undefined
  const asked = vi.spyOn(api, 'copy').mockReturnValue(
    new Promise((resolve) => {
      answer = resolve
    }),
  )
  mount(AccountPage)
  hooks.hide()
  answer(making)
  await vi.advanceTimersByTimeAsync(20_000)
  expect(asked).toHaveBeenCalledTimes(1)
})

it('gives away an address that is new, however long the page lay there', async () => {
  const opened: string[] = []
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    opened.push(this.href)
  })
  const asked = vi.spyOn(api, 'copy').mockResolvedValueOnce(ready)
  const page = mount(AccountPage)
  await flushPromises()
  await vi.advanceTimersByTimeAsync(7_200_000)
  asked.mockResolvedValueOnce({ ...ready, url: '/api/v1/copies/1?new' })
  await page.find('.t-copy-fetch').trigger('click')
  await flushPromises()
  expect(opened).toEqual([expect.stringContaining('?new')])
})
