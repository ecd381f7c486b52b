import type uPlot from 'uplot'
import type { SummedBar } from './figures.ts'

export interface HourDrawing {
  show(today: readonly SummedBar[], yesterday: readonly SummedBar[], hourName: (ms: number) => string): void
  end(): void
}

interface Inks {
  act: string
  line: string
  soft: string
  rem: number
}

const inksOf = (box: Element): Inks => {
  const style = getComputedStyle(box)
  const token = (name: string) => style.getPropertyValue(name).trim()
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
  return { act: token('--act'), line: token('--line'), soft: token('--ink-soft'), rem }
}

/** Diagonal lines over a rectangle, in canvas pixels. */
function hatch(ctx: CanvasRenderingContext2D, box: Rect, ink: string): void {
  ctx.save()
  ctx.beginPath()
  ctx.rect(box.x, box.y, box.w, box.h)
  ctx.clip()
  ctx.strokeStyle = ink
  ctx.lineWidth = 3 * devicePixelRatio
  ctx.beginPath()
  for (let x = box.x - box.h; x < box.x + box.w; x += 8 * devicePixelRatio) {
    ctx.moveTo(x, box.y + box.h)
    ctx.lineTo(x + box.h, box.y)
  }
  ctx.stroke()
  ctx.restore()
}
interface Rect {
  x: number
  y: number
  w: number
  h: number
}

const hatchSilent = (bars: readonly SummedBar[], ink: string) => (plot: uPlot) => {
  const { top, height } = plot.bbox
  const step = plot.valToPos(1, 'x', true) - plot.valToPos(0, 'x', true)
  bars.forEach((bar, hour) => {
    if (bar.state !== 'silent') return
    const x = plot.valToPos(hour, 'x', true) - step * 0.4
    hatch(plot.ctx, { x, y: top, w: step * 0.8, h: height }, ink)
  })
}

type Made = uPlot | null

const counted = (bars: readonly SummedBar[]): (number | null)[] =>
  bars.map((bar) => (bar.state === 'counted' ? bar.entries : null))

function optionsOf(
  uplot: typeof uPlot,
  box: HTMLElement,
  bars: readonly SummedBar[],
  hourName: (ms: number) => string,
): uPlot.Options {
  const inks = inksOf(box)
  const series = (ink: string, size: number): uPlot.Series => {
    const paths = uplot.paths.bars?.({ size: [size, Infinity], radius: 0.15 })
    return { fill: ink, width: 0, points: { show: false }, ...(paths ? { paths } : {}) }
  }
  const font = `${0.75 * inks.rem}px system-ui`
  return {
    width: box.clientWidth,
    height: box.clientHeight,
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: [-0.6, bars.length - 0.4] },
      y: { range: (_, __, max) => [0, max || 1] },
    },
    axes: [
      {
        font,
        stroke: inks.soft,
        grid: { show: false },
        ticks: { show: false },
        size: 1.4 * inks.rem,
        gap: 2,
        splits: () => [0, 6, 12, 18],
        values: (_, splits) => splits.map((hour) => hourName(bars[hour]?.from ?? 0)),
      },
      {
        font,
        stroke: inks.soft,
        grid: { stroke: inks.line, width: 1 },
        ticks: { show: false },
        size: 2.2 * inks.rem,
        gap: 4,
      },
    ],
    series: [{}, series(inks.line, 0.9), series(inks.act, 0.55)],
    hooks: { drawAxes: [hatchSilent(bars, inks.line)] },
  }
}

/** Draws hours as bars into a box. The library is loaded only where a chart is shown. */
export async function drawHours(box: HTMLElement): Promise<HourDrawing> {
  const { default: uplot } = await import('uplot')
  let made: Made = null
  let again = (): void => undefined
  const show: HourDrawing['show'] = (today, yesterday, hourName) => {
    again = () => {
      made?.destroy()
      const data: uPlot.AlignedData = [
        today.map((_, hour) => hour),
        counted(yesterday.slice(0, today.length)),
        counted(today),
      ]
      made = new uplot(optionsOf(uplot, box, today, hourName), data, box)
    }
    again()
  }
  const resized = new ResizeObserver(() => again())
  resized.observe(box)
  const themed = new MutationObserver(() => again())
  themed.observe(document.documentElement, { attributes: true })
  const end = (): void => {
    resized.disconnect()
    themed.disconnect()
    made?.destroy()
  }
  return { show, end }
}
