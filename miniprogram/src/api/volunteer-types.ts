/** Volunteers, their hours, points and papers, in the service's own words, as in types.ts. */
import type { components } from './schema'
import type { Geometry, Narrow } from './types'

type Schemas = components['schemas']

/** Everything that is held about oneself as a volunteer. */
export type Volunteer = Schemas['VolunteerView']
export type VolunteerForm = Schemas['VolunteerForm']
export type VolunteerChange = Schemas['VolunteerChangeForm']
export type Skill = Volunteer['skills'][number]
export type SpokenLanguage = Volunteer['languages'][number]
export type TrainingForm = Schemas['TrainingForm']
export type InsuranceForm = Schemas['InsuranceForm']
/** Somebody who serves, as their committee sees them: without a phone number. */
export type ListedVolunteer = Schemas['ListedVolunteerView']

export type TeamKind = Schemas['TeamForm']['kind']
export type TeamForm = Schemas['TeamForm']
export type Standing = NonNullable<Schemas['TeamView']['mine']>
export type TeamMove = Narrow<Schemas['MoveView'], { to: Standing }>
export type TeamMember = Narrow<Schemas['MemberView'], { moves: TeamMove[] }>
export type Team = Narrow<Schemas['TeamView'], { moves: TeamMove[] }>
export type TeamDetail = Narrow<Schemas['TeamDetailView'], { moves: TeamMove[]; people: TeamMember[] }>

export type HourState = 'credited' | 'held'
/** Minutes served in a shift, or (below zero) taken back. */
export type HourEntry = Narrow<Schemas['HourEntryView'], { state: HourState }>
export type MyHoursPage = Narrow<Schemas['MyHoursPage'], { items: HourEntry[] }>
/** Somebody's entry, as their committee sees it. */
export type StaffHours = Narrow<Schemas['StaffHourView'], { state: HourState }>
export type OwnAttendance = Schemas['OwnAttendanceView']
export type HonourPeriod = 'month' | 'year' | 'all'
export type Honour = Schemas['HonourView']

export type PointsPage = Schemas['PointsPage']
export type PointsLine = Schemas['PointsLineView']
export type Reward = Schemas['RewardView']
export type RewardForm = Schemas['RewardForm']
export type RewardChange = Schemas['RewardChangeForm']
export type RedemptionState = 'reserved' | 'collected' | 'cancelled' | 'expired'
export type Redemption = Narrow<Schemas['RedemptionView'], { state: RedemptionState }>
/** What was handed out, and to whom. */
export type Collected = Narrow<Schemas['CollectedView'], { state: RedemptionState }>

export type Certificate = Schemas['CertificateView']
export type CertificateState = Certificate['state']
export type CertificateForm = Schemas['CertificateForm']
export type NewCertificate = Schemas['NewCertificateView']
/** As the committee sees it: `to_review` because hours in it were corrected since. */
export type IssuedCertificate = Schemas['IssuedCertificateView']
/** What anybody may know of a certificate. */
export type VerifiedCertificate = Schemas['VerifiedCertificateView']

export type Coverage = Narrow<Schemas['GridCoverageView'], { outline: Geometry | null }>
export type Patrolling = Narrow<Schemas['PatrollingView'], { coverage: Coverage[] }>
