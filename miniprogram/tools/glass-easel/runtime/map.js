/** A map without a map: polygons, lines and markers in their places, on plain ground. */

const SVG = 'http://www.w3.org/2000/svg'

export function drawMap(host, component) {
  const { clientWidth: width, clientHeight: height } = host
  if (width === 0 || height === 0) return
  const { latitude, longitude, scale, markers, polygons, polyline, circles, includePoints, showLocation } = component.data
  const { project, unproject } = projection({ latitude, longitude, scale, includePoints, width, height })
  host.pointAt = unproject
  const line = (points) => points.map((point) => project(point).map((value) => value.toFixed(1)).join(',')).join(' ')

  const svg = shape('svg', {})
  for (const { points = [], fillColor, strokeColor, strokeWidth } of polygons ?? []) {
    svg.append(shape('polygon', { points: line(points), fill: fillColor ?? 'none', stroke: strokeColor ?? 'none', 'stroke-width': strokeWidth ?? 1 }))
  }
  for (const { points = [], color, width: thickness } of polyline ?? []) {
    svg.append(shape('polyline', { points: line(points), fill: 'none', stroke: color ?? '#000', 'stroke-width': thickness ?? 1 }))
  }
  for (const { color, fillColor, radius, ...centre } of circles ?? []) {
    const [cx, cy] = project(centre)
    svg.append(shape('circle', { cx, cy, r: Math.max(4, (radius ?? 0) / 4), stroke: color ?? 'none', fill: fillColor ?? 'none' }))
  }
  for (const marker of markers ?? []) {
    const [cx, cy] = project(marker)
    const dot = pin(marker, cx, cy)
    dot.addEventListener('click', () => component.triggerEvent('markertap', { markerId: marker.id }))
    svg.append(dot)
  }
  if (showLocation) svg.append(shape('circle', { cx: width / 2, cy: height / 2, r: 5, fill: '#1D4F91' }))
  host.querySelector(':scope > svg')?.remove()
  host.prepend(svg)
}

/** Web Mercator at the map's scale; or, if points must be seen, just large enough for all of them. */
function projection({ latitude, longitude, scale, includePoints, width, height }) {
  const flat = ({ latitude: lat, longitude: lon }) => [
    (lon + 180) / 360,
    0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI),
  ]
  let centre = flat({ latitude, longitude })
  let zoom = 256 * 2 ** scale
  if (includePoints?.length > 1) {
    const all = includePoints.map(flat)
    const [xs, ys] = [0, 1].map((axis) => all.map((point) => point[axis]))
    centre = [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2]
    const span = (values) => Math.max(...values) - Math.min(...values) || 1e-9
    zoom = Math.min((width - 40) / span(xs), (height - 40) / span(ys))
  }
  return {
    project(point) {
      const [x, y] = flat(point)
      return [width / 2 + (x - centre[0]) * zoom, height / 2 + (y - centre[1]) * zoom]
    },
    unproject(x, y) {
      const across = centre[0] + (x - width / 2) / zoom
      const down = centre[1] + (y - height / 2) / zoom
      return {
        longitude: across * 360 - 180,
        latitude: (Math.atan(Math.exp((0.5 - down) * 2 * Math.PI)) * 360) / Math.PI - 90,
      }
    },
  }
}

/** A marker's own picture stands on its point; without one there is a dot. */
function pin({ id, iconPath, width = 30, height = 38 }, cx, cy) {
  const common = { class: 'mp-marker', 'data-id': id }
  if (!iconPath) return shape('circle', { ...common, cx, cy, r: 9, fill: '#0B6E5B', stroke: '#fff', 'stroke-width': 2 })
  return shape('image', { ...common, href: iconPath, x: cx - width / 2, y: cy - height, width, height })
}

function shape(tag, attributes) {
  const element = document.createElementNS(SVG, tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value))
  return element
}
