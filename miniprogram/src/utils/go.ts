import { say } from '@/locale'

import type { Point } from './coordinates'
// #ifndef H5
import { toGcj02 } from './coordinates'
// #endif

/** All ways through the app, so that no page spells another's address. */
type Query = Record<string, string | number | boolean | undefined>

function address(path: string, query: Query = {}): string {
  const pairs = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
  return pairs.length > 0 ? `${path}?${pairs.join('&')}` : path
}

function open(path: string, query?: Query): void {
  uni.navigateTo({ url: address(path, query) })
}

/** Where somebody wanted to go when they had to sign in first. */
let wanted: string | undefined

function here(): string | undefined {
  const page = getCurrentPages().at(-1) as { route?: string; options?: Query } | undefined
  return page?.route === undefined ? undefined : address(`/${page.route}`, page.options)
}

export const go = {
  home: () => {
    uni.switchTab({ url: '/pages/home/index' })
  },
  nearby: () => {
    uni.switchTab({ url: '/pages/nearby/index' })
  },
  notices: () => {
    uni.switchTab({ url: '/pages/notices/index' })
  },
  signIn: () => {
    uni.reLaunch({ url: '/pages/sign-in/index' })
  },
  /** Sign in, and come back to this page: a message was tapped long after the last visit. */
  signInAndReturn: () => {
    wanted = here()
    go.signIn()
  },
  signedIn: () => {
    if (wanted === undefined) {
      go.home()
    } else {
      uni.reLaunch({ url: wanted })
      wanted = undefined
    }
  },
  back: () => {
    if (getCurrentPages().length > 1) {
      uni.navigateBack()
    } else {
      uni.switchTab({ url: '/pages/home/index' })
    }
  },
  report: (draft?: string) => {
    open('/pkg-hazards/report/index', { draft })
  },
  detail: (id: number) => {
    open('/pkg-hazards/detail/index', { id })
  },
  /** After sending there is no way back into the form. */
  sent: (id: number) => {
    uni.redirectTo({ url: address('/pkg-hazards/detail/index', { id, sent: 1 }) })
  },
  act: (id: number, move: string) => {
    open('/pkg-hazards/act/index', { id, move })
  },
  mine: () => {
    open('/pkg-hazards/mine/index')
  },
  tasks: () => {
    open('/pkg-hazards/tasks/index')
  },
  /** The cases whose supervision order nobody has answered yet. */
  orders: () => {
    open('/pkg-hazards/tasks/index', { orders: 1 })
  },
  overview: () => {
    open('/pkg-committees/overview/index')
  },
  residence: () => {
    open('/pkg-residents/residence/index')
  },
  requests: () => {
    open('/pkg-residents/requests/index')
  },
  privacy: () => {
    open('/pkg-residents/privacy/index')
  },
  messages: () => {
    open('/pkg-residents/messages/index')
  },
  announce: () => {
    open('/pkg-committees/announce/index')
  },
  announcement: (id: number) => {
    open('/pkg-residents/announcement/index', { id })
  },
}

/** The phone's own map and its way there. */
export function showTheWay(point: Point, name: string): void {
  // #ifdef H5
  location.href = `geo:${point.lat},${point.lon}?q=${point.lat},${point.lon}(${encodeURIComponent(name)})`
  // #endif
  // #ifndef H5
  const { lat: latitude, lon: longitude } = toGcj02(point)
  uni.openLocation({ latitude, longitude, name, address: name })
  // #endif
}

export function callPhone(phoneNumber: string): void {
  uni.makePhoneCall({
    phoneNumber,
    fail: ({ errMsg }) => {
      // Whoever thinks better of it has not failed.
      if (!errMsg.includes('cancel')) {
        uni.showToast({ title: say('call.failed'), icon: 'none' })
      }
    },
  })
}
