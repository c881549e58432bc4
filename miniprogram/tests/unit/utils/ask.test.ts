import { describe, expect, it, vi } from 'vitest'

import { askFirst } from '@/utils/ask'

/** Somebody who answers like this, and what they were asked. */
function answering(confirm: boolean): () => UniApp.ShowModalOptions | undefined {
  let asked: UniApp.ShowModalOptions | undefined
  vi.mocked(uni.showModal).mockImplementation(((options: UniApp.ShowModalOptions) => {
    asked = options
    options.success?.({ confirm, cancel: !confirm } as UniApp.ShowModalRes)
  }) as typeof uni.showModal)
  return () => asked
}

describe('asking first', () => {
  it('asks in the words given, and may be left', () => {
    const asked = answering(true)
    askFirst({ title: '结束？', text: '不能再改。', yes: '结束' }, () => undefined)
    expect(asked()).toMatchObject({ title: '结束？', content: '不能再改。', confirmText: '结束', cancelText: '取消' })
    askFirst({ title: '结束？', text: '不能再改。', yes: '结束', no: '返回' }, () => undefined)
    expect(asked()?.cancelText).toBe('返回')
  })

  it.each([[true, 1], [false, 0]])('does it where the answer is %s', (answer, times) => {
    answering(answer)
    const action = vi.fn()
    askFirst({ title: '结束？', text: '不能再改。', yes: '结束' }, action)
    expect(action).toHaveBeenCalledTimes(times)
  })
})
