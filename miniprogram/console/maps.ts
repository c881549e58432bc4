/**
 * Maps: outlines of our own, and tiles where the deployment has a server for them.
 * `data-map`: `{tiles?, attribution?, outlines: [{code, name, outline, url?, value?, shade?}],
 * points: [{lat, lon, tone, label, url}]}`, all in WGS-84.
 */
import * as leaflet from 'leaflet'

interface Outline {
  name: string
  outline: GeoJSON.Geometry | null
  url?: string
  /** From 0, nothing, to 1, the most; null where nothing is known, which is dashed. */
  shade?: number | null
  value?: string
}

interface Pin {
  lat: number
  lon: number
  tone: string
  /** A shape, so that it is not told by its colour alone. */
  mark?: string
  label: string
  url?: string
}

interface Drawing {
  tiles?: string
  attribution?: string
  outlines: Outline[]
  /** Whether names and values stand on the map. */
  labelled?: boolean
  points: Pin[]
}

/** On a map so narrow, a name and its number beside each other hide the neighbours'. */
const NARROW = 480

const opened = new WeakSet<HTMLElement>()

const marked = (mark: string, colour: string): leaflet.DivIcon => {
  const shape = document.createElement('span')
  shape.className = 'pin-shape'
  shape.textContent = mark
  shape.style.background = colour
  return leaflet.divIcon({ html: shape, className: 'pin', iconSize: [26, 26] })
}

/** Opens a map in a place of the page. */
export const open = (place: HTMLElement): void => {
  if (opened.has(place) || !place.dataset.map) return
  opened.add(place)
  const drawing = JSON.parse(place.dataset.map) as Drawing
  const style = getComputedStyle(document.documentElement)
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim()
  const map = leaflet.map(place, { zoomControl: true, attributionControl: Boolean(drawing.tiles), zoomSnap: drawing.tiles ? 1 : 0.25 })
  if (drawing.tiles) leaflet.tileLayer(drawing.tiles, { attribution: drawing.attribution }).addTo(map)
  const all = leaflet.featureGroup().addTo(map)
  for (const one of drawing.outlines) {
    if (!one.outline) continue
    const layer = leaflet.geoJSON(one.outline, {
      style: {
        color: token('brand'),
        weight: 1.5,
        fillColor: token('brand'),
        fillOpacity: one.shade === null ? 0 : 0.06 + 0.6 * (one.shade ?? 0),
        ...(one.shade === null ? { dashArray: '4 4' } : {}),
      },
    })
    // A node, for what is given as text is taken for HTML.
    const words = document.createElement('span')
    const between = place.clientWidth < NARROW ? '\n' : ' · '
    words.textContent = one.value ? `${one.name}${between}${one.value}` : one.name
    // A finger does not hover: where there is room, places say themselves what they are.
    if (drawing.labelled) layer.bindTooltip(words, { permanent: true, direction: 'center', className: 'map-label' })
    else layer.bindTooltip(words, { sticky: true })
    if (one.url) {
      const { url } = one
      layer.on('click', () => {
        location.assign(url)
      })
    }
    layer.addTo(all)
  }
  for (const pin of drawing.points) {
    const marker = pin.mark
      ? leaflet.marker([pin.lat, pin.lon], { icon: marked(pin.mark, token(pin.tone)), title: pin.label })
      : leaflet.circleMarker([pin.lat, pin.lon], { radius: 8, weight: 2, color: token('card'), fillColor: token(pin.tone), fillOpacity: 1 })
    const words = document.createElement(pin.url ? 'a' : 'span')
    words.textContent = pin.label
    if (pin.url && words instanceof HTMLAnchorElement) words.href = pin.url
    marker.bindPopup(words)
    marker.addTo(all)
  }
  const bounds = all.getBounds()
  if (bounds.isValid()) map.fitBounds(bounds, { padding: [16, 16] })
  else map.setView([30.66, 104.06], 12)
  new ResizeObserver(() => map.invalidateSize()).observe(place)
}
