import { memo, type ReactNode } from 'react'
import type { CellLook, SheetColumn } from './sheet-types.ts'
import type { SheetWindow } from './use-window.ts'

type Props<Row> = {
  readonly row: Row
  readonly index: number
  readonly columns: readonly SheetColumn[]
  /** Distance from the left edge of frozen columns. */
  readonly offsets: readonly (number | undefined)[]
  readonly look: (row: Row, column: SheetColumn) => CellLook
  readonly className: string
  /** The part of the row that is chosen; -1 for none. */
  readonly from: number
  readonly to: number
} & Pick<SheetWindow, 'firstColumn' | 'lastColumn'>

function Row<Data>({ row, index, columns, offsets, look, className, from, to, firstColumn, lastColumn }: Props<Data>) {
  return (
    <tr aria-rowindex={index + 2} className={className}>
      {inWindow(columns, { firstColumn, lastColumn }, (column, at) => {
        const { text, content, tone, mark, tip } = look(row, column)
        const offset = offsets[at]
        const classes = [
          frozenClass(columns, at),
          tone ? `xj-sheet-${tone}` : '',
          mark ? `xj-sheet-${mark}` : '',
          column.digits ? 'xj-number' : '',
          at >= from && at <= to ? 'xj-sheet-chosen' : '',
        ]
        return (
          <td
            key={column.key}
            data-place={`${index}:${at}`}
            className={classes.filter(Boolean).join(' ') || undefined}
            style={offset === undefined ? undefined : { left: offset }}
            title={tip}
          >
            {content ?? text}
          </td>
        )
      })}
    </tr>
  )
}

/** Class of a frozen column; the last of them has the edge the others pass under. */
export function frozenClass(columns: readonly SheetColumn[], at: number): string {
  if (!columns[at]?.frozen) return ''
  return columns[at + 1]?.frozen ? 'xj-sheet-frozen' : 'xj-sheet-frozen xj-sheet-edge'
}

/** Something for each column that is drawn, and the room of those that are not. */
export function inWindow(
  columns: readonly SheetColumn[],
  { firstColumn, lastColumn }: Pick<SheetWindow, 'firstColumn' | 'lastColumn'>,
  draw: (column: SheetColumn, at: number) => ReactNode,
): ReactNode {
  const frozen = columns.filter((column) => column.frozen).length
  return (
    <>
      {columns.slice(0, frozen).map(draw)}
      {firstColumn > frozen ? <td aria-hidden colSpan={firstColumn - frozen} /> : null}
      {columns.slice(firstColumn, lastColumn).map((column, index) => draw(column, firstColumn + index))}
      {columns.length > lastColumn ? <td aria-hidden colSpan={columns.length - lastColumn} /> : null}
    </>
  )
}

/** One row of a sheet; drawn again only when it or what is chosen of it changed. */
export const SheetRow = memo(Row) as typeof Row
