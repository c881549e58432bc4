/** Charts: the page says what to draw, this says how it looks, in light and dark, small and large. */
import { BarChart, LineChart, ScatterChart } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from 'echarts/components'
import { init, use, type ECharts, type EChartsCoreOption } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

use([BarChart, LineChart, ScatterChart, AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, SVGRenderer])

const drawn = new Map<HTMLElement, ECharts>()
const night = matchMedia('(prefers-color-scheme: dark)')

/** A colour of the style sheet, by its name there. */
const token = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()

const letters = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) * 0.8

/** Whether bars go from left to right. */
const lies = (upright: unknown): boolean => (upright as { type?: string } | undefined)?.type === 'category'

/** Where names take half of the width, they break, and the numbers beside the bars are scale enough. */
const NARROW = 420

const look = (option: EChartsCoreOption, width: number): EChartsCoreOption => {
  const lying = lies(option.yAxis)
  const cramped = lying && width < NARROW
  const numbered = ([option.series ?? []].flat() as { label?: { show?: boolean } }[]).every(({ label }) => label?.show)
  const ink = { color: token('ink'), fontSize: letters(), fontFamily: getComputedStyle(document.body).fontFamily }
  const quiet = { ...ink, color: token('quiet') }
  const axis = (own: unknown): unknown =>
    (Array.isArray(own) ? own : [own]).map((one: Record<string, unknown>) => ({
      ...one,
      axisLabel: {
        ...quiet,
        hideOverlap: true,
        ...(one.axisLabel as object | undefined),
        ...(cramped && one.type === 'category' ? { width: width * 0.46, overflow: 'break' } : {}),
        ...(cramped && numbered && one.type === 'value' ? { show: false } : {}),
      },
      ...(cramped && one.type === 'value' ? { splitNumber: 2 } : {}),
      axisLine: { lineStyle: { color: token('line') } },
      splitLine: { show: one.type !== 'category' && !(cramped && numbered), lineStyle: { color: token('line') } },
      nameTextStyle: quiet,
    }))
  // What stands beside a bar is read like everything else, not outlined in another colour.
  const beside = (own: unknown): unknown =>
    (Array.isArray(own) ? own : [own]).map((one: Record<string, unknown>) =>
      one.label ? { ...one, label: { ...ink, textBorderWidth: 0, ...(one.label as object) } } : one,
    )
  return {
    color: [token('brand'), token('info'), token('waiting'), token('late')],
    textStyle: ink,
    // Beside bars that lie there is room for what they come to.
    grid: { left: 8, right: !lying ? 16 : numbered ? (cramped ? 3.2 : 4) * letters() : 24, top: option.legend ? 40 : 16, bottom: 8, containLabel: true },
    tooltip: { trigger: 'axis', confine: true },
    animation: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    animationDuration: 150,
    ...option,
    ...(option.legend ? { legend: { top: 0, left: 0, textStyle: ink, ...(option.legend as object) } } : {}),
    xAxis: axis(option.xAxis ?? { type: 'category' }),
    yAxis: axis(option.yAxis ?? { type: 'value' }),
    series: beside(option.series ?? []),
  }
}

/** Draws what `data-chart` says: an ECharts option without colours and letters. */
export const draw = (place: HTMLElement): void => {
  if (drawn.has(place) || !place.dataset.chart) return
  place.style.height = `${place.dataset.tall ?? '280'}px`
  const option = JSON.parse(place.dataset.chart) as EChartsCoreOption
  const chart = init(place, null, { renderer: 'svg' })
  chart.setOption(look(option, place.clientWidth))
  drawn.set(place, chart)
  new ResizeObserver(() => {
    if (place.isConnected) chart.resize()
  }).observe(place)
  night.addEventListener('change', () => {
    chart.setOption(look(option, place.clientWidth), true)
  })
}
