import { computed, shallowRef } from 'vue'

import { api, type PatrolRouteItem, type Place, type PlaceKind, type RoleKind, type Team } from '@/api'
import { useSession } from '@/stores/session'

const MOST = 50
const STAFF: RoleKind[] = ['grid_worker', 'committee', 'street', 'district']
/** What lies right below the place that somebody oversees. */
const BELOW: Partial<Record<RoleKind, PlaceKind>> = { district: 'street', street: 'community', committee: 'grid' }

export interface PlanPlace {
  code: string
  name: string
}

/** Where somebody may plan: the places of their roles and what lies below, and those of the teams they lead. */
export function usePlanPlaces() {
  const session = useSession()
  const below = shallowRef<Place[]>([])
  const led = shallowRef<Team[]>([])
  const routes = shallowRef<PatrolRouteItem[]>([])
  const teams = shallowRef<Team[]>([])
  const members = shallowRef<{ id: number; name: string }[]>([])

  const roles = computed(() => (session.me?.roles ?? []).filter(({ kind }) => STAFF.includes(kind)))
  const places = computed<PlanPlace[]>(() => {
    const all = [
      ...roles.value.map(({ place_code: code, place_name: name }) => ({ code, name })),
      ...below.value.map(({ code, name }) => ({ code, name })),
      ...led.value.map(({ place_code: code, place_name: name }) => ({ code, name })),
    ]
    return all.filter(({ code }, index) => all.findIndex((one) => one.code === code) === index)
  })

  /** What cannot be fetched is left out: the own place is known without a network. */
  async function loadPlaces(): Promise<void> {
    const role = roles.value.find(({ kind }) => kind in BELOW)
    const [under, mine] = await Promise.all([
      role && below.value.length === 0
        ? api.places({ kind: BELOW[role.kind], within: role.place_code, limit: MOST }).catch(() => null)
        : null,
      api.teams({ mine: true }).catch(() => null),
    ])
    below.value = under?.items ?? below.value
    led.value = mine?.items.filter(({ leader }) => leader) ?? led.value
  }

  /** The routes and teams that a shift in a place can have. */
  async function loadOf(place: string): Promise<void> {
    const [ways, groups] = await Promise.all([
      api.patrolRoutes({ place }).catch(() => null),
      api.teams({ place }).catch(() => null),
    ])
    routes.value = ways?.items.filter(({ active }) => active) ?? []
    teams.value = groups?.items ?? []
  }

  /** Whoever could lead: I, and the people of the team. */
  const leaders = computed(() => {
    const me = session.me ? [{ id: session.me.id, name: session.me.name }] : []
    return [...me, ...members.value.filter(({ id }) => id !== session.me?.id)]
  })

  async function loadTeam(team: number | null): Promise<void> {
    const detail = team === null ? null : await api.team(team).catch(() => null)
    const people = detail?.people.filter(({ state }) => state === 'member') ?? []
    members.value = people.map(({ resident_id: id, name }) => ({ id, name }))
  }

  return { places, routes, teams, leaders, loadPlaces, loadOf, loadTeam }
}
