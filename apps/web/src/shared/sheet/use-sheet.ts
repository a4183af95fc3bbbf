import { type RefObject, useLayoutEffect, useRef, useState } from 'react'
import { type Place, type Span, spanOf } from './block.ts'
import { HEAD_HEIGHT, ROW_HEIGHT, type SheetColumn } from './sheet-types.ts'
import { type WalkKey, walk } from './walk.ts'

/** How a cell is being edited: by typing over it, by changing its text, or with its picker, opened by what was typed. */
export type Editing = { readonly mode: 'typed' | 'edit' | 'picker'; readonly typed: string }

type Point = { readonly row: number; readonly key: string }

/** Where one is in a sheet and what is chosen; follows the column when others come and go, and stays in range when rows do. */
export function useSheet(
  area: RefObject<HTMLElement | null>,
  rowCount: number,
  columns: readonly SheetColumn[],
  begin: () => Place | undefined,
) {
  const [point, setPoint] = useState<{ focus: Point; anchor: Point }>(() => {
    const place = begin()
    const start = { row: place?.row ?? 0, key: columns[place?.column ?? 0]?.key ?? '' }
    return { focus: start, anchor: start }
  })
  const [editing, setEditing] = useState<Editing>()
  // Only what the reader did moves the view: rows that come and go do not.
  const reveal = useRef(false)

  const placeOf = ({ row, key }: Point): Place => ({
    row: Math.max(0, Math.min(rowCount - 1, row)),
    column: Math.max(
      0,
      columns.findIndex((column) => column.key === key),
    ),
  })
  const focus = placeOf(point.focus)
  const chosen: Span = spanOf(focus, placeOf(point.anchor))
  const pointOf = ({ row, column }: Place): Point => ({ row, key: columns[column]?.key ?? '' })

  const go = (to: Place, extend = false): void => {
    reveal.current = true
    setPoint((before) => ({ focus: pointOf(to), anchor: extend ? before.anchor : pointOf(to) }))
  }
  const step = (key: WalkKey): boolean => {
    const page = Math.max(1, Math.floor(((area.current?.clientHeight ?? 0) - HEAD_HEIGHT) / ROW_HEIGHT) - 1)
    const to = walk(focus, key, { rows: rowCount, columns: columns.length, page })
    if (to) go(to, key.shiftKey && key.key !== 'Tab')
    return to !== undefined
  }
  const { row, column } = focus
  useLayoutEffect(() => {
    if (!reveal.current || !area.current) return
    reveal.current = false
    revealCell(area.current, columns, { row, column })
  }, [area, columns, row, column])
  return { focus, chosen, editing, setEditing, go, step }
}

function revealCell(area: HTMLElement, columns: readonly SheetColumn[], { row, column }: Place): void {
  const top = row * ROW_HEIGHT
  const room = area.clientHeight - HEAD_HEIGHT
  if (top < area.scrollTop) area.scrollTop = top
  else if (top + ROW_HEIGHT > area.scrollTop + room) area.scrollTop = top + ROW_HEIGHT - room
  if (columns[column]?.frozen) return
  const frozen = widthOf(columns.filter((one) => one.frozen))
  const left = widthOf(columns.slice(0, column))
  const right = left + columns[column]!.width
  if (left - frozen < area.scrollLeft) area.scrollLeft = left - frozen
  else if (right > area.scrollLeft + area.clientWidth) area.scrollLeft = right - area.clientWidth
}

/** Width of some columns together. */
export const widthOf = (columns: readonly SheetColumn[]): number =>
  columns.reduce((sum, column) => sum + column.width, 0)
