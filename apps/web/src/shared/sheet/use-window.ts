import { type RefObject, useLayoutEffect, useState } from 'react'
import { HEAD_HEIGHT, ROW_HEIGHT, type SheetColumn } from './sheet-types.ts'

// Drawn beyond what is seen, and how far one scrolls before others are drawn.
const SPARE_ROWS = 8
const STEP_ROWS = 6
const SPARE_PIXELS = 240
const STEP_PIXELS = 160

/** The part of a sheet that is drawn: rows and columns from the first to before the last. Frozen columns are always drawn. */
export type SheetWindow = {
  readonly first: number
  readonly last: number
  readonly firstColumn: number
  readonly lastColumn: number
}

/** Which rows and columns of a large sheet are drawn: those in view and some around them. */
export function useWindow(
  area: RefObject<HTMLElement | null>,
  count: number,
  columns: readonly SheetColumn[],
): SheetWindow {
  // Nothing before it is measured: rows drawn at a guess would all be drawn twice.
  const [seen, setSeen] = useState({ top: 0, rows: -STEP_ROWS - SPARE_ROWS, left: 0, width: 0 })
  useLayoutEffect(() => {
    const element = area.current
    if (!element) return
    const measure = (): void => {
      // A tab in the background has no size; what was drawn stays.
      if (element.clientHeight === 0) return
      const next = {
        top: Math.floor(element.scrollTop / ROW_HEIGHT / STEP_ROWS) * STEP_ROWS,
        rows: Math.ceil((element.clientHeight - HEAD_HEIGHT) / ROW_HEIGHT),
        left: Math.floor(element.scrollLeft / STEP_PIXELS) * STEP_PIXELS,
        width: element.clientWidth,
      }
      setSeen((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    element.addEventListener('scroll', measure, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', measure)
    }
  }, [area])
  return {
    first: Math.max(0, Math.min(seen.top, count) - SPARE_ROWS),
    last: Math.min(count, seen.top + seen.rows + STEP_ROWS + SPARE_ROWS),
    ...columnWindow(columns, seen.left - SPARE_PIXELS, seen.left + seen.width + STEP_PIXELS + SPARE_PIXELS),
  }
}

/** The columns between two distances from the left edge, frozen ones left aside. */
export function columnWindow(
  columns: readonly SheetColumn[],
  from: number,
  to: number,
): { firstColumn: number; lastColumn: number } {
  const frozen = columns.filter((column) => column.frozen).length
  let firstColumn = frozen
  let lastColumn = frozen
  let edge = columns.slice(0, frozen).reduce((sum, column) => sum + column.width, 0)
  for (let index = frozen; index < columns.length; index++) {
    const end = edge + columns[index]!.width
    if (end <= from) firstColumn = index + 1
    if (edge < to) lastColumn = index + 1
    edge = end
  }
  // Scrolled beyond the end, as after columns went: the last one is drawn.
  return { firstColumn: Math.min(firstColumn, Math.max(frozen, columns.length - 1)), lastColumn }
}
