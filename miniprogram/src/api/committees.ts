import { call } from './client'
import type {
  Children,
  CommitteeComment,
  CommitteeCommentForm,
  Indicators,
  OpenFigure,
  Participation,
  PeriodKind,
  Rectification,
  RectificationDetail,
  RectificationForm,
  RectificationMoveForm,
  RectificationState,
  Target,
} from './committee-types'
import type { Page, PlaceKind } from './types'

interface Days {
  from?: string
  to?: string
}

interface Paged {
  cursor?: string
  limit?: number
}

/** The figures of a place, and what is said, asked and set about them. */
export const committeesApi = {
  participation: (placeCode: string, query: Days & { by?: PeriodKind }) =>
    call<Participation>('GET', `/committees/${placeCode}/participation`, { query }),
  indicators: (placeCode: string, query: Days) => call<Indicators>('GET', `/committees/${placeCode}/indicators`, { query }),
  openFigure: (placeCode: string, name: string, query: Days & Paged) =>
    call<OpenFigure>('GET', `/committees/${placeCode}/figures/${name}`, { query }),
  committeeChildren: (placeCode: string, query: Days & Paged & { level?: PlaceKind; sort?: string }) =>
    call<Children>('GET', `/committees/${placeCode}/children`, { query }),

  committeeSettings: (placeCode: string) => call<{ ranking: boolean }>('GET', `/committees/${placeCode}/settings`),
  changeCommitteeSettings: (placeCode: string, form: { ranking: boolean }) =>
    call<{ ranking: boolean }>('PUT', `/committees/${placeCode}/settings`, { body: form }),
  targets: (placeCode: string) => call<{ targets: Target[] }>('GET', `/committees/${placeCode}/targets`),
  setTarget: (placeCode: string, figure: string, wanted: number | null) =>
    call<{ targets: Target[] }>('PUT', `/committees/${placeCode}/targets/${figure}`, { body: { wanted } }),
  committeeComments: (placeCode: string, query: Paged = {}) =>
    call<Page<CommitteeComment>>('GET', `/committees/${placeCode}/comments`, { query }),
  commentOnCommittee: (placeCode: string, form: CommitteeCommentForm, idempotencyKey: string) =>
    call<CommitteeComment>('POST', `/committees/${placeCode}/comments`, { body: form, idempotencyKey }),

  rectifications: (placeCode: string, query: Paged & { state?: RectificationState } = {}) =>
    call<Page<Rectification>>('GET', `/committees/${placeCode}/rectifications`, { query }),
  raiseRectification: (placeCode: string, form: RectificationForm, idempotencyKey: string) =>
    call<RectificationDetail>('POST', `/committees/${placeCode}/rectifications`, { body: form, idempotencyKey }),
  rectification: (id: number) => call<RectificationDetail>('GET', `/rectifications/${String(id)}`),
  moveRectification: (id: number, form: RectificationMoveForm) =>
    call<RectificationDetail>('POST', `/rectifications/${String(id)}/moves`, { body: form }),
}
