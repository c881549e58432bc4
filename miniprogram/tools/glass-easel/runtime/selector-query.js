/** `wx.createSelectorQuery`, with `node` for canvases, which the adapter's own lacks. */
export function createSelectorQuery(currentInstance) {
  const steps = []
  let scope = null

  const query = {
    in(component) {
      scope = component
      return query
    },
    select: (selector) => nodes(selector, true),
    selectAll: (selector) => nodes(selector, false),
    selectViewport: () => nodes(null, true),
    exec(callback) {
      // After the frame in which the data arrives, as on a phone.
      requestAnimationFrame(() => {
        const results = steps.map(({ selector, single, fields, listener }) => {
          const found = find(scope ?? currentInstance(), selector, single).map((node) => measure(node, fields))
          const result = single ? (found[0] ?? null) : found
          listener?.(result)
          return result
        })
        callback?.(results)
      })
      return query
    },
  }
  return query

  function nodes(selector, single) {
    const add = (fields) => (listener) => {
      steps.push({ selector, single, fields, listener })
      return query
    }
    return {
      boundingClientRect: add({ id: true, dataset: true, rect: true, size: true }),
      scrollOffset: add({ id: true, dataset: true, scrollOffset: true }),
      node: add({ node: true }),
      context: add({ context: true }),
      fields: (fields, listener) => add(fields)(listener),
    }
  }
}

function find(instance, selector, single) {
  if (!instance) return []
  if (selector === null) return [null]
  const shadow = instance._$.getShadowRoot()
  // `a >>> b` looks for b inside the component a.
  const [outer, inner] = selector.split('>>>').map((part) => part.trim())
  const found = shadow.querySelectorAll(outer)
  const all = inner === undefined ? found : found.flatMap((node) => node.getShadowRoot?.()?.querySelectorAll(inner) ?? [])
  return single ? all.slice(0, 1) : all
}

function measure(node, fields) {
  const dom = node === null ? document.scrollingElement : node.getBackendElement()
  const rect = dom?.getBoundingClientRect() ?? new DOMRect()
  const frame = dom?.closest('.mp-view')?.getBoundingClientRect() ?? new DOMRect()
  const result = {}
  if (fields.id) result.id = node?.id ?? ''
  if (fields.dataset) result.dataset = node?.dataset ?? {}
  if (fields.rect) {
    Object.assign(result, {
      left: rect.left - frame.left,
      right: rect.right - frame.left,
      top: rect.top - frame.top,
      bottom: rect.bottom - frame.top,
    })
  }
  if (fields.size) Object.assign(result, { width: rect.width, height: rect.height })
  if (fields.scrollOffset) {
    Object.assign(result, {
      scrollLeft: dom?.scrollLeft ?? 0,
      scrollTop: dom?.scrollTop ?? 0,
      scrollHeight: dom?.scrollHeight ?? 0,
      scrollWidth: dom?.scrollWidth ?? 0,
    })
  }
  if (fields.node) result.node = dom?.querySelector(':scope > canvas') ?? null
  if (fields.properties) for (const name of fields.properties) result[name] = node?.data?.[name]
  if (fields.computedStyle && dom) for (const name of fields.computedStyle) result[name] = getComputedStyle(dom)[name]
  return result
}
