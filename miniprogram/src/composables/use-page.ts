import { onHide, onShow } from '@dcloudio/uni-app'
import { storeToRefs } from 'pinia'
import { watch } from 'vue'

import { language, say } from '@/locale'
import { useInbox } from '@/stores/inbox'
import { useSession } from '@/stores/session'
import { useSettings } from '@/stores/settings'
import { go } from '@/utils/go'

const BARS = {
  light: { ground: '#F6F5F1', front: '#000000', tab: '#566660', on: '#0B6E5B', line: 'white', suffix: '' },
  dark: { ground: '#101815', front: '#ffffff', tab: '#9DB0A9', on: '#5FD0B5', line: 'black', suffix: '-dark' },
} as const

const TABS = ['home', 'nearby', 'notices', 'me'] as const

function dressTabs(bars: (typeof BARS)[keyof typeof BARS]): void {
  // Another page may be in front by now, where there is no tab bar to dress; that is no failure.
  const fail = () => undefined
  uni.setTabBarStyle({
    color: bars.tab,
    selectedColor: bars.on,
    backgroundColor: bars.ground,
    borderStyle: bars.line,
    fail,
  })
  TABS.forEach((tab, index) => {
    uni.setTabBarItem({
      index,
      text: say(`tab.${tab}`),
      iconPath: `/static/tab/${tab}${bars.suffix}.png`,
      selectedIconPath: `/static/tab/${tab}${bars.suffix}-on.png`,
      fail,
    })
  })
}

/**
 * Dresses the platform's own bars, which know neither our words nor our colours.
 * To be called by every page, with the key of its title.
 */
export function usePage(title: string | (() => string), { tab = false } = {}): void {
  const settings = useSettings()
  const inbox = useInbox()
  const session = useSession()
  const { dark, large } = storeToRefs(settings)
  let shown = false

  function dress(): void {
    const bars = BARS[dark.value ? 'dark' : 'light']
    // #ifdef H5
    // Its wheels and calendars have words of their own, by which the browser's language would go.
    uni.setLocale(language())
    // #endif
    uni.setNavigationBarTitle({ title: typeof title === 'string' ? say(title) : title() })
    uni.setNavigationBarColor({ frontColor: bars.front, backgroundColor: bars.ground, fail: () => undefined })
    // #ifdef H5
    document.documentElement.className = ['theme', dark.value && 'theme--dark', large.value && 'theme--large']
      .filter(Boolean)
      .join(' ')
    document.documentElement.lang = language()
    // #endif
    // #ifndef H5
    uni.setBackgroundColor({ backgroundColor: bars.ground, fail: () => undefined })
    // #endif
    if (tab) {
      dressTabs(bars)
      inbox.showBadge()
    }
  }

  onShow(() => {
    shown = true
    dress()
    if (tab && session.me?.leaving) {
      go.onlyLeaving()
      return
    }
    if (tab) {
      void inbox.look()
    }
  })
  onHide(() => {
    shown = false
  })
  if (tab) {
    watch(
      () => inbox.unread,
      () => {
        if (shown) {
          inbox.showBadge()
        }
      },
    )
  }
  watch([dark, large, language, typeof title === 'string' ? () => title : title], () => {
    if (shown) {
      dress()
    }
  })
}
