import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'

import { type About, api, type Notice, type NoticePage } from '@/api'
import { language } from '@/locale'
import { isAbout, isAlarm } from '@/utils/notices'

import { useSession } from './session'

const KEY = 'linli.inbox'
const TAB = 2
const LOOK_EVERY_MS = 60_000
const MOST_SHOWN = 99
const LOOKED_AT = 5

interface Kept {
  residentId: number
  language: string
  at: string
  items: Notice[]
  unread: number
}

/**
 * What is new for this person: the number on the tab, and the first page as it was last seen, kept
 * on the phone. Looking fails silently: without a network the last that was known stands.
 */
export const useInbox = defineStore('inbox', () => {
  const session = useSession()
  const kept = shallowRef<Kept | null>((uni.getStorageSync(KEY) || null) as Kept | null)
  /** Another person's, or one in another language, is not shown. */
  const mine = computed(() => (kept.value?.residentId === session.me?.id ? kept.value : null))
  const items = computed(() => (mine.value?.language === language() ? mine.value.items : []))
  const unread = computed(() => (session.signedIn ? (mine.value?.unread ?? 0) : 0))
  /** Unread emergencies of the community and calls for help among the newest, for the home page; urgent tasks have their own list. */
  const alarms = shallowRef<Notice[]>([])
  const looking = ref(false)
  let timer: ReturnType<typeof setInterval> | undefined
  /** How often something was marked here, and what the service has still to hear of it. */
  let marks = 0
  let telling: Promise<unknown> | undefined

  function keep(change: Partial<Kept>): void {
    const residentId = session.me?.id
    if (residentId === undefined) {
      return
    }
    const before = mine.value ?? { residentId, language: language(), at: '', items: [], unread: 0 }
    kept.value = { ...before, ...change }
    uni.setStorageSync(KEY, kept.value)
  }

  /** Asks the service, after it has heard what was read here; what was read while it answered, its answer does not know. */
  async function ask(query: Parameters<typeof api.notices>[0]): Promise<NoticePage> {
    if (telling) {
      await telling
    }
    const before = marks
    const page = await api.notices(query)
    return before === marks ? page : ask(query)
  }

  /** Keeps a first page that was fetched. */
  function know(page: NoticePage): void {
    keep({ items: page.items, unread: page.unread, language: language(), at: new Date().toISOString() })
  }

  async function look(): Promise<void> {
    if (!session.signedIn || looking.value) {
      return
    }
    looking.value = true
    try {
      const page = await ask({ unread: true, limit: LOOKED_AT })
      keep({ unread: page.unread })
      alarms.value = page.items.filter(isAlarm)
    } catch {
      // The last that was known stands.
    } finally {
      looking.value = false
    }
  }

  /** While the app is before somebody's eyes it looks once a minute. */
  function watchInbox(): void {
    rest()
    void look()
    timer = setInterval(() => void look(), LOOK_EVERY_MS)
  }

  function rest(): void {
    clearInterval(timer)
    timer = undefined
  }

  function markKept(matches: (notice: Notice) => boolean, count?: number): void {
    const now = new Date().toISOString()
    marks += 1
    alarms.value = alarms.value.filter((notice) => !matches(notice))
    const newly = items.value.filter((notice) => notice.read_at === null && matches(notice)).length
    keep({
      items: items.value.map((notice) => (matches(notice) && notice.read_at === null ? { ...notice, read_at: now } : notice)),
      unread: count ?? Math.max(0, unread.value - newly),
    })
  }

  /** Marks all about one thing as read: whoever has opened it knows. */
  async function readAbout(about: About): Promise<void> {
    if (unread.value === 0) {
      return
    }
    markKept((notice) => isAbout(notice, about))
    await settle(api.readNotices(about))
  }

  async function readOne(id: number): Promise<void> {
    markKept((notice) => notice.id === id)
    await settle(api.readNotice(id).then(() => null))
  }

  async function readAll(): Promise<void> {
    const { unread: left } = await api.readNotices()
    markKept(() => true, left)
  }

  /** What could not be told to the service is unread again at the next look; nobody needs to be bothered. */
  async function settle(told: Promise<{ unread: number } | null>): Promise<void> {
    telling = Promise.allSettled([telling, told])
    try {
      const answer = await told
      if (answer) {
        keep({ unread: answer.unread })
      }
    } catch {
      await look()
    }
  }

  /** Only pages with tabs can show it; elsewhere the platform refuses, which is no failure. */
  function showBadge(): void {
    const fail = () => undefined
    if (unread.value > 0) {
      uni.setTabBarBadge({ index: TAB, text: unread.value > MOST_SHOWN ? `${MOST_SHOWN}+` : String(unread.value), fail })
    } else {
      uni.removeTabBarBadge({ index: TAB, fail })
    }
  }

  return { kept, mine, items, unread, alarms, ask, know, look, watchInbox, rest, readAbout, readOne, readAll, showBadge }
})
