import { type RefObject, useLayoutEffect, useState } from 'react'
import { HEAD_HEIGHT, ROW_HEIGHT } from './sheet-types.ts'

// Drawn beyond what is seen, and how far one scrolls before others are drawn.
const SPARE = 12
const STEP = 6

/** Which rows of a long sheet are drawn: those in view and some around them. */
export function useWindow(area: RefObject<HTMLElement | null>, count: number): { first: number; last: number } {
  const [seen, setSeen] = useState({ top: 0, rows: 30 })
  useLayoutEffect(() => {
    const element = area.current
    if (!element) return
    const measure = (): void => {
      // A tab in the background has no height; what was drawn stays.
      if (element.clientHeight === 0) return
      const top = Math.floor(element.scrollTop / ROW_HEIGHT / STEP) * STEP
      const rows = Math.ceil((element.clientHeight - HEAD_HEIGHT) / ROW_HEIGHT)
      setSeen((before) => (before.top === top && before.rows === rows ? before : { top, rows }))
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
  const first = Math.max(0, Math.min(seen.top, count) - SPARE)
  return { first, last: Math.min(count, seen.top + seen.rows + STEP + SPARE) }
}
