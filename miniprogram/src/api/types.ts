/** What goes over the wire. Times are ISO 8601 in UTC; dates are days in Shanghai. */

export type Language = 'zh-Hans' | 'en'
export type LetterSize = 'standard' | 'large'
export type RoleKind = 'resident' | 'grid_worker' | 'committee' | 'street' | 'district'
export type PlaceKind = 'district' | 'street' | 'community' | 'grid' | 'building'
export type CoordSys = 'wgs84' | 'gcj02'
export type Severity = 'S1' | 'S2' | 'S3' | 'S4'
export type Clock = 'urgent_hour' | 'work_hour' | 'work_day' | 'natural_day' | 'refer'

export type HazardState =
  | 'reported'
  | 'accepted'
  | 'declined'
  | 'withdrawn'
  | 'assigned'
  | 'handling'
  | 'suspended'
  | 'handled'
  | 'closed'

export type MoveName =
  | 'accept'
  | 'decline'
  | 'withdraw'
  | 'assign'
  | 'start'
  | 'return'
  | 'finish'
  | 'suspend'
  | 'approve_suspension'
  | 'refuse_suspension'
  | 'resume'
  | 'confirm'
  | 'check'
  | 'not_solved'
  | 'appeal'
  | 'reopen'

export type MoveField = 'note' | 'photo_ids' | 'assignee_id' | 'until' | 'rating' | 'solved'

export interface Page<Item> {
  items: Item[]
  next_cursor: string | null
}

export interface Items<Item> {
  items: Item[]
}

export interface FieldProblem {
  field: string
  code: string
  message: string
}

export interface DemoPerson {
  code: string
  name: string
  role: string
  place_name: string
}

export interface Config {
  sandbox: boolean
  demo_people: DemoPerson[]
  privacy_version: string
  tile_url: string | null
  tile_attribution: string | null
  subscribe_templates: string[]
}

export interface Role {
  kind: RoleKind
  place_code: string
  place_name: string
}

export interface PlaceName {
  code: string
  name: string
}

export interface Person {
  id: number
  name: string
}

export type ResidenceState = 'requested' | 'confirmed' | 'refused' | 'withdrawn'

export interface Residence {
  id: number
  state: ResidenceState
  place_code: string
  place_name: string
  building: Person | null
  room: string
  resident: Person
  requested_at: string
  decided_at: string | null
  note: string | null
  moves: ResidenceMove[]
}

export interface ResidenceMove {
  to: ResidenceState
  move: string
  needs: MoveField[]
  allows: MoveField[]
}

export interface Resident {
  id: number
  name: string
  language: Language
  letter_size: LetterSize
  consent: { version: string | null; given_at: string | null; current: string }
  phone: string | null
  roles: Role[]
  community: PlaceName | null
  residence: Residence | null
}

export interface Session {
  access_token: string
  refresh_token: string
  expires_in: number
  resident: Resident
}

export interface MeForm {
  name?: string
  language?: Language
  letter_size?: LetterSize
  consent_version?: string
}

export interface ResidenceForm {
  place_code: string
  building_id?: number
  room: string
}

export type Position = [number, number]

/** The GeoJSON geometries a place's outline can be. */
export type Geometry =
  | { type: 'Polygon'; coordinates: Position[][] }
  | { type: 'MultiPolygon'; coordinates: Position[][][] }

export interface Place {
  id: number
  code: string
  kind: PlaceKind
  name: string
  parent_code: string | null
  lat: number | null
  lon: number | null
  outline: Geometry | null
}

export interface PlaceDetail extends Place {
  /** From the root down to this place. */
  path: { code: string; kind: PlaceKind; name: string }[]
}

export interface Located {
  grid: Place
  community: PlaceName
}

export interface Photo {
  id: string
  url: string
  thumbnail_url: string
  width: number
  height: number
}

export interface HazardPhoto extends Photo {
  kind: 'before' | 'after'
}

export interface HazardCategory {
  code: string
  name: string
  hint: string
  severity: Severity
  clock: Clock
  limit: number
  limit_text: string
  /** A sentence such as “先撤离，再拨打 119”, where waiting for us would be wrong. */
  emergency: string | null
}

export interface HazardForm {
  category: string
  description: string
  lat: number
  lon: number
  coord_sys: CoordSys
  address?: string
  photo_ids?: string[]
  anonymous?: boolean
}

export interface HazardItem {
  id: number
  number: string
  category: string
  category_name: string
  severity: Severity
  state: HazardState
  description: string
  address: string | null
  /** WGS-84. */
  lat: number
  lon: number
  place_code: string
  place_name: string
  reported_at: string
  accept_by: string | null
  due_at: string | null
  expected_by: string | null
  act_by: string | null
  overdue: boolean
  handled_at: string | null
  closed_at: string | null
  thumbnail_url: string | null
  photo_count: number
  mine: boolean
  anonymous: boolean
  distance_m: number | null
}

export interface HazardMove {
  to: HazardState
  move: MoveName
  needs: MoveField[]
  allows: MoveField[]
}

export interface HistoryEntry {
  seq: number
  at: string
  move: MoveName | 'report'
  from_state: HazardState | null
  to_state: HazardState
  actor: { id: number | null; name: string; role: string }
  note: string | null
  rating: number | null
  solved: boolean | null
  until: string | null
  assignee: Person | null
  photos: HazardPhoto[]
}

export interface HazardDetail extends HazardItem {
  reporter: Person | null
  assignee: (Person & { phone: string | null }) | null
  photos: HazardPhoto[]
  history: HistoryEntry[]
  moves: HazardMove[]
  suspension: { until: string; note: string; approved: boolean } | null
  /** The part of the promised time that has gone by; above 1 it is overdue. */
  elapsed: number | null
}

export interface HazardMoveForm {
  to: HazardState
  note?: string
  photo_ids?: string[]
  assignee_id?: number
  until?: string
  rating?: number
  solved?: boolean
}

export interface Assignee extends Person {
  place_name: string
  open_tasks: number
}

export interface Task extends HazardItem {
  moves: HazardMove[]
  assignee: Person | null
}

export interface HazardQuery {
  /** One state, several with commas, or `open`. */
  state?: string
  category?: string
  place?: string
  /** minlon,minlat,maxlon,maxlat in WGS-84. */
  bbox?: string
  mine?: boolean
  /** lat,lon; the answer is then sorted by distance. */
  near?: string
  coord_sys?: CoordSys
  cursor?: string
  limit?: number
}

export interface Rate {
  value: number | null
  numerator: number
  denominator: number
  excluded: number
}

export interface Totals {
  reported: number
  open: number
  overdue: number
  closed: number
}

export interface Rates {
  on_time: Rate
  satisfied: Rate
  resolved: Rate
}

export interface Overview {
  place: { code: string; kind: PlaceKind; name: string }
  from: string
  to: string
  totals: Totals
  previous: { totals: Totals; rates: Rates }
  rates: Rates
  by_category: (Totals & { category: string; name: string; on_time: Rate })[]
  by_grid: (Totals & { place_code: string; name: string; on_time: Rate; satisfied: Rate })[]
  by_day: { date: string; reported: number; closed: number }[]
}
