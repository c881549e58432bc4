import { describe, expect, it, vi } from 'vitest'

import { inTurn } from '@/utils/in-turn'

/** What runs until it is told to end. */
function endless() {
  const ends: { well: (value: number) => void; badly: (error: Error) => void }[] = []
  const run = vi.fn(() => new Promise<number>((well, badly) => ends.push({ well, badly })))
  const end = (index: number) => {
    const found = ends[index]
    if (!found) throw new Error(`run ${String(index)} has not begun`)
    return found
  }
  return { run, end }
}

const settled = () => new Promise((resolve) => setTimeout(resolve))

describe('in turn', () => {
  it('runs once at a time, and once more for all who asked meanwhile', async () => {
    const { run, end } = endless()
    const send = inTurn(run)
    const first = send()
    const later = [send(), send()]
    expect(run).toHaveBeenCalledTimes(1)
    end(0).well(1)
    await settled()
    expect(run).toHaveBeenCalledTimes(2)
    end(1).well(2)
    expect(await first).toBe(1)
    expect(await Promise.all(later)).toEqual([2, 2])
    await settled()
    expect(run).toHaveBeenCalledTimes(2)
  })

  it('tries again for whoever asked while a run was failing', async () => {
    const { run, end } = endless()
    const send = inTurn(run)
    const first = send()
    const second = send()
    end(0).badly(new Error('no network'))
    await expect(first).rejects.toThrow('no network')
    await settled()
    end(1).well(7)
    expect(await second).toBe(7)
  })

  it('begins anew when nothing runs', async () => {
    const send = inTurn(vi.fn().mockResolvedValueOnce(1).mockRejectedValueOnce(new Error('gone')).mockResolvedValue(3))
    expect(await send()).toBe(1)
    await expect(send()).rejects.toThrow('gone')
    expect(await send()).toBe(3)
  })
})
