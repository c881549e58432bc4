import { describe, expect, it } from 'vitest'

import { go } from '@/utils/go'

describe('the way to the tasks', () => {
  it.each([
    ['tasks', '/pkg-hazards/tasks/index'],
    ['orders', '/pkg-hazards/tasks/index?orders=1'],
  ] as const)('leads to %s', (name, url) => {
    go[name]()
    expect(uni.navigateTo).toHaveBeenCalledWith({ url })
  })
})
