import { call, keepSession, upload } from './client'
import { dropTokens, readTokens } from './tokens'
import type {
  About,
  Announcement,
  AnnouncementForm,
  Assignee,
  Config,
  CoordSys,
  HazardCategory,
  HazardDetail,
  HazardForm,
  HazardItem,
  HazardMoveForm,
  HazardQuery,
  Items,
  Located,
  MeForm,
  MessageTemplate,
  Notice,
  NoticePage,
  Overview,
  Page,
  Photo,
  Place,
  PlaceDetail,
  PlaceKind,
  Preferences,
  Residence,
  ResidenceForm,
  ResidenceState,
  Resident,
  Session,
  SubscribeAnswers,
  Task,
  TaskQuery,
  VerdictForm,
} from './types'
import { campaignsApi } from './campaigns'
import { committeesApi } from './committees'
import { desksApi } from './desks'
import { leavingApi } from './leaving'
import { patrolsApi } from './patrols'
import { questionsApi } from './questions'
import { quizzesApi } from './quizzes'
import { reportsApi } from './reports'
import { roundsApi } from './rounds'
import { volunteersApi } from './volunteers'

export { absoluteUrl, configureClient, newIdempotencyKey } from './client'
export { NetworkFailure, Problem } from './errors'
export type * from './campaign-types'
export type * from './committee-types'
export type { Desk } from './desks'
export type { DataCopy, Leaving } from './leaving'
export type * from './patrol-types'
export type * from './question-types'
export type * from './quiz-types'
export type * from './report-types'
export type * from './types'
export type * from './volunteer-types'

export interface PageQuery {
  cursor?: string
  limit?: number
}

export interface PlaceQuery extends PageQuery {
  kind?: PlaceKind
  q?: string
  within?: string
  outline?: boolean
}

/** Everything the mini-program asks of the service; each answers or throws `Problem` or `NetworkFailure`. */
export const api = {
  config: () => call<Config>('GET', '/config'),

  /** `code` comes from `uni.login`; the tokens are kept, later calls carry them. */
  async signIn(code: string): Promise<Resident> {
    const session = await call<Session>('POST', '/session', { body: { code } })
    keepSession(session)
    return session.resident
  },
  /** Signs out on this phone even when the service cannot be told. */
  async signOut(): Promise<void> {
    const tokens = readTokens()
    try {
      if (tokens) await call('DELETE', '/session', { body: { refresh_token: tokens.refresh } })
    } finally {
      dropTokens()
    }
  },
  isSignedIn: () => readTokens() !== null,

  me: () => call<Resident>('GET', '/me'),
  changeMe: (form: MeForm) => call<Resident>('PATCH', '/me', { body: form }),
  setPhone: (code: string) => call<Resident>('PUT', '/me/phone', { body: { code } }),

  requestResidence: (form: ResidenceForm) => call<Residence>('POST', '/me/residence', { body: form }),
  residences: (query: PageQuery & { state?: ResidenceState } = {}) =>
    call<Page<Residence>>('GET', '/residences', { query }),
  moveResidence: (id: number, form: { to: ResidenceState; note?: string }) =>
    call<Residence>('POST', `/residences/${String(id)}/moves`, { body: form }),

  places: (query: PlaceQuery = {}) => call<Page<Place>>('GET', '/places', { query }),
  place: (code: string) => call<PlaceDetail>('GET', `/places/${code}`),
  locate: (query: { lat: number; lon: number; coord_sys: CoordSys }) =>
    call<Located>('GET', '/places/locate', { query }),

  uploadPhoto: (filePath: string) => upload<Photo>('/photos', filePath),

  hazardCategories: () => call<Items<HazardCategory>>('GET', '/hazard-categories'),
  reportHazard: (form: HazardForm, idempotencyKey: string) =>
    call<HazardDetail>('POST', '/hazards', { body: form, idempotencyKey }),
  hazards: (query: HazardQuery = {}) => call<Page<HazardItem>>('GET', '/hazards', { query }),
  hazard: (id: number) => call<HazardDetail>('GET', `/hazards/${String(id)}`),
  moveHazard: (id: number, form: HazardMoveForm) =>
    call<HazardDetail>('POST', `/hazards/${String(id)}/moves`, { body: form }),
  answerOrder: (id: number, orderId: number, text: string) =>
    call<HazardDetail>('POST', `/hazards/${String(id)}/orders/${String(orderId)}/answer`, { body: { text } }),
  /** Shows neighbours a photo or a text, or does not. */
  judgeHazard: (id: number, form: VerdictForm) =>
    call<HazardDetail>('POST', `/hazards/${String(id)}/verdicts`, { body: form }),
  assignees: (id: number) => call<Items<Assignee>>('GET', `/hazards/${String(id)}/assignees`),
  tasks: (query: TaskQuery = {}) => call<Page<Task>>('GET', '/tasks', { query }),

  overview: (placeCode: string, query: { from?: string; to?: string } = {}) =>
    call<Overview>('GET', `/committees/${placeCode}/overview`, { query }),

  notices: (query: PageQuery & { unread?: boolean } = {}) => call<NoticePage>('GET', '/notices', { query }),
  readNotice: (id: number) => call<Notice>('POST', `/notices/${String(id)}/read`),
  /** Those about one thing, or all. */
  readNotices: (about?: About) => call<{ unread: number }>('POST', '/notices/read-all', { body: about ? { about } : {} }),
  preferences: () => call<Preferences>('GET', '/me/preferences'),
  changePreferences: (kinds: Record<string, boolean>) =>
    call<Preferences>('PATCH', '/me/preferences', { body: { kinds } }),
  answerSubscriptions: (answers: SubscribeAnswers, idempotencyKey: string) =>
    call<{ templates: MessageTemplate[] }>('PUT', '/subscriptions', { body: answers, idempotencyKey }),

  announce: (form: AnnouncementForm, idempotencyKey: string) =>
    call<Announcement>('POST', '/announcements', { body: form, idempotencyKey }),
  announcements: (query: PageQuery = {}) => call<Page<Announcement>>('GET', '/announcements', { query }),
  announcement: (id: number) => call<Announcement>('GET', `/announcements/${String(id)}`),

  ...campaignsApi,
  ...committeesApi,
  ...desksApi,
  ...leavingApi,
  ...patrolsApi,
  ...questionsApi,
  ...quizzesApi,
  ...reportsApi,
  ...roundsApi,
  ...volunteersApi,
}
