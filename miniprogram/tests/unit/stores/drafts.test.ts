import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'

import { api, type HazardDetail, NetworkFailure, Problem, type Resident } from '@/api'
import { type Draft, useDrafts } from '@/stores/drafts'
import { useSession } from '@/stores/session'

vi.mock('@/utils/photos', () => ({
  keepPhoto: vi.fn((path: string) => Promise.resolve(`kept:${path}`)),
  openPhoto: vi.fn((name: string) => Promise.resolve(`open:${name}`)),
  dropPhoto: vi.fn(() => Promise.resolve()),
}))

const form = { category: 'FIRE_LANE', description: '堵了', lat: 30.66, lon: 104.027, coord_sys: 'wgs84' as const }
const arrived = { id: 7, number: 'CT-20261120-0007' } as HazardDetail
const photo = { id: 'p1', url: '/p1', thumbnail_url: '/p1', width: 1, height: 1 }

/** The app, closed and opened again: what is not on the phone is gone. */
function restarted() {
  setActivePinia(createPinia())
  const session = useSession()
  session.me = { id: 1, roles: [], consent: {} } as unknown as Resident
  session.signedIn = true
  return useDrafts()
}

let drafts: ReturnType<typeof useDrafts>

beforeEach(() => {
  drafts = restarted()
  vi.spyOn(api, 'uploadPhoto').mockResolvedValue(photo)
})

describe('a report', () => {
  it('is on the phone before anything is sent, and forgotten when it has arrived', async () => {
    const report = vi.spyOn(api, 'reportHazard').mockResolvedValue(arrived)
    const draft = await drafts.keep(form, '占用消防通道', ['a.jpg'])
    expect(uni.getStorageSync('linli.drafts')).toHaveLength(1)

    expect(await drafts.send(draft.key)).toBe(arrived)
    expect(report).toHaveBeenCalledWith({ ...form, photo_ids: ['p1'] }, draft.key)
    expect(uni.getStorageSync('linli.drafts')).toHaveLength(0)
  })

  it('is sent once by a double tap', async () => {
    const report = vi.spyOn(api, 'reportHazard').mockResolvedValue(arrived)
    const { key } = await drafts.keep(form, '占用消防通道', [])
    await Promise.all([drafts.send(key), drafts.send(key), drafts.sendWaiting()])
    expect(report).toHaveBeenCalledOnce()
  })

  it('waits for the network, outlives the app, and goes out under the same key', async () => {
    const report = vi.spyOn(api, 'reportHazard').mockRejectedValueOnce(new NetworkFailure())
    const { key } = await drafts.keep(form, '占用消防通道', ['a.jpg'])
    await expect(drafts.send(key)).rejects.toBeInstanceOf(NetworkFailure)

    drafts = restarted()
    expect(drafts.waiting).toHaveLength(1)
    report.mockResolvedValueOnce(arrived)
    expect(await drafts.sendWaiting()).toBe(1)
    expect(report.mock.calls.map(([, sentKey]) => sentKey)).toEqual([key, key])
    expect(report.mock.calls[0]).toEqual(report.mock.calls[1])
    // The photo was there already; the same body goes out as before.
    expect(api.uploadPhoto).toHaveBeenCalledOnce()
    expect(drafts.waiting).toHaveLength(0)
  })

  it('that the service refuses waits for the person, not for the network', async () => {
    const refusal = new Problem(422, 'invalid', '', '位置不在服务范围内。', [])
    const report = vi.spyOn(api, 'reportHazard').mockRejectedValue(refusal)
    const { key } = await drafts.keep(form, '占用消防通道', [])
    await expect(drafts.send(key)).rejects.toBe(refusal)
    expect(drafts.waiting[0]?.problem).toBe('位置不在服务范围内。')
    expect(await drafts.sendWaiting()).toBe(0)
    expect(report).toHaveBeenCalledOnce()
  })

  it('stops at the first failing network instead of trying all', async () => {
    const report = vi.spyOn(api, 'reportHazard').mockRejectedValue(new NetworkFailure())
    await drafts.keep(form, '占用消防通道', [])
    await drafts.keep(form, '占用消防通道', [])
    expect(await drafts.sendWaiting()).toBe(0)
    expect(report).toHaveBeenCalledOnce()
  })

  it('that the service breaks over holds up no other', async () => {
    const report = vi.spyOn(api, 'reportHazard').mockRejectedValueOnce(new Problem(500, 'broken', '', '', [])).mockResolvedValue(arrived)
    const broken = await drafts.keep(form, '占用消防通道', [])
    await drafts.keep(form, '占用消防通道', [])
    expect(await drafts.sendWaiting()).toBe(1)
    expect(report).toHaveBeenCalledTimes(2)
    expect(drafts.waiting.map((one: Draft) => one.key)).toEqual([broken.key])
  })

  it('is not shown as waiting while it is sent for the first time, and stays in sight while it is tried again', async () => {
    const report = vi.spyOn(api, 'reportHazard').mockRejectedValueOnce(new NetworkFailure()).mockResolvedValue(arrived)
    const { key } = await drafts.keep(form, '占用消防通道', [])
    const first = drafts.send(key).catch(() => undefined)
    expect([drafts.waiting.length, drafts.underWay]).toEqual([0, [key]])
    await first
    expect([drafts.waiting.length, drafts.underWay]).toEqual([1, []])

    const again = drafts.sendWaiting()
    expect([drafts.waiting.length, drafts.underWay]).toEqual([1, [key]])
    expect(await drafts.sendWaiting()).toBe(0)
    expect(await again).toBe(1)
    expect(drafts.waiting).toHaveLength(0)
    expect(report).toHaveBeenCalledTimes(2)
  })

  it('belongs to whoever wrote it', async () => {
    const report = vi.spyOn(api, 'reportHazard').mockResolvedValue(arrived)
    await drafts.keep(form, '占用消防通道', [])
    useSession().me = { id: 2 } as Resident
    expect(drafts.waiting).toHaveLength(0)
    expect(await drafts.sendWaiting()).toBe(0)
    expect(report).not.toHaveBeenCalled()
  })
})
