/** Shifts, rounds and rosters in the service's own words; words that the document leaves open are named here. */
import type { components, paths } from './schema'
import type { Narrow } from './types'

type Schemas = components['schemas']

export type SignUpState = NonNullable<Schemas['ShiftItemView']['mine']>
export type ShiftMove =
  | 'join'
  | 'join_waiting'
  | 'take_over'
  | 'accept_offer'
  | 'decline_offer'
  | 'leave'
  | 'seek_stand_in'
  | 'stay'
  | 'swap'
  | 'check_in'
  | 'lead'
  | 'cancel'
  | 'remove'
  | 'edit'
  | 'call_out'

export type ShiftQuery = NonNullable<paths['/api/v1/shifts']['get']['parameters']['query']>
/** What a shift may ask for: what people say they can, and what a campaign gave them. */
export type ShiftSkill = NonNullable<Schemas['ShiftForm']['skills']>[number]
export type ShiftItem = Schemas['ShiftItemView']
export type Checkpoint = Way['checkpoints'][number]
export type Way = Schemas['WayView']
export type CrewMember = Schemas['CrewView']
export type SwapState = Schemas['SwapView']['state']
export type BriefShift = Schemas['BriefShiftView']
export type Swap = Narrow<Schemas['SwapView'], { moves: SwapState[] }>
export type ShiftDetail = Narrow<Schemas['ShiftView'], { moves: ShiftMove[] }>
export type ShiftForm = Schemas['ShiftForm']
export type ShiftChange = Schemas['ShiftChangeForm']
/** What I am to a shift now. */
export type SignedUp = Schemas['SeatView']
export type Offer = Schemas['OfferView']
export type Colleague = Schemas['ColleagueView']
export type SwapForm = Schemas['SwapForm']

export type PatrolRouteItem = Schemas['PatrolRouteItemView']
export type PatrolRoute = Narrow<Schemas['PatrolRouteView'], { moves: ('edit' | 'print')[] }>
export type PatrolRouteForm = Schemas['PatrolRouteForm']
export type PatrolRouteChange = Schemas['PatrolRouteChangeForm']
export type CheckpointCodes = paths['/api/v1/patrol-routes/{route_id}/codes']['get']['responses'][200]['content']['application/json']

export type ShiftTemplate = Schemas['ShiftTemplateView']
export type ShiftTemplateForm = Schemas['ShiftTemplateForm']
export type ShiftTemplateChange = Schemas['ShiftTemplateChangeForm']
export type DuplicatedWeek = Schemas['DuplicatedWeekView']
export type ShiftNeed = Schemas['NeedingView']
export type Suitable = Schemas['SuitableList']
export type CallOut = Schemas['CallOutView']
export type RosterItem = Schemas['RosterSummaryView']
export type Roster = Schemas['RosterView']
export type RosterShift = Schemas['RosterShiftView']
export type RosterChange = Schemas['RosterChangeForm']
export type CalendarFeed = Schemas['CalendarView']

export type CheckInForm = Schemas['CheckInForm']
export type ScanKind = CheckInForm['kind']
export type CheckIn = Schemas['CheckInView']
export type BatchItem = Schemas['BatchAnswerView']
export type TrackPoint = Schemas['TrackPointForm']
export type Round = Schemas['RoundView']
export type RoundPerson = Schemas['WalkerView']
export type HelpCall = Schemas['SosView']
export type HelpForm = Schemas['SosForm']
export type Attestation = Schemas['AttestationForm']
export type RotatingCode = paths['/api/v1/shifts/{shift_id}/code']['get']['responses'][200]['content']['application/json']
export type Settlement = Schemas['SettlementView']
export type Appeal = Schemas['AppealView']
export type AppealAnswer = Schemas['AppealAnswerForm']
