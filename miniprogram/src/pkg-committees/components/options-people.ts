/** Who took part, by period: the new ones upon the others. */
import type { EChartsCoreOption } from 'echarts/core'

import type { PeriodFigures, PeriodKind, PlainFigure } from '@/api'
import type { Say } from '@/locale'

import { base, type ChartLook } from './options'

const BAR_PX = 22

const count = (figure: PlainFigure | undefined): number | null => (figure?.withheld === null ? figure.value : null)

/** `2026-11-03` as a bar's foot has it. */
export function periodLabel(from: string, by: PeriodKind, say: Say): string {
  const [year, month, day] = from.split('-').map(Number)
  if (by === 'year') {
    return String(year)
  }
  if (by === 'quarter') {
    return say('figures.quarter', { year: year ?? 0, quarter: Math.ceil((month ?? 1) / 3) })
  }
  return by === 'month' ? `${String(year)}/${String(month)}` : `${String(month)}/${String(day)}`
}

/** Where new and others may not be told apart there is one bar; where nothing may be told there is none. */
export function byPeriod(periods: readonly PeriodFigures[], by: PeriodKind, look: ChartLook, say: Say): EChartsCoreOption {
  const { colours, letters, common } = base(look)
  const parts = periods.map(({ figures }) => {
    const [people, newly, returning] = [count(figures.people), count(figures.newly), count(figures.returning)]
    const isSplit = newly !== null && returning !== null
    return { newly: isSplit ? newly : null, returning: isSplit ? returning : null, whole: isSplit ? null : people }
  })
  const bar = (name: string, color: string, part: 'newly' | 'returning' | 'whole') => ({
    name,
    type: 'bar',
    stack: 'people',
    barMaxWidth: BAR_PX,
    data: parts.map((one) => one[part]),
    itemStyle: { color },
  })
  const shown = [
    bar(say('figure.name.returning'), colours.first, 'returning'),
    bar(say('figure.name.newly'), colours.second, 'newly'),
    ...(parts.some(({ whole }) => whole !== null) ? [bar(say('figures.unsplit'), colours.muted, 'whole')] : []),
  ]
  return {
    ...common,
    xAxis: {
      type: 'category',
      data: periods.map(({ from }) => periodLabel(from, by, say)),
      axisLabel: { ...letters, hideOverlap: true },
      axisLine: { lineStyle: { color: colours.line } },
      axisTick: { show: false },
    },
    yAxis: { type: 'value', minInterval: 1, axisLabel: letters, splitLine: { lineStyle: { color: colours.line } } },
    series: shown,
  }
}
