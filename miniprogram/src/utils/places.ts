import { api, type Place, type PlaceKind, type Role, type RoleKind } from '@/api'

const MOST = 50
/** What lies right below the place that somebody oversees. */
const BELOW: Partial<Record<RoleKind, PlaceKind>> = { district: 'street', street: 'community', committee: 'grid' }

export function isOverseer(kind: RoleKind): boolean {
  return kind in BELOW
}

/** The places right below what somebody oversees; none where they cannot be read: then it is for the whole. */
export async function placesBelow(role: Role | null): Promise<Place[]> {
  const kind = role && BELOW[role.kind]
  if (!kind) {
    return []
  }
  return api.places({ kind, within: role.place_code, limit: MOST }).then(
    ({ items }) => items,
    () => [],
  )
}
