/** The three charts, in the colours and letters of the moment. */
import type { EChartsCoreOption } from 'echarts/core'

import type { Overview } from '@/api'
import type { Say } from '@/locale'

const MOST_CATEGORIES = 8
const LETTERS_PX = 13
const LARGE = 1.3
const LONGEST_NAME_PX = 112
const BAR_PX = 14

export interface ChartLook {
  dark: boolean
  large: boolean
}

interface Palette {
  ink: string
  muted: string
  line: string
  first: string
  second: string
  late: string
}

function palette({ dark }: ChartLook): Palette {
  return dark
    ? { ink: '#e8efec', muted: '#9db0a9', line: '#2c3a35', first: '#5fd0b5', second: '#ffc861', late: '#ff8a80' }
    : { ink: '#14211d', muted: '#566660', line: '#e4e2db', first: '#0b6e5b', second: '#d18a1f', late: '#b3261e' }
}

export function base(look: ChartLook): { colours: Palette; letters: { color: string; fontSize: number }; common: object } {
  const colours = palette(look)
  const letters = { color: colours.muted, fontSize: LETTERS_PX * (look.large ? LARGE : 1) }
  const common = {
    animation: false,
    textStyle: { fontFamily: 'sans-serif' },
    grid: { left: 4, right: 24, top: 36, bottom: 4, containLabel: true },
    legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 10, textStyle: letters },
  }
  return { colours, letters, common }
}

export function byDay(days: Overview['by_day'], look: ChartLook, say: Say): EChartsCoreOption {
  const { colours, letters, common } = base(look)
  return {
    ...common,
    xAxis: {
      type: 'category',
      data: days.map(({ date }) => date.slice(5).replace('-', '/')),
      axisLabel: { ...letters, hideOverlap: true },
      axisLine: { lineStyle: { color: colours.line } },
      axisTick: { show: false },
    },
    yAxis: {
      type: 'value',
      minInterval: 1,
      axisLabel: letters,
      splitLine: { lineStyle: { color: colours.line } },
    },
    series: [
      {
        name: say('overview.reported'),
        type: 'bar',
        data: days.map(({ reported }) => reported),
        barMaxWidth: BAR_PX,
        itemStyle: { color: colours.first, borderRadius: [3, 3, 0, 0] },
      },
      {
        name: say('overview.closed'),
        type: 'line',
        data: days.map(({ closed }) => closed),
        symbol: 'circle',
        symbolSize: 5,
        lineStyle: { color: colours.second, width: 2 },
        itemStyle: { color: colours.second },
      },
    ],
  }
}

interface Row {
  name: string
  reported: number
  open: number
  overdue: number
  closed: number
}

type Part = (name: string, color: string, value: (row: Row) => number) => object

/** Lying bars of one part or more, a row each. */
function lying(rows: Row[], look: ChartLook, parts: (part: Part, colours: Palette) => object[]): EChartsCoreOption {
  const { colours, letters, common } = base(look)
  const part: Part = (name, color, value) => ({
    name,
    type: 'bar',
    stack: 'all',
    barMaxWidth: BAR_PX,
    data: rows.map(value),
    itemStyle: { color },
  })
  return {
    ...common,
    xAxis: {
      type: 'value',
      minInterval: 1,
      axisLabel: letters,
      splitLine: { lineStyle: { color: colours.line } },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: rows.map(({ name }) => name),
      axisLabel: { ...letters, color: colours.ink, width: LONGEST_NAME_PX * (look.large ? LARGE : 1), overflow: 'break', lineHeight: letters.fontSize + 1 },
      axisLine: { show: false },
      axisTick: { show: false },
    },
    series: parts(part, colours),
  }
}

export function byCategory(rows: Overview['by_category'], look: ChartLook, say: Say): EChartsCoreOption {
  const shown = [...rows].sort((a, b) => b.reported - a.reported).slice(0, MOST_CATEGORIES)
  return lying(shown, look, (part, { first }) => [part(say('overview.reported'), first, ({ reported }) => reported)])
}

/** What is still to be done begins at the left, where bars can be compared. */
export function byGrid({ by_grid: grids, place }: Overview, look: ChartLook, say: Say): EChartsCoreOption {
  const rows = [...grids]
    .sort((a, b) => b.open - a.open)
    .map((row) => ({ ...row, name: shortName(row.name, place.name) }))
  return lying(rows, look, (part, { first, second, late }) => [
    part(say('overview.overdue'), late, ({ overdue }) => overdue),
    part(say('overview.inTime'), second, ({ open, overdue }) => Math.max(0, open - overdue)),
    part(say('overview.closed'), first, ({ closed }) => closed),
  ])
}

/** A grid is often named after its community, whose name is on the page already. */
export function shortName(name: string, around: string): string {
  return name.startsWith(around) && name !== around ? name.slice(around.length) : name
}

/** How tall a chart of lying bars has to be. */
export function heightFor(rows: number, { large }: ChartLook): number {
  return Math.round((64 + Math.max(1, Math.min(rows, 40)) * 30) * (large ? LARGE : 1))
}

export const SHOWN_CATEGORIES = MOST_CATEGORIES
