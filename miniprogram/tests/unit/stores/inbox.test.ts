import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'

import { api, NetworkFailure, type Notice, type NoticePage, type Resident } from '@/api'
import { setLanguage } from '@/locale'
import { useInbox } from '@/stores/inbox'
import { useSession } from '@/stores/session'

const about = { kind: 'hazard', id: 7 }
const notice = (id: number, change: Partial<Notice> = {}): Notice => ({
  id,
  kind: 'case_accepted',
  title: '已受理',
  body: '',
  at: '2026-11-21T03:00:00Z',
  read_at: null,
  about,
  emergency: false,
  ...change,
})
const page = (items: Notice[], unread: number): NoticePage => ({ items, next_cursor: null, unread })

function restarted(residentId = 1) {
  setActivePinia(createPinia())
  const session = useSession()
  session.me = { id: residentId, roles: [], consent: {} } as unknown as Resident
  session.signedIn = true
  return useInbox()
}

let inbox: ReturnType<typeof useInbox>

beforeEach(() => {
  setLanguage('zh-Hans')
  inbox = restarted()
})

describe('the number on the tab', () => {
  it('is asked for, and shown up to 99', async () => {
    vi.spyOn(api, 'notices').mockResolvedValue(page([], 3))
    await inbox.look()
    expect(inbox.unread).toBe(3)
    inbox.showBadge()
    expect(uni.setTabBarBadge).toHaveBeenCalledWith(expect.objectContaining({ index: 2, text: '3' }))
    vi.spyOn(api, 'notices').mockResolvedValue(page([], 140))
    await inbox.look()
    inbox.showBadge()
    expect(uni.setTabBarBadge).toHaveBeenLastCalledWith(expect.objectContaining({ text: '99+' }))
  })

  it('goes when all was read', async () => {
    inbox.know(page([notice(1)], 1))
    vi.spyOn(api, 'readNotices').mockResolvedValue({ unread: 0 })
    await inbox.readAll()
    inbox.showBadge()
    expect(uni.removeTabBarBadge).toHaveBeenCalled()
    expect(inbox.items[0]?.read_at).not.toBeNull()
  })

  it('stays what it was where the network does not answer, and says nothing of it', async () => {
    inbox.know(page([], 2))
    vi.spyOn(api, 'notices').mockRejectedValue(new NetworkFailure())
    await inbox.look()
    expect(inbox.unread).toBe(2)
    expect(uni.showToast).not.toHaveBeenCalled()
  })

  it('is looked for once a minute while the app is shown, and not when it is hidden', () => {
    vi.useFakeTimers()
    const look = vi.spyOn(api, 'notices').mockResolvedValue(page([], 0))
    inbox.watchInbox()
    inbox.watchInbox()
    const atOnce = look.mock.calls.length
    return vi
      .advanceTimersByTimeAsync(60_000)
      .then(() => {
        expect(look.mock.calls.length).toBe(atOnce + 1)
        inbox.rest()
        return vi.advanceTimersByTimeAsync(300_000)
      })
      .then(() => {
        expect(look.mock.calls.length).toBe(atOnce + 1)
      })
      .finally(() => vi.useRealTimers())
  })

  it('asks nothing for somebody who is not signed in', async () => {
    useSession().signedIn = false
    const look = vi.spyOn(api, 'notices')
    await inbox.look()
    expect(look).not.toHaveBeenCalled()
    expect(inbox.unread).toBe(0)
  })
})

describe('an emergency', () => {
  it('is there for the home page until it was read', async () => {
    const alarm = notice(5, { kind: 'emergency', emergency: true, about: { kind: 'announcement', id: 2 } })
    vi.spyOn(api, 'notices').mockResolvedValue(page([alarm, notice(4, { kind: 'task_new', emergency: true })], 2))
    await inbox.look()
    expect(inbox.alarms).toEqual([alarm])
    vi.spyOn(api, 'readNotices').mockResolvedValue({ unread: 1 })
    await inbox.readAbout({ kind: 'announcement', id: 2 })
    expect(inbox.alarms).toEqual([])
  })
})

describe('what was last seen', () => {
  it('is there after a restart, for the same person and in the same language', () => {
    inbox.know(page([notice(1)], 1))
    const again = restarted()
    expect(again.items).toHaveLength(1)
    setLanguage('en')
    expect([again.items.length, again.unread]).toEqual([0, 1])
    setLanguage('zh-Hans')
    const others = restarted(2)
    expect([others.items.length, others.unread]).toEqual([0, 0])
  })
})

describe('opening a thing', () => {
  it('marks all that was told about it', async () => {
    inbox.know(page([notice(3), notice(2), notice(1, { about: { kind: 'hazard', id: 8 } })], 3))
    const read = vi.spyOn(api, 'readNotices').mockResolvedValue({ unread: 1 })
    await inbox.readAbout(about)
    expect(read).toHaveBeenCalledWith(about)
    expect(inbox.items.map((one: Notice) => one.read_at === null)).toEqual([false, false, true])
    expect(inbox.unread).toBe(1)
  })

  it('is not undone by an answer that set out before', async () => {
    inbox.know(page([notice(1)], 1))
    let answerOld: (old: NoticePage) => void = () => undefined
    const asked = vi.spyOn(api, 'notices').mockReturnValueOnce(new Promise((resolve) => (answerOld = resolve)))
    asked.mockResolvedValue(page([], 0))
    vi.spyOn(api, 'readNotice').mockResolvedValue(notice(1))
    const looking = inbox.look()
    await Promise.resolve()
    await inbox.readOne(1)
    answerOld(page([notice(1)], 1))
    await looking
    expect([inbox.unread, asked.mock.calls.length]).toEqual([0, 2])
  })

  it('is heard by the service before it is asked again', async () => {
    inbox.know(page([notice(1)], 1))
    const order: string[] = []
    let hear: () => void = () => undefined
    vi.spyOn(api, 'readNotices').mockImplementation(async () => {
      await new Promise<void>((resolve) => (hear = resolve))
      order.push('heard')
      return { unread: 0 }
    })
    vi.spyOn(api, 'notices').mockImplementation(() => {
      order.push('asked')
      return Promise.resolve(page([], 0))
    })
    const telling = inbox.readAbout(about)
    const asking = inbox.ask({})
    hear()
    await Promise.all([telling, asking])
    expect(order).toEqual(['heard', 'asked'])
  })

  it('tells the service nothing where nothing is unread', async () => {
    inbox.know(page([], 0))
    const read = vi.spyOn(api, 'readNotices')
    await inbox.readAbout(about)
    expect(read).not.toHaveBeenCalled()
  })

  it('believes the service again when it could not be told', async () => {
    inbox.know(page([notice(1)], 1))
    vi.spyOn(api, 'readNotice').mockRejectedValue(new NetworkFailure())
    vi.spyOn(api, 'notices').mockResolvedValue(page([], 1))
    const telling = inbox.readOne(1)
    expect(inbox.unread).toBe(0)
    await telling
    expect(inbox.unread).toBe(1)
  })
})
