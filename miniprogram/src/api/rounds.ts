import { call } from './client'
import type {
  Appeal,
  AppealAnswer,
  Attestation,
  BatchItem,
  CheckInForm,
  HelpCall,
  HelpForm,
  RotatingCode,
  Round,
  Settlement,
  TrackPoint,
} from './patrol-types'
import type { Items, Page } from './types'

const at = (shift: number) => `/shifts/${String(shift)}`

/** Walking a round, and leading one. */
export const roundsApi = {
  round: (shift: number) => call<Round>('GET', `${at(shift)}/round`),
  /** Scans that lay on the phone, each with its own UUID: sent twice, they count once. */
  checkInBatch: (shift: number, items: CheckInForm[]) =>
    call<Items<BatchItem>>('POST', `${at(shift)}/check-ins/batch`, { body: { items } }),
  positions: (shift: number, points: TrackPoint[], sentAt: string) =>
    call('POST', `${at(shift)}/positions`, { body: { points, sent_at: sentAt, coord_sys: 'wgs84' } }),
  callForHelp: (shift: number, form: HelpForm, idempotencyKey: string) =>
    call<HelpCall>('POST', `${at(shift)}/sos`, { body: form, idempotencyKey }),
  moveHelpCall: (id: number, to: HelpCall['state'], note?: string) =>
    call<HelpCall>('POST', `/sos/${String(id)}/moves`, { body: { to, ...(note && { note }) } }),

  roundCode: (shift: number) => call<RotatingCode>('GET', `${at(shift)}/code`),
  attest: (shift: number, form: Attestation) => call('POST', `${at(shift)}/attestations`, { body: form }),
  answerFlag: (shift: number, flag: number, form: { accepted: boolean; note?: string }) =>
    call('POST', `${at(shift)}/flags/${String(flag)}/answer`, { body: form }),
  settleRound: (shift: number) => call<Settlement>('POST', `${at(shift)}/settlement`),
  appeals: (query: { place?: string; cursor?: string } = {}) => call<Page<Appeal>>('GET', '/appeals', { query }),
  answerAppeal: (id: number, form: AppealAnswer) =>
    call<Appeal>('POST', `/appeals/${String(id)}/answer`, { body: form }),
}
