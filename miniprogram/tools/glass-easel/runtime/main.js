/**
 * The half of the runner that lives in the page: loads the packed mini-program, keeps its stack of
 * pages and calls their lifetimes in WeChat's order. Components are glass-easel's own work.
 */
import { glassEasel, MiniProgramEnv } from 'glass-easel-miniprogram-adapter'

import { defineBuiltIns } from './built-ins.js'
import { createChrome } from './chrome.js'
import { createModules } from './modules.js'
import { createWx } from './wx.js'

// uni hangs its event handlers on the instance while rendering; glass-easel has to look there too.
glassEasel.globalOptions.useMethodCallerListeners = true

// An error inside a lifetime or a handler must reach `window`, where the tests listen.
glassEasel.addGlobalErrorListener((error) => {
  setTimeout(() => {
    throw error instanceof Error ? error : new Error(String(error))
  })
  return false
})

// A phone does not show these either: `null` for a string, attributes that a built-in has no use for.
glassEasel.addGlobalWarningListener((message) => {
  console.debug(message)
  return false
})

// Inline styles are made while running, so their `rpx` cannot be rewritten when packing.
const setAttribute = Element.prototype.setAttribute
Element.prototype.setAttribute = function (name, value) {
  const own = name === 'style' && typeof value === 'string'
  setAttribute.call(this, name, own ? value.replace(/(-?\d*\.?\d+)rpx\b/g, 'calc($1 * var(--rpx))') : value)
}

globalThis.startMiniProgram = (pack) => {
  const appConfig = pack.configs.app
  const environment = new MiniProgramEnv()
  const space = environment.createCodeSpace('main', true)
  const componentSpace = space.getComponentSpace()
  const backend = environment.associateBackend(domBackend())
  const chrome = createChrome(appConfig, pack.configs.theme ?? {})
  const stack = []
  const tabPages = new Map()
  const tabPaths = (appConfig.tabBar?.list ?? []).map(({ pagePath }) => pagePath)
  const app = { onShow: [], onHide: [] }
  let appInstance

  defineBuiltIns(componentSpace, { currentPage: () => stack.at(-1) })
  callReadyAfterAttached()

  const context = { stack, chrome, app, launch: launchOptions(), navigation: navigation() }
  const wx = createWx(context)
  let definingPath = ''
  Object.assign(globalThis, {
    wx,
    App(options) {
      appInstance = options
    },
    getApp: () => appInstance,
    getCurrentPages: () => stack.map(({ instance }) => instance),
    Component: (definition) => space.component(definingPath).definition(definition).register(),
    Page: (definition) => space.component(definingPath).pageDefinition(definition).register(),
    Behavior: (definition) => space.behavior().definition(definition).register(),
  })
  const modules = createModules(pack.modules)

  // --- Loading ------------------------------------------------------------------------------

  for (const [path, template] of Object.entries(pack.templates)) {
    space.addCompiledTemplate(path, { groupList: pack.templates, content: template })
  }
  for (const [path, config] of Object.entries(pack.configs)) {
    // uni gives every component `addGlobalClass`: the app's classes reach into all of them.
    space.addComponentStaticConfig(path, { usingComponents: config.usingComponents, styleIsolation: 'shared' })
  }

  const loaded = new Set()
  /** Components first, as a page can be made only of what is defined. */
  function load(path) {
    if (loaded.has(path)) return
    loaded.add(path)
    for (const used of Object.values(pack.configs[path]?.usingComponents ?? {})) load(used.slice(1))
    addStyle(path)
    definingPath = path
    modules.require(`${path}.js`)
  }

  const pageStyles = new Map()
  function addStyle(path) {
    if (!pack.styles[path]) return
    const style = document.createElement('style')
    style.dataset.from = path
    style.textContent = pack.styles[path]
    document.head.append(style)
    if (isPage(path)) pageStyles.set(path, style)
  }

  function isPage(path) {
    return allPages.includes(path)
  }

  const allPages = [
    ...appConfig.pages,
    ...(appConfig.subPackages ?? []).flatMap(({ root, pages }) => pages.map((page) => `${root}/${page}`)),
  ]

  /** glass-easel leaves `ready` to whoever runs it: after layout, the innermost first. */
  function callReadyAfterAttached() {
    let waiting = []
    const behaviour = componentSpace.defineBehavior({
      lifetimes: {
        attached() {
          if (waiting.length === 0) setTimeout(flush)
          waiting.push(this._$)
        },
      },
    })
    function flush() {
      const ready = waiting.reverse()
      waiting = []
      for (const component of ready) component.triggerLifetime('ready', [])
    }
    space.setOverallBehavior(behaviour)
  }

  // --- Pages --------------------------------------------------------------------------------

  function open(url) {
    const { path, query } = parseUrl(url)
    if (!isPage(path)) throw new Error(`no such page: ${path}`)
    load(path)
    const config = { ...appConfig.window, ...pack.configs[path] }
    const frame = chrome.addFrame(path, config, { tab: tabPaths.includes(path), back: stack.length > 0 })
    const rootNode = backend.createRoot('wx-page', space, `/${path}`)
    const instance = rootNode.get()
    const page = { path, query, config, frame, instance, root: rootNode }
    // uni knows a page from a component by its route.
    Object.assign(instance, { route: path, __route__: path, options: query })
    rootNode.attach(frame.scroller, frame.placeholder)
    frame.onScroll((scrollTop) => call(page, 'onPageScroll', { scrollTop }))
    frame.onBottom(() => call(page, 'onReachBottom'))
    call(page, 'onLoad', query)
    return page
  }

  function show(page) {
    for (const [path, style] of pageStyles) style.disabled = path !== page.path
    chrome.show(page.frame)
    // The address tells which page is open, and loading it again opens that page.
    history.replaceState(null, '', `${location.pathname}${location.search}#/${page.path}${queryString(page.query)}`)
    page.root.getComponent().triggerPageLifetime('show', [])
    call(page, 'onShow')
    if (page.isReady) return
    page.isReady = true
    setTimeout(() => call(page, 'onReady'))
  }

  function hide(page) {
    page.frame.hide()
    page.root.getComponent().triggerPageLifetime('hide', [])
    call(page, 'onHide')
  }

  function close(page) {
    call(page, 'onUnload')
    page.root.release()
    page.frame.remove()
    tabPages.delete(page.path)
  }

  function call(page, name, ...values) {
    const method = page.instance[name]
    if (typeof method !== 'function') return undefined
    return glassEasel.safeCallback(name, method, page.instance, values)
  }

  function navigation() {
    return {
      navigateTo(url) {
        if (tabPaths.includes(parseUrl(url).path)) throw new Error('can not navigateTo a tabbar page')
        hide(stack.at(-1))
        push(open(url))
      },
      redirectTo(url) {
        if (tabPaths.includes(parseUrl(url).path)) throw new Error('can not redirectTo a tabbar page')
        close(stack.pop())
        push(open(url))
      },
      reLaunch(url) {
        for (const page of [...stack.splice(0).reverse(), ...tabPages.values()]) {
          if (page.frame.isAlive()) close(page)
        }
        push(open(url))
      },
      switchTab(url) {
        const { path } = parseUrl(url)
        if (!tabPaths.includes(path)) throw new Error('can not switch to no-tabBar page')
        const kept = tabPages.get(path)
        if (stack.at(-1) && stack.at(-1) === kept) return
        while (stack.length > 1) close(stack.pop())
        const left = stack.pop()
        if (left && left !== kept) {
          if (tabPaths.includes(left.path)) hide(left)
          else close(left)
        }
        push(kept ?? open(url))
      },
      navigateBack(delta) {
        const steps = Math.min(delta, stack.length - 1)
        for (let step = 0; step < steps; step += 1) close(stack.pop())
        if (steps > 0) show(stack.at(-1))
      },
      pullDown: () => call(stack.at(-1), 'onPullDownRefresh'),
    }
  }

  function push(page) {
    stack.push(page)
    if (tabPaths.includes(page.path)) tabPages.set(page.path, page)
    show(page)
  }

  function launchOptions() {
    const { path, query } = parseUrl(location.hash.slice(1) || appConfig.entryPagePath || appConfig.pages[0])
    return { path, query, scene: 1001, referrerInfo: {}, mode: 'default' }
  }

  // --- Start --------------------------------------------------------------------------------

  chrome.onTab((path) => context.navigation.switchTab(`/${path}`))
  chrome.onBack(() => context.navigation.navigateBack(1))

  addStyle('app')
  modules.require('app.js')
  glassEasel.safeCallback('onLaunch', appInstance.onLaunch ?? (() => undefined), appInstance, [context.launch])
  glassEasel.safeCallback('onShow', appInstance.onShow ?? (() => undefined), appInstance, [context.launch])
  document.addEventListener('visibilitychange', () => {
    const hidden = document.visibilityState === 'hidden'
    const name = hidden ? 'onHide' : 'onShow'
    if (appInstance[name]) glassEasel.safeCallback(name, appInstance[name], appInstance, [context.launch])
    for (const listener of app[name]) listener(context.launch)
  })
  push(open(`/${context.launch.path}${queryString(context.launch.query)}`))
}

/**
 * WeChat's events are plain objects that own their fields; uni looks with `hasOwnProperty`. Those of
 * glass-easel inherit them, and their targets are the components themselves.
 */
const wrapEvent = glassEasel.Event.prototype.wrapShadowedEvent
glassEasel.Event.prototype.wrapShadowedEvent = function (target, mark, currentTarget) {
  const event = wrapEvent.call(this, target, mark, currentTarget)
  const { type, timeStamp, detail } = this
  Object.assign(event, { type, timeStamp, detail, target: plainTarget(target), currentTarget: plainTarget(currentTarget) })
  return event
}

function plainTarget(node) {
  const element = (node._$ ?? node).getBackendElement?.()
  return { id: node.id, dataset: { ...node.dataset }, offsetLeft: element?.offsetLeft ?? 0, offsetTop: element?.offsetTop ?? 0 }
}

/** What a finger does; everything else (`input`, `load`, …) the built-in components tell themselves. */
const GESTURES = ['tap', 'touchstart', 'touchmove', 'touchend', 'touchcancel', 'transitionend', 'animationend']

/** The browser as glass-easel's ground, without the events that WeChat does not have (`click`). */
function domBackend() {
  const context = new glassEasel.CurrentWindowBackendContext()
  context.onEvent((target, type, detail, options) => {
    const dom = options.originalEvent
    if (!GESTURES.includes(type)) return undefined
    if (type === 'tap' && dom.target.closest?.('wx-button[disabled]')) return undefined
    const extraFields = { touches: touches(dom.touches), changedTouches: touches(dom.changedTouches) }
    const event = new glassEasel.Event(type, onMap(dom, type) ?? detail, { ...options, extraFields })
    glassEasel.Event.dispatchEvent(target, event)
    return event.defaultPrevented() ? glassEasel.EventBubbleStatus.NoDefault : glassEasel.EventBubbleStatus.Normal
  })
  return context
}

/** A tap on a map tells where on the map. */
function onMap({ target, changedTouches, clientX, clientY }, type) {
  const map = type === 'tap' ? target.closest?.('wx-map') : null
  if (!map?.pointAt) return null
  const { left, top } = map.getBoundingClientRect()
  const { clientX: x, clientY: y } = changedTouches?.[0] ?? { clientX, clientY }
  return map.pointAt(x - left, y - top)
}

function touches(list) {
  return [...(list ?? [])].map(({ identifier, clientX, clientY, pageX, pageY }) => ({ identifier, clientX, clientY, pageX, pageY }))
}

function parseUrl(url) {
  const base = location.origin
  const { pathname, searchParams } = new URL(url, `${base}/`)
  return { path: pathname.replace(/^\//, ''), query: Object.fromEntries(searchParams) }
}

function queryString(query) {
  const text = new URLSearchParams(query).toString()
  return text ? `?${text}` : ''
}
