import { Checkbox, Radio } from 'antd'
import { type MouseEvent, memo } from 'react'
import { cellLook } from './list-cell.ts'
import type { ListColumn } from './list-columns.ts'

/** What rows ask of their table; the same object for as long as the table lives, so that untouched rows need not be drawn again. */
export type RowActions<Row> = {
  readonly toggle: (row: Row, through: boolean) => void
  readonly focus: (key: string) => void
  readonly open: (row: Row) => void
}

type Props<Row> = {
  readonly id: string
  readonly row: Row
  readonly columns: readonly ListColumn<Row>[]
  readonly offsets: readonly (number | undefined)[]
  readonly mode: 'none' | 'one' | 'many'
  readonly selected: boolean
  /** Why the row cannot be chosen. */
  readonly reason: string | undefined
  readonly tabStop: boolean
  readonly actions: RowActions<Row>
}

function Row<Data>(props: Props<Data>) {
  const { id, row, columns, offsets, mode, selected, tabStop, actions } = props
  const open = (event: MouseEvent): void => {
    if (!(event.target as HTMLElement).closest('a, button, input, label')) actions.open(row)
  }
  return (
    <tr
      data-key={id}
      tabIndex={tabStop ? 0 : -1}
      aria-selected={mode === 'none' ? undefined : selected}
      className={selected ? 'xj-selected' : undefined}
      onFocus={() => actions.focus(id)}
      onDoubleClick={open}
    >
      {mode === 'none' ? null : (
        <td className="xj-fixed-left xj-select" style={{ left: 0 }}>
          <SelectBox {...props} />
        </td>
      )}
      {columns.map((column, index) => (
        <td key={column.key} {...cellLook(column, offsets[index])}>
          {column.render(row)}
        </td>
      ))}
    </tr>
  )
}

/** One row of a list; drawn again only when something about it changed. */
export const ListRow = memo(Row) as typeof Row

function SelectBox<Data>({ row, mode, selected, reason, actions }: Props<Data>) {
  const Box = mode === 'many' ? Checkbox : Radio
  return (
    <span title={reason}>
      <Box
        aria-label={reason ? `不能选择：${reason}` : '选择'}
        checked={selected}
        disabled={reason !== undefined}
        tabIndex={-1}
        onChange={(event) => actions.toggle(row, (event.nativeEvent as globalThis.MouseEvent).shiftKey)}
      />
    </span>
  )
}
