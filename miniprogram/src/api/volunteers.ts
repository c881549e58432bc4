import { call } from './client'
import type { Page } from './types'
import type {
  Certificate,
  CertificateForm,
  Collected,
  Honour,
  HonourPeriod,
  InsuranceForm,
  IssuedCertificate,
  ListedVolunteer,
  MyHoursPage,
  NewCertificate,
  OwnAttendance,
  Patrolling,
  PointsPage,
  Redemption,
  Reward,
  RewardChange,
  RewardForm,
  StaffHours,
  Standing,
  Team,
  TeamDetail,
  TeamForm,
  TrainingForm,
  VerifiedCertificate,
  Volunteer,
  VolunteerChange,
  VolunteerForm,
} from './volunteer-types'

interface PageQuery {
  cursor?: string
  limit?: number
}

type PlacePage = PageQuery & { place?: string }

/** What volunteers ask of the service, and those who look after them. */
export const volunteersApi = {
  volunteer: () => call<Volunteer>('GET', '/me/volunteer'),
  saveVolunteer: (form: VolunteerForm) => call<Volunteer>('PUT', '/me/volunteer', { body: form }),
  changeVolunteer: (form: VolunteerChange) => call<Volunteer>('PATCH', '/me/volunteer', { body: form }),
  stopVolunteering: () => call('DELETE', '/me/volunteer'),
  addTraining: (form: TrainingForm) => call('POST', '/me/volunteer/trainings', { body: form }),
  addInsurance: (form: InsuranceForm) => call('POST', '/me/volunteer/insurances', { body: form }),
  dropTraining: (id: number) => call('DELETE', `/me/volunteer/trainings/${String(id)}`),
  dropInsurance: (id: number) => call('DELETE', `/me/volunteer/insurances/${String(id)}`),
  volunteers: (query: PlacePage = {}) => call<Page<ListedVolunteer>>('GET', '/volunteers', { query }),

  teams: (query: PlacePage & { mine?: boolean } = {}) => call<Page<Team>>('GET', '/teams', { query }),
  team: (id: number) => call<TeamDetail>('GET', `/teams/${String(id)}`),
  createTeam: (form: TeamForm, idempotencyKey: string) => call<TeamDetail>('POST', '/teams', { body: form, idempotencyKey }),
  joinTeam: (id: number) => call<TeamDetail>('POST', `/teams/${String(id)}/members`, { body: {} }),
  moveMember: (id: number, residentId: number, to: Standing) =>
    call<TeamDetail>('POST', `/teams/${String(id)}/members/${String(residentId)}/moves`, { body: { to } }),
  leaveTeam: (id: number) => call('DELETE', `/teams/${String(id)}/members/mine`),

  myHours: (query: PageQuery = {}) => call<MyHoursPage>('GET', '/me/hours', { query }),
  hours: (query: PlacePage & { resident_id?: number } = {}) => call<Page<StaffHours>>('GET', '/hours', { query }),
  correctHours: (id: number, form: { minutes: number; reason: string }) =>
    call('POST', `/hours/${String(id)}/corrections`, { body: form }),
  honour: (query: { place: string; period: HonourPeriod }) => call<Honour>('GET', '/honour', { query }),
  myAttendances: (query: PageQuery & { state?: string } = {}) => call<Page<OwnAttendance>>('GET', '/me/attendances', { query }),
  appeal: (attendanceId: number, note: string) =>
    call('POST', `/attendances/${String(attendanceId)}/appeals`, { body: { note } }),

  points: (query: PageQuery = {}) => call<PointsPage>('GET', '/me/points', { query }),
  rewards: (query: PlacePage = {}) => call<Page<Reward>>('GET', '/rewards', { query }),
  offerReward: (form: RewardForm, idempotencyKey: string) => call<Reward>('POST', '/rewards', { body: form, idempotencyKey }),
  changeReward: (id: number, form: RewardChange) => call<Reward>('PATCH', `/rewards/${String(id)}`, { body: form }),
  redeem: (rewardId: number, idempotencyKey: string) =>
    call<Redemption>('POST', `/rewards/${String(rewardId)}/redemptions`, { body: {}, idempotencyKey }),
  redemptions: (query: PageQuery = {}) => call<Page<Redemption>>('GET', '/me/redemptions', { query }),
  cancelRedemption: (id: number) => call('DELETE', `/redemptions/${String(id)}`),
  collect: (code: string) => call<Collected>('POST', '/redemptions/collect', { body: { code } }),

  askCertificate: (form: CertificateForm, idempotencyKey: string) =>
    call<NewCertificate>('POST', '/certificates', { body: form, idempotencyKey }),
  myCertificates: (query: PageQuery = {}) => call<Page<Certificate>>('GET', '/me/certificates', { query }),
  verifyCertificate: (number: string) => call<VerifiedCertificate>('GET', `/certificates/${number}`),
  certificates: (query: PlacePage & { state?: string; to_review?: boolean } = {}) => call<Page<IssuedCertificate>>('GET', '/certificates', { query }),
  revokeCertificate: (number: string, reason: string) =>
    call<IssuedCertificate>('POST', `/certificates/${number}/revocation`, { body: { reason } }),
  /** Lets a certificate stand although its hours were corrected since. */
  confirmCertificate: (number: string) => call<IssuedCertificate>('POST', `/certificates/${number}/confirmation`),

  patrolling: (placeCode: string, query: { from?: string; to?: string } = {}) =>
    call<Patrolling>('GET', `/committees/${placeCode}/patrolling`, { query }),
}

