/** The part of WeChat's `wx` that the mini-program uses, on what a browser offers. */
import { createSelectorQuery } from './selector-query.js'

/** Kept apart from whatever else this origin stores. */
const PREFIX = 'mp:'

export function createWx(context) {
  const { stack, chrome, app, launch, navigation } = context
  const page = () => stack.at(-1)

  const wx = {
    ...device(chrome),
    ...network(),
    ...storage(),
    ...files(),
    ...places(),

    // --- Pages --------------------------------------------------------------------------------
    // Asynchronous, as on a phone: code right after the call still runs on the old page.
    navigateTo: later('navigateTo', ({ url }) => navigation.navigateTo(absolute(url))),
    redirectTo: later('redirectTo', ({ url }) => navigation.redirectTo(absolute(url))),
    reLaunch: later('reLaunch', ({ url }) => navigation.reLaunch(absolute(url))),
    switchTab: later('switchTab', ({ url }) => navigation.switchTab(absolute(url))),
    navigateBack: later('navigateBack', ({ delta = 1 }) => navigation.navigateBack(delta)),
    startPullDownRefresh: later('startPullDownRefresh', () => navigation.pullDown()),
    stopPullDownRefresh: later('stopPullDownRefresh'),
    pageScrollTo: later('pageScrollTo', ({ scrollTop = 0, selector }) => {
      const { scroller } = page().frame
      const target = selector && scroller.querySelector(selector)
      scroller.scrollTop = target ? target.offsetTop : scrollTop
    }),
    setNavigationBarTitle: later('setNavigationBarTitle', ({ title }) => page().frame.setTitle(title)),
    setNavigationBarColor: later('setNavigationBarColor', ({ frontColor, backgroundColor }) => {
      page().frame.setColours({ frontColor, backgroundColor })
    }),
    setTabBarItem: later('setTabBarItem', ({ index, ...item }) => {
      Object.assign(chrome.tabs[index], item)
      chrome.drawTabs()
    }),
    setTabBarStyle: later('setTabBarStyle', chrome.setTabStyle),
    setTabBarBadge: later('setTabBarBadge', ({ index, text }) => setBadge(index, text)),
    removeTabBarBadge: later('removeTabBarBadge', ({ index }) => setBadge(index, '')),
    showTabBarRedDot: later('showTabBarRedDot', ({ index }) => setBadge(index, '●')),
    hideTabBarRedDot: later('hideTabBarRedDot', ({ index }) => setBadge(index, '')),
    hideTabBar: later('hideTabBar', () => chrome.setTabBarHidden(true)),
    showTabBar: later('showTabBar', () => chrome.setTabBarHidden(false)),
    setBackgroundColor: later('setBackgroundColor'),
    setBackgroundTextStyle: later('setBackgroundTextStyle'),
    hideHomeButton: later('hideHomeButton'),
    showNavigationBarLoading: later('showNavigationBarLoading'),
    hideNavigationBarLoading: later('hideNavigationBarLoading'),
    nextTick: (callback) => queueMicrotask(callback),
    createSelectorQuery: () => createSelectorQuery(() => page()?.instance),
    createIntersectionObserver: (component, options) => component.createIntersectionObserver(options),
    createMediaQueryObserver: (component) => component.createMediaQueryObserver(),
    createAnimation: () => ({ step: () => undefined, export: () => ({ actions: [] }) }),

    // --- Words with the person ------------------------------------------------------------------
    showToast: later('showToast', ({ title, duration = 1500 }) => chrome.showToast(title, duration)),
    hideToast: later('hideToast', () => chrome.hideToast()),
    showLoading: later('showLoading', ({ title }) => chrome.showToast(title, 0)),
    hideLoading: later('hideLoading', () => chrome.hideToast()),
    showModal: later('showModal', (options) => chrome.showModal(options)),
    showActionSheet: later('showActionSheet', ({ itemList }) => chrome.showActionSheet(itemList)),
    previewImage: later('previewImage', ({ current, urls }) => preview(page().frame, current ?? urls[0])),
    vibrateShort: later('vibrateShort'),
    // Whatever stands before the camera: `localStorage['mp:scan']`.
    scanCode: later('scanCode', () => {
      const result = localStorage.getItem(`${PREFIX}scan`)
      if (!result) throw new Error('cancel')
      return { result, scanType: 'QR_CODE' }
    }),
    setClipboardData: later('setClipboardData', ({ data }) => record('setClipboardData', { data })),
    makePhoneCall: later('makePhoneCall', (options) => record('makePhoneCall', options)),

    // --- The person -----------------------------------------------------------------------------
    login: later('login', () => ({ code: loginCode() })),
    checkSession: later('checkSession'),
    requestSubscribeMessage: later('requestSubscribeMessage', ({ tmplIds = [] }) => {
      record('requestSubscribeMessage', { tmplIds })
      const answer = subscribeAnswer()
      if (answer === 'off') throw new Error('The main switch is switched off')
      return Object.fromEntries(tmplIds.map((id) => [id, answer]))
    }),
    getSetting: later('getSetting', () => ({ authSetting: { 'scope.userLocation': true } })),
    openSetting: later('openSetting', () => ({ authSetting: { 'scope.userLocation': true } })),
    authorize: later('authorize'),
    requirePrivacyAuthorize: later('requirePrivacyAuthorize'),
    getPrivacySetting: later('getPrivacySetting', () => ({ needAuthorization: false, privacyContractName: '《隐私保护指引》' })),
    openPrivacyContract: later('openPrivacyContract', () => record('openPrivacyContract', {})),
    onNeedPrivacyAuthorization: ignore,

    // --- The app ----------------------------------------------------------------------------------
    getLaunchOptionsSync: () => launch,
    getEnterOptionsSync: () => launch,
    getAccountInfoSync: () => ({ miniProgram: { appId: 'touristappid', envVersion: 'develop', version: '' } }),
    onAppShow: (listener) => app.onShow.push(listener),
    onAppHide: (listener) => app.onHide.push(listener),
    offAppShow: ignore,
    offAppHide: ignore,
    // Vue's and glass-easel's errors go to `window` anyway.
    onError: ignore,
    onUnhandledRejection: ignore,
    onPageNotFound: ignore,
    onMemoryWarning: ignore,
    getUpdateManager: () => ({ onCheckForUpdate: ignore, onUpdateReady: ignore, onUpdateFailed: ignore, applyUpdate: ignore }),
    canIUse: (name) => typeof wx[name.split('.')[0]] === 'function',
  }
  return wx

  function setBadge(index, badge) {
    chrome.tabs[index].badge = badge
    chrome.drawTabs()
  }

  function absolute(url) {
    if (url.startsWith('/')) return url
    return new URL(url, `${location.origin}/${page()?.path ?? ''}`).href.slice(location.origin.length)
  }
}

const ignore = () => undefined

/** WeChat's calling convention: callbacks, or a promise if none is given. */
function later(name, action = ignore) {
  return (options = {}) => {
    const settled = new Promise((resolve, reject) => {
      setTimeout(() => {
        Promise.resolve()
          .then(() => action(options))
          .then(
            (result) => resolve({ errMsg: `${name}:ok`, ...(typeof result === 'object' ? result : {}) }),
            (error) => reject({ errMsg: `${name}:fail ${error instanceof Error ? error.message : String(error)}` }),
          )
      })
    })
    const { success, fail, complete } = options ?? {}
    if (!success && !fail && !complete) return settled
    settled.then(
      (result) => {
        success?.(result)
        complete?.(result)
      },
      (failure) => {
        fail?.(failure)
        complete?.(failure)
      },
    )
    return undefined
  }
}

/** What a browser cannot do is noted, so that a test can ask for it. */
function record(name, options) {
  globalThis.wxCalls = [...(globalThis.wxCalls ?? []), { name, options: JSON.parse(JSON.stringify(options)) }]
}

/** `?code=demo:gridworker` says who holds this phone. */
function loginCode() {
  const given = new URLSearchParams(location.search).get('code')
  return given ?? localStorage.getItem(`${PREFIX}login-code`) ?? 'demo:resident'
}

/** What this person says to WeChat's question about messages: `accept`, `reject`, or `off` at the main switch. */
function subscribeAnswer() {
  return localStorage.getItem(`${PREFIX}subscribe-answer`) ?? 'reject'
}

function preview(frame, source) {
  const box = Object.assign(document.createElement('div'), { className: 'mp-preview' })
  box.append(Object.assign(new Image(), { src: source }))
  box.addEventListener('click', () => box.remove())
  frame.scroller.parentElement.append(box)
}

function device(chrome) {
  const windowInfo = () => ({
    pixelRatio: devicePixelRatio,
    screenWidth: innerWidth,
    screenHeight: innerHeight,
    windowWidth: innerWidth,
    windowHeight: chrome.current()?.scroller.clientHeight ?? innerHeight,
    statusBarHeight: 0,
    screenTop: 44,
    safeArea: { left: 0, right: innerWidth, top: 0, bottom: innerHeight, width: innerWidth, height: innerHeight },
  })
  const appBaseInfo = () => ({
    SDKVersion: '3.10.0',
    version: '8.0.60',
    language: navigator.language.startsWith('zh') ? 'zh_CN' : 'en',
    theme: chrome.theme(),
    enableDebug: false,
    fontSizeSetting: 16,
    fontSizeScaleFactor: 1,
    host: { env: 'WeChat', appId: '', version: 0 },
  })
  const deviceInfo = () => ({
    brand: 'browser',
    model: 'glass-easel',
    system: 'Android 14',
    platform: 'android',
    memorySize: 8000,
    deviceOrientation: 'portrait',
  })
  const systemInfo = () => ({ ...windowInfo(), ...appBaseInfo(), ...deviceInfo(), errMsg: 'getSystemInfo:ok' })
  return {
    getWindowInfo: windowInfo,
    getAppBaseInfo: appBaseInfo,
    getDeviceInfo: deviceInfo,
    getSystemInfoSync: systemInfo,
    getSystemInfo: later('getSystemInfo', systemInfo),
    getSystemSetting: () => ({ locationEnabled: true, wifiEnabled: true, deviceOrientation: 'portrait' }),
    getAppAuthorizeSetting: () => ({ locationAuthorized: 'authorized', cameraAuthorized: 'authorized' }),
    getMenuButtonBoundingClientRect: () => {
      const right = innerWidth - 7
      return { left: right - 87, right, top: 6, bottom: 38, width: 87, height: 32 }
    },
    onThemeChange: (listener) => chrome.onTheme(listener),
    offThemeChange: ignore,
    onWindowResize: (listener) => addEventListener('resize', () => listener({ size: windowInfo() })),
    offWindowResize: ignore,
    onKeyboardHeightChange: ignore,
    offKeyboardHeightChange: ignore,
    hideKeyboard: later('hideKeyboard', () => document.activeElement?.blur()),
  }
}

// --- Network --------------------------------------------------------------------------------------

function network() {
  const networkType = () => (navigator.onLine ? 'wifi' : 'none')
  return {
    request(options) {
      const { url, method = 'GET', header = {}, data, timeout = 60_000 } = options
      const isGet = method === 'GET'
      const target = sameOrigin(url)
      if (isGet && data) for (const [name, value] of Object.entries(data)) target.searchParams.set(name, String(value))
      const body = isGet || data === undefined ? undefined : typeof data === 'string' ? data : JSON.stringify(data)
      const headers = body === undefined ? header : { 'Content-Type': 'application/json', ...header }
      return exchange('request', target, { method, headers, body }, { ...options, timeout }, async (response) => ({
        data: readAs(options, await response.text()),
        statusCode: response.status,
        header: Object.fromEntries(response.headers),
        cookies: [],
      }))
    },
    uploadFile(options) {
      const { url, filePath, name, formData = {}, header = {}, timeout = 60_000 } = options
      const request = fetch(filePath)
        .then((file) => file.blob())
        .then((blob) => {
          const body = new FormData()
          for (const [field, value] of Object.entries(formData)) body.append(field, String(value))
          body.append(name, blob, 'photo.jpg')
          return body
        })
      return exchange('uploadFile', sameOrigin(url), { method: 'POST', headers: header, body: request }, { ...options, timeout }, async (response) => ({
        data: await response.text(),
        statusCode: response.status,
      }))
    },
    downloadFile(options) {
      const { url, header = {}, timeout = 60_000 } = options
      return exchange('downloadFile', sameOrigin(url), { headers: header }, { ...options, timeout }, async (response) => ({
        tempFilePath: URL.createObjectURL(await response.blob()),
        statusCode: response.status,
      }))
    },
    getNetworkType: later('getNetworkType', () => ({ networkType: networkType() })),
    onNetworkStatusChange(listener) {
      const tell = () => listener({ isConnected: navigator.onLine, networkType: networkType() })
      addEventListener('online', tell)
      addEventListener('offline', tell)
    },
    offNetworkStatusChange: ignore,
  }
}

/** Whatever host was built in, here everything goes to the server that serves this page. */
function sameOrigin(url) {
  const { pathname, search } = new URL(url, location.origin)
  return new URL(`${pathname}${search}`, location.origin)
}

function readAs({ dataType = 'json' }, text) {
  if (dataType !== 'json') return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function exchange(name, url, init, { timeout, success, fail, complete }, read) {
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort('timeout'), timeout)
  Promise.resolve(init.body)
    .then((body) => fetch(url, { ...init, body, signal: abort.signal, credentials: 'omit' }))
    .then(read)
    .then(
      (answer) => ({ tell: success, result: { errMsg: `${name}:ok`, ...answer } }),
      () => ({ tell: fail, result: { errMsg: `${name}:fail${abort.signal.reason === 'timeout' ? ' timeout' : ''}` } }),
    )
    .then(({ tell, result }) => {
      clearTimeout(timer)
      tell?.(result)
      complete?.(result)
    })
  return {
    abort: () => abort.abort(),
    onProgressUpdate: ignore,
    offProgressUpdate: ignore,
    onHeadersReceived: ignore,
    offHeadersReceived: ignore,
  }
}

// --- Storage and files ----------------------------------------------------------------------------

function storage() {
  const keys = () => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))
  const get = (key) => {
    const kept = localStorage.getItem(PREFIX + key)
    return kept === null ? '' : JSON.parse(kept)
  }
  const set = (key, value) => {
    localStorage.setItem(PREFIX + key, JSON.stringify(value))
  }
  const remove = (key) => localStorage.removeItem(PREFIX + key)
  const clear = () => keys().forEach((key) => localStorage.removeItem(key))
  const info = () => ({ keys: keys().map((key) => key.slice(PREFIX.length)), currentSize: 1, limitSize: 10240 })
  return {
    getStorageSync: get,
    setStorageSync: set,
    removeStorageSync: remove,
    clearStorageSync: clear,
    getStorageInfoSync: info,
    getStorage: later('getStorage', ({ key }) => {
      if (localStorage.getItem(PREFIX + key) === null) throw new Error('data not found')
      return { data: get(key) }
    }),
    setStorage: later('setStorage', ({ key, data }) => set(key, data)),
    removeStorage: later('removeStorage', ({ key }) => remove(key)),
    clearStorage: later('clearStorage', clear),
    getStorageInfo: later('getStorageInfo', info),
  }
}

function files() {
  const chosen = (file) => ({ tempFilePath: URL.createObjectURL(file), size: file.size, fileType: 'image' })
  const measure = async (src) => {
    const image = Object.assign(new Image(), { src })
    await image.decode()
    return { width: image.naturalWidth, height: image.naturalHeight, path: src, orientation: 'up', type: 'jpeg' }
  }
  return {
    chooseMedia: later('chooseMedia', async ({ count = 9 }) => ({
      tempFiles: (await pickFiles(count)).map(chosen),
      type: 'image',
    })),
    chooseImage: later('chooseImage', async ({ count = 9 }) => {
      const picked = (await pickFiles(count)).map(chosen)
      return {
        tempFilePaths: picked.map(({ tempFilePath }) => tempFilePath),
        tempFiles: picked.map(({ tempFilePath, size }) => ({ path: tempFilePath, size })),
      }
    }),
    chooseMessageFile: later('chooseMessageFile', async ({ count = 1 }) => ({
      tempFiles: (await pickFiles(count, '')).map((file) => ({ path: URL.createObjectURL(file), name: file.name, size: file.size })),
    })),
    shareFileMessage: later('shareFileMessage', async ({ filePath, fileName }) => {
      const content = await (await fetch(filePath)).text()
      record('shareFileMessage', { fileName, begins: content.slice(0, 60) })
    }),
    compressImage: later('compressImage', ({ src }) => ({ tempFilePath: src })),
    getImageInfo: later('getImageInfo', ({ src }) => measure(src)),
    saveFile: later('saveFile', ({ tempFilePath }) => ({ savedFilePath: tempFilePath })),
    removeSavedFile: later('removeSavedFile'),
    openDocument: later('openDocument', async ({ filePath, fileType }) => {
      const content = await (await fetch(filePath)).text()
      record('openDocument', { fileType, begins: content.slice(0, 8) })
    }),
    getFileSystemManager: () => ({
      saveFile: later('saveFile', ({ tempFilePath }) => ({ savedFilePath: tempFilePath })),
      saveFileSync: (path) => path,
      unlink: later('unlink'),
      unlinkSync: ignore,
      removeSavedFile: later('removeSavedFile'),
      access: later('access', async ({ path }) => {
        await fetch(path)
      }),
      accessSync: ignore,
    }),
    env: { USER_DATA_PATH: 'wxfile://usr' },
  }
}

function pickFiles(count, accept = 'image/*') {
  return new Promise((resolve, reject) => {
    const input = document.createElement('input')
    Object.assign(input, { type: 'file', accept, multiple: count > 1 })
    input.addEventListener('change', () => resolve([...input.files].slice(0, count)))
    input.addEventListener('cancel', () => reject(new Error('cancel')))
    input.click()
  })
}

// --- Where we are ---------------------------------------------------------------------------------

function places() {
  const position = () =>
    new Promise((resolve, reject) => {
      navigator.geolocation.getCurrentPosition(resolve, (error) => reject(new Error(`auth deny ${error.message}`)))
    })
  return {
    getLocation: later('getLocation', async ({ type = 'wgs84' }) => {
      const { coords } = await position()
      const { latitude, longitude } = type === 'gcj02' ? towardsGcj02(coords) : coords
      return { latitude, longitude, accuracy: 20, speed: -1, altitude: 0, verticalAccuracy: 0, horizontalAccuracy: 20 }
    }),
    chooseLocation: later('chooseLocation', async () => {
      const { coords } = await position()
      const { latitude, longitude } = towardsGcj02(coords)
      return { name: '选定的位置', address: '选定的位置', latitude, longitude }
    }),
    openLocation: later('openLocation', (options) => record('openLocation', options)),
    createMapContext: () => ({
      moveToLocation: later('moveToLocation'),
      includePoints: later('includePoints'),
      getScale: later('getScale', () => ({ scale: 16 })),
    }),
  }
}

/** A phone in China answers in GCJ-02, some 300 to 500 metres off; the shift of Chengdu will do here. */
function towardsGcj02({ latitude, longitude }) {
  return { latitude: latitude - 0.00242, longitude: longitude + 0.00252 }
}
