import { call } from './client'
import type {
  CalendarFeed,
  CallOut,
  CheckpointCodes,
  Colleague,
  DuplicatedWeek,
  Offer,
  PatrolRoute,
  PatrolRouteChange,
  PatrolRouteForm,
  PatrolRouteItem,
  Roster,
  RosterChange,
  RosterItem,
  ShiftChange,
  ShiftDetail,
  ShiftForm,
  ShiftItem,
  ShiftNeed,
  ShiftQuery,
  ShiftTemplate,
  ShiftTemplateChange,
  ShiftTemplateForm,
  SignedUp,
  Suitable,
  Swap,
  SwapForm,
  SwapState,
} from './patrol-types'
import type { Page } from './types'

type ByPlace = { place?: string; cursor?: string }

const at = (id: number) => `/shifts/${String(id)}`
const routeAt = (id: number) => `/patrol-routes/${String(id)}`
const templateAt = (id: number) => `/shift-templates/${String(id)}`
const rosterAt = (id: number) => `/rosters/${String(id)}`

/** Shifts, offers and swaps; what planners plan. */
export const patrolsApi = {
  shifts: (query: ShiftQuery = {}) => call<Page<ShiftItem>>('GET', '/shifts', { query }),
  shift: (id: number) => call<ShiftDetail>('GET', at(id)),
  createShift: (form: ShiftForm, idempotencyKey: string) =>
    call<ShiftDetail>('POST', '/shifts', { body: form, idempotencyKey }),
  changeShift: (id: number, form: ShiftChange) => call<ShiftDetail>('PATCH', at(id), { body: form }),
  cancelShift: (id: number, reason: string) =>
    call<ShiftDetail>('POST', `${at(id)}/cancellation`, { body: { reason } }),
  removeFromShift: (id: number, residentId: number, reason: string) =>
    call<SignedUp>('POST', `${at(id)}/signups/${String(residentId)}/removal`, { body: { reason } }),

  /** Whoever looks for a stand-in and can come after all joins again. */
  joinShift: (id: number, idempotencyKey: string) => call<SignedUp>('POST', `${at(id)}/signups`, { idempotencyKey }),
  /** Before the cut-off one has left; afterwards one looks for a stand-in. */
  leaveShift: (id: number) => call<SignedUp>('DELETE', `${at(id)}/signups/mine`),
  standIn: (id: number, idempotencyKey: string) =>
    call<SignedUp>('POST', `${at(id)}/stand-ins`, { body: {}, idempotencyKey }),
  offers: () => call<Page<Offer>>('GET', '/me/offers'),
  acceptOffer: (id: number) => call<SignedUp>('POST', `/offers/${String(id)}/accept`),
  declineOffer: (id: number) => call<SignedUp>('POST', `/offers/${String(id)}/decline`),
  colleagues: (id: number) => call<Page<Colleague>>('GET', `${at(id)}/colleagues`, { query: { limit: 50 } }),
  askSwap: (id: number, form: SwapForm, idempotencyKey: string) =>
    call<Swap>('POST', `${at(id)}/swaps`, { body: form, idempotencyKey }),
  swaps: () => call<Page<Swap>>('GET', '/me/swaps'),
  moveSwap: (id: number, to: SwapState) => call<Swap>('POST', `/swaps/${String(id)}/moves`, { body: { to } }),

  patrolRoutes: (query: ByPlace = {}) => call<Page<PatrolRouteItem>>('GET', '/patrol-routes', { query }),
  patrolRoute: (id: number) => call<PatrolRoute>('GET', routeAt(id)),
  checkpointCodes: (id: number) => call<CheckpointCodes>('GET', `${routeAt(id)}/codes`),
  createPatrolRoute: (form: PatrolRouteForm, idempotencyKey: string) =>
    call<PatrolRoute>('POST', '/patrol-routes', { body: form, idempotencyKey }),
  changePatrolRoute: (id: number, form: PatrolRouteChange) => call<PatrolRoute>('PATCH', routeAt(id), { body: form }),

  shiftTemplates: (query: ByPlace = {}) => call<Page<ShiftTemplate>>('GET', '/shift-templates', { query }),
  shiftTemplate: (id: number) => call<ShiftTemplate>('GET', templateAt(id)),
  createShiftTemplate: (form: ShiftTemplateForm, idempotencyKey: string) =>
    call<ShiftTemplate>('POST', '/shift-templates', { body: form, idempotencyKey }),
  changeShiftTemplate: (id: number, form: ShiftTemplateChange) =>
    call<ShiftTemplate>('PATCH', templateAt(id), { body: form }),
  duplicateWeek: (form: { place_code: string; from_week: string; to_week: string }, idempotencyKey: string) =>
    call<DuplicatedWeek>('POST', '/shifts/duplicate-week', { body: form, idempotencyKey }),

  shiftsNeedingPeople: (query: ByPlace = {}) => call<Page<ShiftNeed>>('GET', '/shifts/needing-people', { query }),
  suitable: (id: number) => call<Suitable>('GET', `${at(id)}/suitable`),
  callOut: (id: number, form: { resident_ids?: number[]; count?: number }, idempotencyKey: string) =>
    call<CallOut>('POST', `${at(id)}/call-outs`, { body: form, idempotencyKey }),

  rosters: (query: ByPlace = {}) => call<Page<RosterItem>>('GET', '/rosters', { query }),
  proposeRoster: (form: { place_code: string; week: string }, idempotencyKey: string) =>
    call<Roster>('POST', '/rosters', { body: form, idempotencyKey }),
  roster: (id: number) => call<Roster>('GET', rosterAt(id)),
  changeRoster: (id: number, form: RosterChange) => call<Roster>('PATCH', rosterAt(id), { body: form }),
  moveRoster: (id: number, to: 'accepted' | 'dropped') =>
    call<Roster>('POST', `${rosterAt(id)}/moves`, { body: { to } }),

  calendar: () => call<CalendarFeed>('GET', '/me/calendar'),
  /** The address is told this once; asking again makes a new one, and the old one ends. */
  renewCalendar: (idempotencyKey: string) => call<CalendarFeed>('POST', '/me/calendar', { idempotencyKey }),
  endCalendar: () => call('DELETE', '/me/calendar'),
}
