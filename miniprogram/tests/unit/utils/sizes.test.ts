import { describe, expect, it } from 'vitest'

import { sizeText } from '@/utils/sizes'

describe('the size of a file', () => {
  it.each([
    [0, '1 KB'],
    [1500, '1 KB'],
    [850_000, '830 KB'],
    [1_048_576, '1.0 MB'],
    [13_000_000, '12.4 MB'],
  ])('%i bytes are %s', (bytes, words) => {
    expect(sizeText(bytes)).toBe(words)
  })
})
