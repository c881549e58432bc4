import { afterEach, beforeEach, vi } from 'vitest'

/** What `uni` keeps between calls; emptied before each test. */
const storage = new Map<string, unknown>()

/**
 * The part of `uni` that pages touch while they are only being rendered. A test that expects a
 * call replaces that one function: `vi.mocked(uni.request).mockImplementation(…)`.
 */
function fakeUni(): Record<string, unknown> {
  const nothing = () => vi.fn()
  return {
    getStorageSync: vi.fn((key: string) => storage.get(key) ?? ''),
    setStorageSync: vi.fn((key: string, value: unknown) => storage.set(key, value)),
    removeStorageSync: vi.fn((key: string) => storage.delete(key)),
    getSystemInfoSync: vi.fn(() => ({ language: 'zh-Hans', platform: 'h5', theme: 'light', statusBarHeight: 0 })),
    getWindowInfo: vi.fn(() => ({ windowWidth: 390, windowHeight: 844, statusBarHeight: 0, safeAreaInsets: { bottom: 0 } })),
    getAppBaseInfo: vi.fn(() => ({ language: 'zh-Hans', theme: 'light' })),
    getNetworkType: vi.fn((options: { success?: (result: object) => void }) => options.success?.({ networkType: 'wifi' })),
    request: nothing(),
    uploadFile: nothing(),
    login: nothing(),
    getLocation: nothing(),
    vibrateShort: nothing(),
    chooseImage: nothing(),
    navigateTo: nothing(),
    redirectTo: nothing(),
    reLaunch: nothing(),
    switchTab: nothing(),
    navigateBack: nothing(),
    showToast: nothing(),
    hideToast: nothing(),
    showLoading: nothing(),
    hideLoading: nothing(),
    showModal: nothing(),
    makePhoneCall: nothing(),
    setLocale: nothing(),
    getLocale: vi.fn(() => 'zh-Hans'),
    setNavigationBarTitle: nothing(),
    setNavigationBarColor: nothing(),
    setTabBarItem: nothing(),
    setTabBarStyle: nothing(),
    setTabBarBadge: nothing(),
    removeTabBarBadge: nothing(),
    pageScrollTo: nothing(),
    setBackgroundColor: nothing(),
    onNetworkStatusChange: nothing(),
    onThemeChange: nothing(),
    onLocaleChange: nothing(),
    $on: nothing(),
    $off: nothing(),
    $emit: nothing(),
  }
}

vi.stubGlobal('uni', fakeUni())
vi.stubGlobal('getCurrentPages', () => [])

beforeEach(() => {
  storage.clear()
  Object.assign(uni, fakeUni())
})

/** What a test leaves behind to be tried again later must not come in the midst of another. */
const begun: ReturnType<typeof setTimeout>[] = []
const begin = globalThis.setTimeout

globalThis.setTimeout = Object.assign((...args: Parameters<typeof begin>) => {
  const timer = begin(...args)
  begun.push(timer)
  return timer
}, begin)

afterEach(() => {
  vi.useRealTimers()
  begun.splice(0).forEach((timer) => {
    clearTimeout(timer)
  })
})
