/**
 * The times somebody can serve, as a grid of weekdays and parts of the day. The service knows times
 * within one day ("HH:MM" to "HH:MM", a night is two of them); people think of "Saturday night".
 */
export interface Time {
  weekday: number
  from: string
  to: string
}

export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const
export const PARTS = ['morning', 'afternoon', 'evening', 'night'] as const
export type Part = (typeof PARTS)[number]

/** One square of the grid: `6-night` is Saturday from 22:00 to Sunday 06:00. */
export type Cell = `${number}-${Part}`

interface Span {
  weekday: number
  start: number
  end: number
}

const DAY = 24 * 60
const HOURS: Record<Part, string> = { morning: '06–12', afternoon: '12–18', evening: '18–22', night: '22–06' }

export function partHours(part: Part): string {
  return HOURS[part]
}

export function cellOf(weekday: number, part: Part): Cell {
  return `${weekday}-${part}`
}

const dayAfter = (weekday: number): number => (weekday % WEEKDAYS.length) + 1
const clock = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

function minutesOf(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number)
  return hours * 60 + minutes
}

function spansOf(weekday: number, part: Part): Span[] {
  switch (part) {
    case 'morning':
      return [{ weekday, start: 6 * 60, end: 12 * 60 }]
    case 'afternoon':
      return [{ weekday, start: 12 * 60, end: 18 * 60 }]
    case 'evening':
      return [{ weekday, start: 18 * 60, end: 22 * 60 }]
    case 'night':
      return [
        { weekday, start: 22 * 60, end: DAY },
        { weekday: dayAfter(weekday), start: 0, end: 6 * 60 },
      ]
  }
}

/** Those that touch or overlap become one: with all of the grid chosen there are seven. */
function merged(spans: Span[]): Span[] {
  const sorted = [...spans].sort((a, b) => a.weekday - b.weekday || a.start - b.start)
  const whole: Span[] = []
  for (const span of sorted) {
    const last = whole.at(-1)
    if (last && last.weekday === span.weekday && span.start <= last.end) {
      last.end = Math.max(last.end, span.end)
    } else {
      whole.push({ ...span })
    }
  }
  return whole
}

const toSpan = ({ weekday, from, to }: Time): Span => ({ weekday, start: minutesOf(from), end: minutesOf(to) })
const toTime = ({ weekday, start, end }: Span): Time => ({ weekday, from: clock(start), to: clock(end) })
const lies = (inner: Span, outer: Span): boolean =>
  inner.weekday === outer.weekday && outer.start <= inner.start && inner.end <= outer.end

/** The squares that are wholly free. */
export function cellsOf(times: readonly Time[]): Cell[] {
  const free = merged(times.map(toSpan))
  return WEEKDAYS.flatMap((weekday) =>
    PARTS.filter((part) => spansOf(weekday, part).every((span) => free.some((outer) => lies(span, outer)))).map((part) =>
      cellOf(weekday, part),
    ),
  )
}

/** What of a span lies outside another. */
function without(span: Span, taken: Span): Span[] {
  if (span.weekday !== taken.weekday || taken.end <= span.start || span.end <= taken.start) {
    return [span]
  }
  const parts = [
    { ...span, end: taken.start },
    { ...span, start: taken.end },
  ]
  return parts.filter(({ start, end }) => start < end)
}

/** What was said elsewhere and fills no square, e.g. Wednesdays from 9 to 11. */
export function oddTimes(times: readonly Time[]): Time[] {
  const squares = cellsOf(times).flatMap(spansOfCell)
  const left = squares.reduce((spans, square) => spans.flatMap((span) => without(span, square)), merged(times.map(toSpan)))
  return left.map(toTime)
}

/** The same hours on several days belong together: ["22:00–22:30", [1, 2, 3]]. */
export function byHours(times: readonly Time[]): [string, number[]][] {
  const days = new Map<string, number[]>()
  for (const { weekday, from, to } of times) {
    const hours = `${from}–${to}`
    days.set(hours, [...(days.get(hours) ?? []), weekday])
  }
  return [...days]
}

function spansOfCell(cell: Cell): Span[] {
  const [weekday, part] = cell.split('-') as [string, Part]
  return spansOf(Number(weekday), part)
}

/** The chosen squares, and what fits into none, as the service wants them. */
export function timesOf(cells: readonly Cell[], odd: readonly Time[] = []): Time[] {
  return merged([...cells.flatMap(spansOfCell), ...odd.map(toSpan)]).map(toTime)
}
