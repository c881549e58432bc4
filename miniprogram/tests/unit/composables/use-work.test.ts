import { describe, expect, it, vi } from 'vitest'

import { NetworkFailure, Problem } from '@/api'
import { toastFailure, useWork } from '@/composables/use-work'

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
    await work(() => Promise.reject(error), { otherwise: (one) => heard.push(one) })
    expect(heard).toEqual([error])
    expect([busy.value, failed.value]).toEqual([false, ''])
  })

  it('is busy until the page has dealt with what went wrong', async () => {
    const { busy, work } = useWork()
    const { action, end } = underWay()
    const done = work(() => Promise.reject(new NetworkFailure()), { otherwise: action })
    await vi.waitFor(() => { expect(action).toHaveBeenCalledOnce() })
    expect(busy.value).toBe(true)
    end()
    await done
    expect(busy.value).toBe(false)
  })

  it('names which of several buttons is at work', async () => {
    const { busy, doing, work } = useWork()
    const { action, end } = underWay()
    const first = work(action, { name: 'grant' })
    await work(action, { name: 'refuse' })
    expect(action).toHaveBeenCalledOnce()
    expect([busy.value, doing.value]).toEqual([true, 'grant'])
    end()
    await first
    expect([busy.value, doing.value]).toEqual([false, ''])
  })

  it.each([
    ['went well', () => Promise.resolve(), ''],
    ['went wrong', () => Promise.reject(new NetworkFailure()), '连不上网络。请看看手机信号，再试一次。'],
  ])('is over, and has said how, before what follows when it %s', async (_how, action, words) => {
    const { busy, failed, work } = useWork()
    const heard: unknown[] = []
    await work(action, { afterwards: () => heard.push([busy.value, failed.value]) })
    expect(heard).toEqual([[false, words]])
  })

  it('follows a tap that does nothing with nothing', async () => {
    const { work } = useWork()
    const { action, end } = underWay()
    const afterwards = vi.fn()
    const first = work(action, { afterwards })
    await work(action, { afterwards })
    expect(afterwards).not.toHaveBeenCalled()
    end()
    await first
    expect(afterwards).toHaveBeenCalledOnce()
  })
})

describe('what a form lacks', () => {
  it('is said beside the field, and no longer at the button', () => {
    const { failed, wrong, check } = useWork()
    failed.value = '连不上网络。'
    expect(check({ title: '请写标题。' })).toBe(false)
    expect([wrong.value, failed.value]).toEqual([{ title: '请写标题。' }, ''])
    expect(check({})).toBe(true)
    expect(wrong.value).toEqual({})
  })

  it('is forgotten with the form', () => {
    const { failed, wrong, check, clear } = useWork()
    check({ title: '请写标题。' }, true)
    clear()
    expect([wrong.value, failed.value]).toEqual([{}, ''])
  })

  it('is said at the button of a long form, too', () => {
    const { failed, check } = useWork()
    expect(check({ title: '请写标题。', days: '请选日子。' }, true)).toBe(false)
    expect(failed.value).toBe('请写标题。')
  })

  it('is said beside the field when it is the service that finds it, until it is sent again', async () => {
    const { failed, wrong, work } = useWork()
    const error = new Problem(422, 'invalid', '', '请看看标出的地方。', [{ code: 'too_long', field: 'title', message: '太长了。' }])
    await work(() => Promise.reject(error))
    expect([wrong.value, failed.value]).toEqual([{ title: '太长了。' }, '请看看标出的地方。'])
    await work(() => Promise.resolve())
    expect([wrong.value, failed.value]).toEqual([{}, ''])
  })
})

describe('what went wrong with something that has no place of its own', () => {
  it('stands long enough to be read', () => {
    toastFailure(new NetworkFailure())
    expect(uni.showToast).toHaveBeenCalledWith({ title: '连不上网络。请看看手机信号，再试一次。', icon: 'none', duration: 3000 })
  })
})
