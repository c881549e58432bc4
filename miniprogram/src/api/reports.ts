import { call } from './client'
import type { Became } from './report-types'

/** What residents ask of the reports. */
export const reportsApi = {
  /** Of a month (`YYYY-MM`), or of the last that there is a report of. */
  became: (placeCode: string, month?: string) =>
    call<Became>('GET', `/places/${placeCode}/what-became-of-it`, { query: { month } }),
}
