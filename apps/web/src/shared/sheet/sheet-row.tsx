import { memo } from 'react'
import type { CellLook, SheetColumn } from './sheet-types.ts'

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
}

function Row<Data>({ row, index, columns, offsets, look, className, from, to }: Props<Data>) {
  return (
    <tr aria-rowindex={index + 2} className={className}>
      {columns.map((column, at) => {
        const { text, content, tone, mark, tip } = look(row, column)
        const offset = offsets[at]
        const classes = [
          offset === undefined ? '' : 'xj-sheet-frozen',
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

/** One row of a sheet; drawn again only when it or what is chosen of it changed. */
export const SheetRow = memo(Row) as typeof Row
