/** What WeChat draws around a page: navigation bar, tab bar, toasts and dialogs. */
export function createChrome(appConfig, themes) {
  const screen = element('div', 'mp-screen')
  const tabBar = appConfig.tabBar && appConfig.tabBar.custom !== true ? element('div', 'mp-tab-bar') : null
  const tabs = (appConfig.tabBar?.list ?? []).map((item) => ({ ...item }))
  const listeners = { tab: () => undefined, back: () => undefined }
  const scheme = matchMedia('(prefers-color-scheme: dark)')
  const frames = new Set()
  let tabStyle = {}
  let tabBarHidden = false
  let current

  document.body.append(screen)
  if (tabBar) screen.append(tabBar)
  scheme.addEventListener('change', redraw)

  const theme = () => (appConfig.darkmode && scheme.matches ? 'dark' : 'light')
  /** `@name` in a configuration stands for a value of theme.json. */
  const themed = (value) => (typeof value === 'string' && value.startsWith('@') ? themes[theme()]?.[value.slice(1)] : value)

  function redraw() {
    drawTabs()
    for (const frame of frames) frame.draw()
  }

  function drawTabs() {
    if (!tabBar) return
    const config = { ...appConfig.tabBar, ...tabStyle }
    tabBar.style.background = themed(config.backgroundColor) ?? '#fff'
    tabBar.hidden = tabBarHidden || !current?.options.tab
    tabBar.replaceChildren(
      ...tabs.map((tab) => {
        const chosen = tab.pagePath === current?.path
        const button = element('div', `mp-tab${chosen ? ' mp-tab-chosen' : ''}`)
        button.dataset.path = tab.pagePath
        button.style.color = themed(chosen ? config.selectedColor : config.color) ?? ''
        const icon = themed(chosen ? tab.selectedIconPath : tab.iconPath)
        if (icon) button.append(Object.assign(new Image(), { src: `/${icon.replace(/^\//, '')}`, alt: '' }))
        button.append(Object.assign(element('span'), { textContent: tab.text }))
        if (tab.badge) button.append(Object.assign(element('b', 'mp-badge'), { textContent: tab.badge }))
        button.addEventListener('click', () => listeners.tab(tab.pagePath))
        return button
      }),
    )
  }

  function addFrame(path, config, options) {
    const own = element('div', 'mp-page')
    const bar = element('div', 'mp-nav')
    const back = element('div', 'mp-nav-back')
    const title = element('div', 'mp-nav-title')
    const view = element('div', 'mp-view')
    const scroller = element('div', 'mp-scroller')
    const placeholder = element('div')
    const bare = config.navigationStyle === 'custom'
    const colours = {}
    title.textContent = config.navigationBarTitleText ?? ''
    back.textContent = '‹'
    back.hidden = !options.back || options.tab
    back.addEventListener('click', () => listeners.back())
    bar.append(back, title)
    scroller.append(placeholder)
    view.append(scroller)
    if (!bare) own.append(bar)
    own.append(view)
    own.dataset.path = path

    const frame = {
      path,
      options,
      scroller,
      placeholder,
      draw() {
        bar.style.background = colours.backgroundColor ?? themed(config.navigationBarBackgroundColor) ?? '#000'
        const front = themed(config.navigationBarTextStyle) === 'black' ? '#000000' : '#ffffff'
        bar.style.color = colours.frontColor ?? front
        view.style.background = themed(config.backgroundColor) ?? ''
        own.classList.toggle('mp-page-with-tabs', Boolean(tabBar && options.tab && !tabBarHidden))
        view.style.setProperty('--page-vh', `${String(view.clientHeight / 100)}px`)
      },
      setTitle: (text) => (title.textContent = text),
      setColours(given) {
        Object.assign(colours, given)
        frame.draw()
      },
      hide: () => own.remove(),
      remove() {
        own.remove()
        frames.delete(frame)
      },
      isAlive: () => frames.has(frame),
      /** A page taken off the screen forgets where it was scrolled to. */
      restore() {
        if (!own.isConnected) screen.prepend(own)
        scroller.scrollTop = frame.scrolledTo ?? 0
      },
      onScroll(listener) {
        scroller.addEventListener('scroll', () => {
          if (!own.isConnected) return
          frame.scrolledTo = scroller.scrollTop
          listener(scroller.scrollTop)
        })
      },
      onBottom(listener) {
        const margin = config.onReachBottomDistance ?? 50
        let wasThere = false
        scroller.addEventListener('scroll', () => {
          const isThere = scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - margin
          if (isThere && !wasThere) listener()
          wasThere = isThere
        })
      },
    }
    screen.prepend(own)
    frames.add(frame)
    frame.draw()
    return frame
  }

  return {
    addFrame,
    theme,
    tabs,
    show(frame) {
      current = frame
      frame.restore()
      redraw()
    },
    current: () => current,
    drawTabs,
    setTabStyle(style) {
      tabStyle = { ...tabStyle, ...style }
      drawTabs()
    },
    setTabBarHidden(hidden) {
      tabBarHidden = hidden
      redraw()
    },
    onTab: (listener) => (listeners.tab = listener),
    onBack: (listener) => (listeners.back = listener),
    onTheme: (listener) => scheme.addEventListener('change', () => listener({ theme: theme() })),
    ...dialogs(screen),
  }
}

function dialogs(screen) {
  let toast
  let timer
  function hideToast() {
    clearTimeout(timer)
    toast?.remove()
  }
  return {
    hideToast,
    showToast(title, duration) {
      hideToast()
      toast = element('div', 'mp-toast')
      toast.textContent = title
      screen.append(toast)
      if (duration) timer = setTimeout(hideToast, duration)
    },
    showModal({ title, content, showCancel = true, cancelText = '取消', confirmText = '确定', editable, placeholderText }) {
      return new Promise((resolve) => {
        const box = element('div', 'mp-modal')
        const answer = element('textarea', 'mp-modal-input')
        answer.placeholder = placeholderText ?? ''
        const close = (confirm) => {
          box.remove()
          resolve({ confirm, cancel: !confirm, content: editable ? answer.value : undefined })
        }
        box.append(text('b', title), text('p', content))
        if (editable) box.append(answer)
        if (showCancel) box.append(button('mp-modal-cancel', cancelText, () => close(false)))
        box.append(button('mp-modal-confirm', confirmText, () => close(true)))
        screen.append(box)
      })
    },
    showActionSheet(itemList) {
      return new Promise((resolve, reject) => {
        const box = element('div', 'mp-modal mp-sheet')
        itemList.forEach((item, tapIndex) => {
          box.append(
            button('mp-sheet-item', item, () => {
              box.remove()
              resolve({ tapIndex })
            }),
          )
        })
        box.append(
          button('mp-modal-cancel', '取消', () => {
            box.remove()
            reject(new Error('cancel'))
          }),
        )
        screen.append(box)
      })
    },
  }
}

function element(tag, className = '') {
  return Object.assign(document.createElement(tag), { className })
}

function text(tag, content) {
  return Object.assign(element(tag), { textContent: content ?? '' })
}

function button(className, label, onClick) {
  const own = Object.assign(element('div', className), { textContent: label })
  own.addEventListener('click', onClick)
  return own
}
