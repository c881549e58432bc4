/** How a report stands, which periods can be asked for, and what its files are. */
import type { ReportAsk, ReportFormat, ReportStanding } from '@/api'
import type { Say } from '@/locale'
import type { IconName } from '@/utils/icons'
import type { Tone } from '@/utils/states'

const MONTHS_BACK = 12
const QUARTERS_BACK = 4
const MONTHS_OF_QUARTER = 3

export type PeriodKind = 'month' | 'quarter'

const LOOKS: Record<ReportStanding['state'], { tone: Tone; shape: IconName }> = {
  making: { tone: 'info', shape: 'half' },
  made: { tone: 'solved', shape: 'check' },
  failed: { tone: 'urgent', shape: 'alert' },
}

export function standingLook(state: ReportStanding['state']): { tone: Tone; shape: IconName } {
  return LOOKS[state]
}

const twoDigits = (value: number): string => String(value).padStart(2, '0')

/** `2026-10` and `2026-Q3` as people say them. */
export function periodText(period: string, say: Say): string {
  const [year, part = ''] = period.split('-')
  return part.startsWith('Q')
    ? say('reports.quarter', { year: Number(year), quarter: Number(part.slice(1)) })
    : say('became.month', { year: Number(year), month: say(`became.months.${Number(part)}`) })
}

/** Those that are over, the last first: only of these there are reports. */
export function periodsOver(today: string, kind: PeriodKind): string[] {
  const [year = 0, month = 1] = today.split('-').map(Number)
  if (kind === 'month') {
    return Array.from({ length: MONTHS_BACK }, (_, index) => {
      const date = new Date(Date.UTC(year, month - 2 - index, 1))
      return `${date.getUTCFullYear()}-${twoDigits(date.getUTCMonth() + 1)}`
    })
  }
  const quarter = Math.ceil(month / MONTHS_OF_QUARTER)
  return Array.from({ length: QUARTERS_BACK }, (_, index) => {
    const number = quarter - 1 - index
    const back = Math.floor((number - 1) / QUARTERS_BACK)
    return `${year + back}-Q${number - back * QUARTERS_BACK}`
  })
}

/** How the service is told which. */
export function periodForm(period: string): Pick<ReportAsk, 'month' | 'quarter'> {
  return period.includes('Q') ? { quarter: period } : { month: period }
}

/** What is done by now, from 0 to 1. */
export function progress({ done, of }: Pick<ReportStanding, 'done' | 'of'>): number {
  return of > 0 ? Math.min(1, done / of) : 0
}

/** WeChat's reader has no pages, but papers and sheets. */
export function formatsHere(inBrowser: boolean): ReportFormat[] {
  return inBrowser ? ['pdf', 'html', 'xlsx'] : ['pdf', 'xlsx']
}

export function fileName(placeName: string, period: string, format: ReportFormat): string {
  return `${placeName}-${period}.${format}`
}
