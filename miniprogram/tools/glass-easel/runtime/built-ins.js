/**
 * WeChat's built-in components, as far as the mini-program uses them. Each is a glass-easel
 * component whose element holds the native one (`<wx-input><input></wx-input>`), so that properties
 * keep their types: `disabled="{{false}}"` is not an attribute that is there.
 */
import { drawMap } from './map.js'
import { BUILT_IN_TAGS } from './tags.js'

/** Every built-in has these. */
const COMMON = {
  hidden: { type: Boolean, value: false, observer: (host, on) => (host.hidden = on) },
  ariaLabel: { type: String, value: '', observer: (host, text) => reflect(host, 'aria-label', text) },
  ariaRole: { type: String, value: '', observer: (host, text) => reflect(host, 'role', text) },
}

export function defineBuiltIns(space, { currentPage }) {
  const special = builtIns(currentPage)
  for (const tag of BUILT_IN_TAGS) define(space, `wx-${tag}`, special[tag] ?? {})
}

/**
 * `properties`: name → {type, value, observer(host, value, component)}; `attached(host, component)` makes
 * what is inside. Observers run after it, once for every property that was given.
 */
function define(space, tag, { properties = {}, attached, options = {} }) {
  const all = { ...COMMON, ...properties }
  const hosts = new WeakMap()
  const tell = (component, name, value) => {
    const host = hosts.get(component)
    if (host) all[name].observer?.(host, value, component)
  }
  const observers = Object.keys(all).map((name) => ({
    fields: name,
    observer(value) {
      tell(this, name, value)
    },
  }))
  const definition = space.defineComponent({
    is: tag,
    options,
    properties: Object.fromEntries(Object.entries(all).map(([name, { type, value }]) => [name, { type, value }])),
    observers,
    lifetimes: {
      attached() {
        const host = this.getBackendElement()
        hosts.set(this, host)
        attached?.(host, this)
        for (const [name, property] of Object.entries(all)) {
          if (this.data[name] !== property.value) tell(this, name, this.data[name])
        }
      },
    },
  })
  space.setGlobalUsingComponent(tag, definition)
}

function builtIns(currentPage) {
  return {
    text: {
      properties: {
        userSelect: flag((host, on) => (host.style.userSelect = on ? 'text' : '')),
        space: words(() => undefined),
      },
    },
    image: {
      properties: {
        src: words((host, source, component) => {
          if (!source) {
            host.style.backgroundImage = 'none'
            return
          }
          const picture = Object.assign(new Image(), { src: source.startsWith('data:') ? source : resolve(source, currentPage()) })
          picture.onload = () => {
            host.style.backgroundImage = `url("${picture.src}")`
            fit(host, component.data.mode, picture)
            component.triggerEvent('load', { width: picture.naturalWidth, height: picture.naturalHeight })
          }
          picture.onerror = () => component.triggerEvent('error', { errMsg: `cannot load ${source}` })
        }),
        mode: words((host, mode) => fit(host, mode)),
        lazyLoad: flag(() => undefined),
      },
    },
    button: {
      properties: {
        disabled: flag((host, on) => host.toggleAttribute('disabled', on)),
        loading: flag(() => undefined),
        formType: words(() => undefined),
        openType: words(() => undefined),
      },
      attached(host, component) {
        host.addEventListener('click', () => {
          const { openType, formType, disabled } = component.data
          if (disabled) return
          // WeChat answers with a code, never with the number itself.
          if (openType === 'getPhoneNumber') component.triggerEvent('getphonenumber', { errMsg: 'getPhoneNumber:ok', code: 'demo-phone' })
          if (openType === 'agreePrivacyAuthorization') component.triggerEvent('agreeprivacyauthorization', {})
          if (formType) host.closest('wx-form')?.dispatchEvent(new CustomEvent(`mp-${formType}`))
        })
      },
    },
    form: {
      attached(host, component) {
        const values = () =>
          Object.fromEntries(
            [...host.querySelectorAll('[data-mp-name]')].map((field) => [field.dataset.mpName, field.value ?? '']),
          )
        host.addEventListener('mp-submit', () => component.triggerEvent('submit', { value: values() }))
        host.addEventListener('mp-reset', () => component.triggerEvent('reset', {}))
      },
    },
    input: field('input'),
    textarea: field('textarea'),
    switch: tickable('checkbox'),
    checkbox: tickable('checkbox'),
    radio: tickable('radio'),
    slider: {
      properties: {
        value: number((host, value) => (host.firstChild.value = String(value))),
        min: number((host, value) => (host.firstChild.min = String(value))),
        max: { ...number((host, value) => (host.firstChild.max = String(value))), value: 100 },
        step: { ...number((host, value) => (host.firstChild.step = String(value))), value: 1 },
      },
      attached(host, component) {
        const native = nativeIn(host, 'input', { type: 'range' })
        native.addEventListener('change', () => component.triggerEvent('change', { value: Number(native.value) }))
        native.addEventListener('input', () => component.triggerEvent('changing', { value: Number(native.value) }))
      },
    },
    picker: picker(),
    'scroll-view': {
      properties: {
        scrollX: flag((host, on) => (host.style.overflowX = on ? 'auto' : '')),
        scrollY: flag((host, on) => (host.style.overflowY = on ? 'auto' : '')),
        scrollTop: number((host, top) => (host.scrollTop = top)),
        scrollLeft: number((host, left) => (host.scrollLeft = left)),
        scrollIntoView: words((host, id, component) => {
          const target = id && component.ownerShadowRoot?.querySelector(`#${id}`)
          target?.getBackendElement()?.scrollIntoView({ block: 'nearest', inline: 'start' })
        }),
        lowerThreshold: { ...number(() => undefined), value: 50 },
      },
      attached(host, component) {
        host.addEventListener('scroll', () => {
          const { scrollTop, scrollLeft, scrollHeight, scrollWidth, clientHeight } = host
          component.triggerEvent('scroll', { scrollTop, scrollLeft, scrollHeight, scrollWidth })
          if (scrollTop + clientHeight >= scrollHeight - component.data.lowerThreshold) {
            component.triggerEvent('scrolltolower', { direction: 'bottom' })
          }
        })
      },
    },
    swiper: {
      properties: {
        current: number((host, index) => show(host, index)),
        circular: flag(() => undefined),
        autoplay: flag(() => undefined),
      },
      attached: (host, component) => setTimeout(() => show(host, component.data.current)),
    },
    canvas: {
      properties: { type: words(() => undefined), canvasId: words(() => undefined) },
      attached(host, component) {
        const canvas = nativeIn(host, 'canvas')
        // A WeChat canvas brings its own frames and images; scripts cannot reach the window's.
        Object.assign(canvas, {
          requestAnimationFrame: (callback) => requestAnimationFrame(callback),
          cancelAnimationFrame: (id) => cancelAnimationFrame(id),
          createImage: () => new Image(),
          createPath2D: (path) => new Path2D(path),
        })
        for (const type of ['touchstart', 'touchmove', 'touchend']) {
          canvas.addEventListener(type, (event) => {
            const { left, top } = canvas.getBoundingClientRect()
            const place = ({ identifier, clientX, clientY }) => ({ identifier, x: clientX - left, y: clientY - top })
            const touches = [...event.touches].map(place)
            component.triggerEvent(type, { touches, changedTouches: [...event.changedTouches].map(place) })
          })
        }
      },
    },
    map: {
      properties: Object.fromEntries(
        Object.entries({
          latitude: [Number, 0],
          longitude: [Number, 0],
          scale: [Number, 16],
          markers: [null, []],
          polygons: [null, []],
          polyline: [null, []],
          circles: [null, []],
          includePoints: [null, []],
          showLocation: [Boolean, false],
        }).map(([name, [type, value]]) => [name, { type, value, observer: (host, _value, component) => drawMap(host, component) }]),
      ),
      attached(host, component) {
        new ResizeObserver(() => drawMap(host, component)).observe(host)
        setTimeout(() => component.triggerEvent('updated', {}))
      },
    },
    'rich-text': {
      properties: {
        nodes: { type: null, value: '', observer: (host, nodes) => (host.textContent = plain(nodes)) },
      },
    },
    progress: {
      properties: {
        percent: number((host, percent) => (nativeOf(host, 'progress').value = percent / 100)),
      },
    },
    navigator: {
      properties: { url: words(() => undefined), openType: words(() => undefined) },
      attached(host, component) {
        const how = { switchTab: 'switchTab', redirect: 'redirectTo', reLaunch: 'reLaunch', navigateBack: 'navigateBack' }
        host.addEventListener('click', () => {
          const { url, openType } = component.data
          globalThis.wx[how[openType] ?? 'navigateTo']({ url })
        })
      },
    },
    'page-meta': {
      properties: {
        pageStyle: words((host, style) => host.closest('wx-page')?.setAttribute('style', style)),
        rootFontSize: words((_host, size) => (document.documentElement.style.fontSize = size)),
        backgroundColor: words((host, colour) => {
          const frame = host.closest('.mp-view')
          if (frame) frame.style.background = colour
        }),
      },
    },
    'cover-image': {
      properties: { src: words((host, source) => (nativeOf(host, 'img').src = source)) },
    },
  }
}

// --- Kinds of properties --------------------------------------------------------------------------

const words = (observer) => ({ type: String, value: '', observer })
const flag = (observer) => ({ type: Boolean, value: false, observer })
const number = (observer) => ({ type: Number, value: 0, observer })

function reflect(host, attribute, text) {
  if (text) host.setAttribute(attribute, text)
  else host.removeAttribute(attribute)
}

function nativeIn(host, tag, properties = {}) {
  const native = Object.assign(document.createElement(tag), properties)
  host.prepend(native)
  return native
}

const nativeOf = (host, tag) => host.querySelector(`:scope > ${tag}`) ?? nativeIn(host, tag)

// --- Fields ---------------------------------------------------------------------------------------

function field(tag) {
  const types = { number: 'numeric', digit: 'decimal', idcard: 'text' }
  return {
    properties: {
      value: {
        type: null,
        value: '',
        observer(host, value) {
          const text = value === null || value === undefined ? '' : String(value)
          // Writing the same text would move the cursor of the person who types.
          if (host.firstChild.value !== text) host.firstChild.value = text
        },
      },
      name: words((host, name) => (host.firstChild.dataset.mpName = name)),
      type: words((host, type) => (host.firstChild.inputMode = types[type] ?? 'text')),
      password: flag((host, on) => (host.firstChild.type = on ? 'password' : 'text')),
      placeholder: words((host, text) => (host.firstChild.placeholder = text)),
      disabled: flag((host, on) => (host.firstChild.disabled = on)),
      maxlength: { ...number((host, length) => setLength(host.firstChild, length)), value: 140 },
      focus: flag((host, on) => (on ? host.firstChild.focus() : host.firstChild.blur())),
      autoHeight: flag((host, on) => (host.style.height = on ? 'auto' : '')),
      confirmType: words(() => undefined),
      cursorSpacing: number(() => undefined),
    },
    attached(host, component) {
      const native = nativeIn(host, tag)
      setLength(native, component.data.maxlength)
      const detail = () => ({ value: native.value, cursor: native.selectionEnd ?? native.value.length })
      const forward = (from, to) => {
        native.addEventListener(from, () => component.triggerEvent(to, detail()))
      }
      forward('input', 'input')
      forward('change', 'change')
      forward('focus', 'focus')
      forward('blur', 'blur')
      native.addEventListener('keydown', (event) => {
        if (event.key === 'Enter' && tag === 'input') component.triggerEvent('confirm', detail())
      })
    },
  }
}

function setLength(native, length) {
  if (length >= 0) native.maxLength = length
  else native.removeAttribute('maxlength')
}

function tickable(type) {
  return {
    properties: {
      checked: flag((host, on) => (host.firstChild.checked = on)),
      disabled: flag((host, on) => (host.firstChild.disabled = on)),
      value: words((host, value) => (host.dataset.mpValue = value)),
      color: words((host, colour) => (host.firstChild.style.accentColor = colour)),
    },
    attached(host, component) {
      const native = nativeIn(host, 'input', { type })
      native.addEventListener('change', () => {
        component.triggerEvent('change', { value: native.checked })
      })
    },
  }
}

/** A native control, unseen, over whatever the picker shows. */
function picker() {
  const redraw = (host, _value, component) => fillPicker(host, component)
  return {
    properties: {
      mode: { type: String, value: 'selector', observer: redraw },
      range: { type: null, value: [], observer: redraw },
      rangeKey: { type: String, value: '', observer: redraw },
      value: { type: null, value: '', observer: redraw },
      start: { type: String, value: '', observer: redraw },
      end: { type: String, value: '', observer: redraw },
      disabled: flag((host, on) => host.toggleAttribute('disabled', on)),
    },
    attached: (host, component) => fillPicker(host, component),
  }
}

function fillPicker(host, component) {
  const { mode, range, rangeKey, value, start, end } = component.data
  host.querySelector(':scope > .mp-picker')?.remove()
  const isTime = mode === 'date' || mode === 'time'
  const native = Object.assign(document.createElement(isTime ? 'input' : 'select'), { className: 'mp-picker' })
  if (isTime) Object.assign(native, { type: mode, min: start, max: end, value: value ?? '' })
  else {
    for (const [index, item] of (Array.isArray(range) ? range : []).entries()) {
      native.append(new Option(rangeKey ? item[rangeKey] : String(item), String(index)))
    }
    native.value = String(value ?? 0)
  }
  native.addEventListener('change', () => {
    component.triggerEvent('change', { value: isTime ? native.value : Number(native.value) })
  })
  host.append(native)
}

// --- Pictures and such ------------------------------------------------------------------------------

const FITS = { aspectFit: 'contain', aspectFill: 'cover', scaleToFill: '100% 100%', widthFix: '100% auto', heightFix: 'auto 100%' }

function fit(host, mode, picture) {
  host.style.backgroundSize = FITS[mode] ?? '100% 100%'
  host.style.backgroundPosition = mode?.startsWith('aspect') ? 'center' : '0 0'
  if (picture && mode === 'widthFix') {
    host.style.height = `${String((host.clientWidth * picture.naturalHeight) / picture.naturalWidth)}px`
  }
}

function resolve(source, page) {
  return new URL(source, `${location.origin}/${page?.path ?? ''}`).href
}

function show(host, index) {
  for (const [at, item] of [...host.querySelectorAll('wx-swiper-item')].entries()) item.hidden = at !== index
}

function plain(nodes) {
  if (typeof nodes === 'string') return nodes.replace(/<[^>]*>/g, '')
  return (nodes ?? []).map(({ text, children }) => text ?? plain(children)).join('')
}
