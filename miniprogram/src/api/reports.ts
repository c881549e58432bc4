import { call, download } from './client'
import type { Became, ReportAsk, ReportFormat, ReportQuery, ReportStanding } from './report-types'
import type { Page } from './types'

/** What residents are told of a month, and the reports of those in charge. */
export const reportsApi = {
  /** Of a month (`YYYY-MM`), or of the last that there is a report of. */
  became: (placeCode: string, month?: string) =>
    call<Became>('GET', `/places/${placeCode}/what-became-of-it`, { query: { month } }),

  reports: (placeCode: string, query: { cursor?: string; limit?: number } = {}) =>
    call<Page<ReportStanding>>('GET', `/committees/${placeCode}/reports`, { query }),
  askForReport: (placeCode: string, form: ReportAsk, idempotencyKey: string) =>
    call<ReportStanding>('POST', `/committees/${placeCode}/reports`, { body: form, idempotencyKey }),
  /** How one stands, by its number alone. */
  report: (id: number) => call<ReportStanding>('GET', `/reports/${String(id)}`),
  /** Fetches the newest edition; answers where it lies on the phone. */
  fetchReport: (placeCode: string, format: ReportFormat, query: ReportQuery) =>
    download(`/committees/${placeCode}/report.${format}`, query),
}
