/**
 * The service's own words for things, under shorter names. The shapes are generated from its OpenAPI
 * document; only where that says “a string” for one of a few known words are the words added here.
 * Times are ISO 8601 in UTC; dates are days in Shanghai.
 */
import type { components, paths } from './schema'

type Schemas = components['schemas']

/** The same shape with some fields narrowed; a field may only become narrower, never another. */
export type Narrow<Shape, Fields extends { [Name in keyof Fields]: Name extends keyof Shape ? Shape[Name] : never }> = Omit<Shape, keyof Fields> & Fields

export type Language = NonNullable<Schemas['MeForm']['language']>
export type LetterSize = NonNullable<Schemas['MeForm']['letter_size']>
export type PlaceKind = Schemas['PlaceView']['kind']
export type CoordSys = Schemas['HazardForm']['coord_sys']
export type HazardState = Schemas['HazardItemView']['state']
export type ResidenceState = Schemas['ResidenceMoveForm']['to']
export type RoleKind = 'resident' | 'grid_worker' | 'committee' | 'street' | 'district'
export type Severity = 'S1' | 'S2' | 'S3' | 'S4'
export type Clock = 'urgent_hour' | 'work_hour' | 'work_day' | 'natural_day' | 'refer'

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

export type FieldProblem = Schemas['FieldErrorView']
export type DemoPerson = Schemas['DemoPersonView']
export type Config = Schemas['ConfigView']

export type PlaceName = Schemas['NamedPlaceView']
export type Person = Schemas['PersonView']
export type Role = Narrow<Schemas['RoleView'], { kind: RoleKind }>

type Asking = { needs: MoveField[]; allows: MoveField[] }
export type ResidenceMove = Narrow<Schemas['MoveView'], Asking & { to: ResidenceState }>
export type HazardMove = Narrow<Schemas['MoveView'], Asking & { to: HazardState; move: MoveName }>

export type Residence = Narrow<Schemas['ResidenceView'], { state: ResidenceState; moves: ResidenceMove[] }>
export type ResidenceForm = Schemas['ResidenceForm']

export type Resident = Narrow<
  Schemas['ResidentView'],
  { language: Language; letter_size: LetterSize; roles: Role[]; residence: Residence | null }
>
export type Session = Narrow<Schemas['SessionView'], { resident: Resident }>
export type MeForm = Schemas['MeForm']

export type Position = [number, number]

/** The GeoJSON geometries that a place's outline can be. */
export type Geometry =
  | { type: 'Polygon'; coordinates: Position[][] }
  | { type: 'MultiPolygon'; coordinates: Position[][][] }

export type Place = Narrow<Schemas['PlaceView'], { outline: Geometry | null }>
export type PlaceDetail = Narrow<Schemas['PlaceDetailView'], { outline: Geometry | null }>
export type Located = Narrow<Schemas['LocatedView'], { grid: Place }>

export type Photo = Schemas['PhotoView']
/** Until its check is passed, a photo or a text is for its author and staff alone. */
export type HazardPhoto = Schemas['HazardPhotoView']

export type HazardCategory = Narrow<Schemas['CategoryView'], { severity: Severity; clock: Clock }>
export type HazardForm = Schemas['HazardForm']
export type HazardItem = Narrow<Schemas['HazardItemView'], { severity: Severity }>
export type HazardMoveForm = Schemas['HazardMoveForm']
export type VerdictForm = Schemas['VerdictForm']
export type HistoryEntry = Narrow<
  Schemas['HistoryView'],
  { move: MoveName | 'report' | 'supervise' | 'answer_order' | 'close_unanswered'; from_state: HazardState | null; to_state: HazardState }
>
/** A formal order to answer in writing why a case is so late. */
export type HazardOrder = Schemas['OrderView']
export type HazardDetail = Narrow<
  Schemas['HazardView'],
  { severity: Severity; history: HistoryEntry[]; moves: HazardMove[] }
>
export type Assignee = Schemas['AssigneeView']
export type Task = Narrow<Schemas['TaskView'], { severity: Severity; moves: HazardMove[] }>

export type TaskQuery = NonNullable<paths['/api/v1/tasks']['get']['parameters']['query']>
export type HazardQuery = NonNullable<paths['/api/v1/hazards']['get']['parameters']['query']>

export type Rate = Schemas['RateView']
export type Totals = Schemas['TotalsView']
export type Rates = Schemas['RatesView']
export type Overview = Narrow<Schemas['OverviewView'], { place: Narrow<Schemas['FiguredPlaceView'], { kind: PlaceKind }> }>

/** What a notice is about; the app knows the way to some of these. */
export type About = Schemas['AboutView']
export type Notice = Schemas['NoticeView']
export type NoticePage = Schemas['NoticePage']

/** What WeChat's dialog says of one template. */
export type SubscribeAnswer = 'accept' | 'reject' | 'ban' | 'filter'
export type SubscribeAnswers = Record<string, SubscribeAnswer>

export type TemplateName =
  | 'case_accepted'
  | 'case_handled'
  | 'case_late'
  | 'task_new'
  | 'task_due'
  | 'task_back'
  | 'supervision'
  | 'announcement'
  | 'shift'
  | 'shift_lead'
  | 'quiz'

export type MessageTemplate = Narrow<Schemas['TemplateView'], { name: TemplateName }>
export type NoticeKind = Narrow<Schemas['KindView'], { template: TemplateName | null }>
export type Preferences = Narrow<Schemas['PreferencesView'], { templates: MessageTemplate[]; kinds: NoticeKind[] }>

export type AnnouncementForm = Schemas['AnnouncementForm']
export type Announcement = Schemas['AnnouncementView']
