/** Reports, and what residents are told of a month, in the service's own words, as in types.ts. */
import type { components } from './schema'
import type { Language } from './types'

type Schemas = components['schemas']

/** A figure, or why there is none: `withheld`. */
export type ToldFigure = Schemas['ToldFigureView']
export type Became = Schemas['BecameView']

export type ReportFormat = 'html' | 'pdf' | 'xlsx'
export type ReportReader = 'committee' | 'street' | 'residents'
export type ReportStanding = Schemas['ReportStandingView']
export type ReportAsk = Schemas['ReportAskForm']
export interface ReportQuery {
  month?: string
  quarter?: string
  lang?: Language
  reader?: ReportReader
}
