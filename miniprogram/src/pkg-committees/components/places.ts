import { api, type Place, type PlaceKind } from '@/api'

const MOST_PAGES = 6
const A_PAGE = 50

/** The places of a kind within another, a page after the other; a district's communities are more than are shown. */
export async function placesWithin(code: string, kind: PlaceKind): Promise<Place[]> {
  const found: Place[] = []
  let cursor: string | undefined
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { items, next_cursor: next } = await api.places({ within: code, kind, limit: A_PAGE, cursor })
    found.push(...items)
    if (!next) {
      break
    }
    cursor = next
  }
  return found
}
