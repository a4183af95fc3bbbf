import { Checkbox } from 'antd'
import { type KeyboardEvent, type PointerEvent, useMemo, useRef, useState } from 'react'
import { cellLook } from './list-cell.ts'
import { fixedOffsets, type ListColumn, spreadWidths } from './list-columns.ts'
import { ListRow, type RowActions } from './list-row.tsx'
import { type ListSelection, useSelection } from './list-selection.ts'
import { useSteady } from './use-steady.ts'
import { useWidth } from './use-width.ts'

const SELECT_WIDTH = 36

/**
 * The table of a list: it scrolls within its own area under a fixed head, with fixed first and last columns; rows are walked with
 * ↑ ↓ Home End, chosen with the space bar and opened with Enter.
 */
export function ListTable<Row>(props: {
  rows: readonly Row[]
  columns: readonly ListColumn<Row>[]
  rowKey: (row: Row) => string
  selection?: ListSelection<Row> | undefined
  onRowOpen?: ((row: Row) => void) | undefined
  label: string
}) {
  const { rows, columns, rowKey, onRowOpen } = props
  const area = useRef<HTMLDivElement>(null)
  const [focused, setFocused] = useState<string>()
  const choice = useSelection(rows, rowKey, props.selection)
  const lead = choice ? SELECT_WIDTH : 0
  const available = useWidth(area) - lead
  const { widths, total, offsets } = useMemo(() => {
    const widths = spreadWidths(columns, available)
    return { widths, total: widths.reduce((a, b) => a + b, 0), offsets: fixedOffsets(columns, widths, lead) }
  }, [columns, available, lead])
  const actions = useSteady<RowActions<Row>>({
    toggle: (row, through) => choice?.toggle(row, through),
    focus: setFocused,
    open: (row) => onRowOpen?.(row),
  })
  const tabStop = rows.some((row) => rowKey(row) === focused) ? focused : rows[0] && rowKey(rows[0])

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const line = event.target as HTMLElement
    // Keys pressed inside a cell's link or box belong to it.
    if (line.tagName !== 'TR') return
    const row = rows.find((one) => rowKey(one) === line.dataset.key)
    if (!row) return
    const target = targetOf(event.key, line)
    if (target) (target as HTMLElement).focus()
    else if (event.key === 'Enter' && onRowOpen) onRowOpen(row)
    else if (event.key === ' ' && choice) choice.toggle(row, event.shiftKey)
    else return
    event.preventDefault()
  }

  return (
    <div className={`xj-table-area${total > available ? ' xj-wide' : ''}`} ref={area}>
      <table className="xj-table" aria-label={props.label} style={{ width: lead + total }}>
        <colgroup>
          {choice ? <col style={{ width: SELECT_WIDTH }} /> : null}
          {columns.map((column, index) => (
            <col key={column.key} style={{ width: widths[index] }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {choice ? (
              <th className="xj-fixed-left xj-select" style={{ left: 0 }}>
                {choice.many ? (
                  <Checkbox
                    aria-label="选择本页全部"
                    checked={choice.all}
                    indeterminate={choice.some && !choice.all}
                    disabled={!choice.any}
                    onChange={choice.toggleAll}
                  />
                ) : null}
              </th>
            ) : null}
            {columns.map((column, index) => (
              <th key={column.key} scope="col" title={column.title} {...cellLook(column, offsets[index])}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={onKeyDown} onPointerOver={showWholeText}>
          {rows.map((row) => {
            const key = rowKey(row)
            return (
              <ListRow
                key={key}
                id={key}
                row={row}
                columns={columns}
                offsets={offsets}
                mode={choice ? (choice.many ? 'many' : 'one') : 'none'}
                selected={choice?.has(key) ?? false}
                reason={choice?.reasonAgainst(row)}
                tabStop={key === tabStop}
                actions={actions}
              />
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

function targetOf(key: string, line: HTMLElement): Element | null | undefined {
  if (key === 'ArrowDown') return line.nextElementSibling
  if (key === 'ArrowUp') return line.previousElementSibling
  if (key === 'Home') return line.parentElement?.firstElementChild
  if (key === 'End') return line.parentElement?.lastElementChild
  return undefined
}

// A text cut off by its column is shown whole by the browser's own tip.
function showWholeText(event: PointerEvent<HTMLElement>): void {
  const cell = (event.target as HTMLElement).closest('td')
  if (!cell || cell.classList.contains('xj-select')) return
  cell.title = cell.scrollWidth > cell.clientWidth ? (cell.textContent ?? '') : ''
}
