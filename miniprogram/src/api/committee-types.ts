/** Figures that can be opened, and what supervisors say to them, in the service's own words, as in types.ts. */
import type { components } from './schema'
import type { Narrow, PlaceKind } from './types'

type Schemas = components['schemas']

/** A number with what it is made of, or why there is none: `withheld`. */
export type PlainFigure = Schemas['PlainFigureView']
export type Figure = Schemas['FigureView']
export type Figures = Record<string, Figure>
export type FiguredPlace = Narrow<Schemas['FiguredPlaceView'], { kind: PlaceKind }>
export type PeriodKind = 'day' | 'week' | 'month' | 'quarter' | 'year'

export type Participation = Narrow<Schemas['CommitteeParticipationView'], { place: FiguredPlace; by: PeriodKind }>
export type PeriodFigures = Schemas['PeriodFiguresView']
export type Siblings = Schemas['SiblingsView']
export type Indicators = Narrow<Schemas['IndicatorsView'], { place: FiguredPlace }>
export type MetTarget = Schemas['MetTargetView']
export type FigureRow = Schemas['FigureRowView']
export type OpenFigure = Narrow<Schemas['OpenFigureView'], { place: FiguredPlace; rows: 'cases' | 'facts' | 'grids' | null }>
export type Child = Narrow<Schemas['ChildView'], { place: FiguredPlace }>
export type Children = Narrow<Schemas['ChildrenPage'], { place: FiguredPlace; level: PlaceKind; items: Child[] }>

export type RectificationState = NonNullable<Schemas['RectificationMoveForm']['to']>
export type RectificationMove = Schemas['MoveView']
export type Rectification = Narrow<Schemas['RectificationView'], { state: RectificationState }>
export type RectificationDetail = Narrow<Schemas['RectificationDetailView'], { state: RectificationState }>
export type RectificationForm = Schemas['RectificationForm']
export type RectificationMoveForm = Schemas['RectificationMoveForm']
export type CommitteeComment = Schemas['CommitteeCommentView']
export type CommitteeCommentForm = Schemas['CommitteeCommentForm']
export type Target = Schemas['TargetView']
