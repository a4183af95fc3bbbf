import type { HomeView } from '@xueji/contracts/platform/home.api'
import { BarChart } from 'echarts/charts'
import { GridComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { formatCount } from '../../shared/time.ts'

use([BarChart, GridComponent, SVGRenderer])

const TONES: Readonly<Record<string, string>> = { 退回修改: '--xj-warning', 已注册: '--xj-success' }

/** Newcomers of this school year by where they stand, as bars in the order of the process. */
export function ProgressChart({ progress }: { progress: HomeView['progress'] }) {
  const box = useRef<HTMLDivElement>(null)
  const total = progress.reduce((sum, { count }) => sum + count, 0)
  const empty = total === 0
  useEffect(() => {
    const element = box.current
    if (!element || empty) return
    const chart = init(element, undefined, { renderer: 'svg' })
    chart.setOption(optionOf(progress, element))
    const observer = new ResizeObserver(() => element.clientWidth > 0 && chart.resize())
    observer.observe(element)
    return () => {
      observer.disconnect()
      chart.dispose()
    }
  }, [progress, empty])
  if (empty) return <p className="xj-home-empty">本学年还没有新生注册记录。</p>
  const words = progress.map(({ label, count }) => `${label} ${count} 名`).join('，')
  return (
    <>
      <div className="xj-home-chart" ref={box} role="img" aria-label={`共 ${total} 名：${words}`} />
      <p className="xj-muted xj-number xj-home-total">共 {formatCount(total)} 名</p>
    </>
  )
}

function optionOf(progress: HomeView['progress'], element: HTMLElement) {
  const style = getComputedStyle(element)
  const colour = (name: string): string => style.getPropertyValue(name).trim()
  const text = { fontFamily: style.fontFamily, fontSize: 12, color: colour('--xj-text') }
  return {
    animation: false,
    grid: { left: 4, right: 56, top: 4, bottom: 4, containLabel: true },
    xAxis: { type: 'value' as const, show: false, minInterval: 1 },
    yAxis: {
      type: 'category' as const,
      inverse: true,
      data: progress.map(({ label }) => label),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { ...text, color: colour('--xj-muted') },
    },
    series: [
      {
        type: 'bar' as const,
        barWidth: 14,
        label: {
          ...text,
          show: true,
          position: 'right' as const,
          formatter: ({ value }: { value: unknown }) => formatCount(Number(value)),
        },
        data: progress.map(({ label, count }) => ({
          value: count,
          itemStyle: { color: colour(TONES[label] ?? '--xj-accent') },
        })),
      },
    ],
  }
}
