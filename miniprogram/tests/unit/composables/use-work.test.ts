import { describe, expect, it, vi } from 'vitest'

import { NetworkFailure, Problem } from '@/api'
import { useWork } from '@/composables/use-work'

/** Something under way, to be ended when the test wants it. */
function underWay() {
  let end: () => void = () => undefined
  let fail: (error: unknown) => void = () => undefined
  const action = vi.fn(() => new Promise<void>((resolve, reject) => {
    end = resolve
    fail = reject
  }))
  return { action, end: () => { end() }, fail: (error: unknown) => { fail(error) } }
}

describe('what a button does', () => {
  it('is busy until it is done, and takes no second tap meanwhile', async () => {
    const { busy, failed, work } = useWork()
    const { action, end } = underWay()
    const first = work(action)
    expect(busy.value).toBe(true)
    await work(action)
    expect(action).toHaveBeenCalledOnce()
    expect(busy.value).toBe(true)
    end()
    await first
    expect([busy.value, failed.value]).toEqual([false, ''])
  })

  it.each([
    ['the service', new Problem(409, 'taken', '', '已经领过了。', []), '已经领过了。'],
    ['the network', new NetworkFailure(), '连不上网络。请看看手机信号，再试一次。'],
    ['the app', new TypeError('a slip of ours'), '没有成功，请再试一次。'],
  ])('says in words what went wrong with %s, and may be done again', async (_who, error, words) => {
    const { busy, failed, work } = useWork()
    await work(() => Promise.reject(error))
    expect([busy.value, failed.value]).toEqual([false, words])
    await work(() => Promise.resolve())
    expect(failed.value).toBe('')
  })

  it('forgets what went wrong before as soon as it is done again', async () => {
    const { failed, work } = useWork()
    const { action, end } = underWay()
    failed.value = '请先填好。'
    const again = work(action)
    expect(failed.value).toBe('')
    end()
    await again
  })

  it('leaves what went wrong to the page that has a place for it', async () => {
    const { busy, failed, work } = useWork()
    const error = new Problem(422, 'invalid', '', '', [])
    const heard: unknown[] = []
    await work(() => Promise.reject(error), (one) => heard.push(one))
    expect(heard).toEqual([error])
    expect([busy.value, failed.value]).toEqual([false, ''])
  })
})
