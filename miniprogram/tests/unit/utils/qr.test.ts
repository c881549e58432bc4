import { describe, expect, it } from 'vitest'

import { qrSvg } from '@/utils/qr'

/** The dark modules of the picture, row by row, without its frame. */
function modules(svg: string): string[] {
  const side = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1])
  const rows = Array.from({ length: side }, () => Array<string>(side).fill(' '))
  for (const [, x, y, width] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    rows[Number(y)]?.fill('#', Number(x), Number(x) + Number(width))
  }
  return rows.map((row) => row.join(''))
}

describe('a QR code', () => {
  const rows = modules(qrSvg('https://linli.example/api/v1/certificates/LLC-2026-ABCD2345'))
  const side = rows.length

  it('has its three corners for the reader to find it by', () => {
    const eye = ['#######', '#     #', '# ### #', '# ### #', '# ### #', '#     #', '#######']
    const at = (x: number, y: number) => rows.slice(y, y + 7).map((row) => row.slice(x, x + 7))
    expect(at(4, 4)).toEqual(eye)
    expect(at(side - 11, 4)).toEqual(eye)
    expect(at(4, side - 11)).toEqual(eye)
    expect(at(side - 11, side - 11)).not.toEqual(eye)
  })

  it('keeps four modules of bright frame', () => {
    const isEmpty = (line: string) => line.trim() === ''
    expect([...rows.slice(0, 4), ...rows.slice(-4)].every(isEmpty)).toBe(true)
    expect(rows.every((row) => isEmpty(row.slice(0, 4)) && isEmpty(row.slice(-4)))).toBe(true)
  })

  it('is another for other words, and takes Chinese', () => {
    expect(qrSvg('一')).not.toBe(qrSvg('二'))
    expect(qrSvg('一')).toBe(qrSvg('一'))
  })
})
