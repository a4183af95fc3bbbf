import './sheet.css'
import { type MouseEvent, memo, useEffect, useEffectEvent, useMemo, useRef } from 'react'
import { useWidth } from '../use-width.ts'
import { formatBlock, type Place, parseBlock, placeBlock } from './block.ts'
import { CellInput, type CellInputDoings } from './cell-input.tsx'
import { frozenClass, inWindow, SheetRow } from './sheet-row.tsx'
import { ROW_HEIGHT, type SheetChange, type SheetColumn, type SheetProps } from './sheet-types.ts'
import { useSheet, widthOf } from './use-sheet.ts'
import { useWindow } from './use-window.ts'
import { seek } from './walk.ts'

const NEAR_ROWS = 30

/**
 * Rows as a spreadsheet shows them: walked by keys, edited in place, copied and pasted in blocks. Only the rows in view are drawn. One input lies over the
 * cell one is at and hears everything, so that a Chinese input method can begin to write in any cell.
 */
function SheetOf<Row>(props: SheetProps<Row>) {
  const { label, rows, rowId, look, rowClass, editable, onEdit, onNearEnd } = props
  const area = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const room = useWidth(area)
  const columns = useMemo(() => grown(props.columns, room), [props.columns, room])
  const findWrong = (from?: Place): Place | undefined =>
    seek(from, { rows: rows.length, columns: columns.length }, (at) => {
      const column = columns[at.column]!
      return column.editable && look(rows[at.row]!, column).tone !== undefined
    })
  const { focus, chosen, editing, setEditing, go, step } = useSheet(area, rows.length, columns, () =>
    props.startAtWrong
      ? findWrong()
      : {
          row: 0,
          column: Math.max(
            0,
            columns.findIndex((one) => !one.frozen),
          ),
        },
  )
  const { first, last, firstColumn, lastColumn } = useWindow(area, rows.length, columns)
  const offsets = useMemo(
    () => columns.map((column, index) => (column.frozen ? widthOf(columns.slice(0, index)) : undefined)),
    [columns],
  )
  const width = widthOf(columns)
  const row = rows[focus.row]
  const column = columns[focus.column]
  const { top, bottom } = chosen
  const tellChosen = useEffectEvent(() =>
    props.onChoose(row && column ? { row, key: column.key, rows: rows.slice(top, bottom + 1) } : undefined),
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: told anew when the place or what stands there changes
  useEffect(tellChosen, [row, column?.key, top, bottom])
  const nearEnd = last >= rows.length - NEAR_ROWS
  const tellNearEnd = useEffectEvent(onNearEnd)
  useEffect(() => {
    if (nearEnd && rows.length > 0) tellNearEnd()
  }, [nearEnd, rows.length])

  const mayEdit = (at: Place): boolean =>
    editable && columns[at.column]?.editable === true && rows[at.row] !== undefined
  const commit = (text: string): void => {
    setEditing(undefined)
    if (row && column && mayEdit(focus) && text !== look(row, column).text) onEdit([{ row, key: column.key, text }])
    input.current?.focus({ preventScroll: true })
  }
  const changesOf = (cells: readonly (Place & { text: string })[]): SheetChange<Row>[] =>
    cells.filter(mayEdit).map((cell) => ({ row: rows[cell.row]!, key: columns[cell.column]!.key, text: cell.text }))
  const inSpan = <Value,>(read: (at: Place) => Value): Value[][] =>
    range(chosen.top, chosen.bottom).map((at) =>
      range(chosen.left, chosen.right).map((column) => read({ row: at, column })),
    )
  const textAt = (at: Place): string => (rows[at.row] ? look(rows[at.row]!, columns[at.column]!).text : '')
  const doings: CellInputDoings = {
    step,
    begin: (mode, typed = '') => {
      if (mayEdit(focus)) setEditing({ mode, typed })
    },
    commit,
    cancel: () => {
      setEditing(undefined)
      input.current?.focus({ preventScroll: true })
    },
    clear: () => onEdit(changesOf(inSpan((at) => ({ ...at, text: '' })).flat())),
    fillDown: () =>
      onEdit(changesOf(inSpan((at) => ({ ...at, text: textAt({ row: chosen.top, column: at.column }) })).flat())),
    undo: props.onUndo,
    nextWrong: () => {
      const at = findWrong(focus)
      if (at) go(at)
    },
    copied: () => formatBlock(inSpan(textAt)),
    paste: (text) => {
      const { cells, ...beyond } = placeBlock(parseBlock(text), chosen, { rows: rows.length, columns: columns.length })
      const changes = changesOf(cells)
      props.onPaste({ changes, ...beyond, fixed: cells.length - changes.length })
    },
  }

  const onMouse = (event: MouseEvent<HTMLElement>): void => {
    const target = event.target as HTMLElement
    const at = placeAt(target)
    const dragged = event.type === 'mousemove'
    if (!at || (dragged && (event.buttons !== 1 || (at.row === focus.row && at.column === focus.column)))) return
    // Buttons inside a cell are pressed, not chosen.
    if (target.closest('button, a')) return
    event.preventDefault()
    if (editing && editing.mode !== 'picker') commit(input.current?.value ?? '')
    go(at, dragged || event.shiftKey)
    input.current?.focus({ preventScroll: true })
    if (event.type === 'dblclick') doings.begin(columns[at.column]?.picker?.onEnter ? 'picker' : 'edit', textAt(at))
  }
  return (
    <div className="xj-sheet" ref={area}>
      <div className="xj-sheet-canvas" style={{ width }}>
        <table aria-label={label} aria-rowcount={rows.length + 1} style={{ width }}>
          <colgroup>
            {columns.map((one) => (
              <col key={one.key} style={{ width: one.width }} />
            ))}
          </colgroup>
          <thead>
            <tr aria-rowindex={1}>
              {inWindow(columns, { firstColumn, lastColumn }, (one, index) => (
                <th
                  key={one.key}
                  scope="col"
                  title={one.title}
                  className={`${frozenClass(columns, index)}${one.required ? ' xj-sheet-required' : ''}`}
                  style={one.frozen ? { left: offsets[index] } : undefined}
                >
                  {one.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody onMouseDown={onMouse} onMouseMove={onMouse} onDoubleClick={onMouse}>
            <Spacer rows={first} />
            {rows.slice(first, last).map((one, index) => {
              const at = first + index
              const inRow = at >= chosen.top && at <= chosen.bottom
              return (
                <SheetRow
                  key={rowId(one)}
                  row={one}
                  index={at}
                  columns={columns}
                  offsets={offsets}
                  firstColumn={firstColumn}
                  lastColumn={lastColumn}
                  look={look}
                  className={rowClass(one)}
                  from={inRow ? chosen.left : -1}
                  to={inRow ? chosen.right : -1}
                />
              )
            })}
            <Spacer rows={rows.length - last} />
          </tbody>
        </table>
        {row && column ? (
          <CellInput
            ref={input}
            column={column}
            label={`${column.title}，${look(row, column).text || '空'}`}
            top={focus.row}
            left={widthOf(columns.slice(0, focus.column))}
            width={width}
            text={look(row, column).text}
            editing={editing}
            editable={mayEdit(focus)}
            doings={doings}
            picker={(typed) =>
              props.picker({ row, column, text: look(row, column).text, typed, commit, cancel: doings.cancel })
            }
          />
        ) : null}
      </div>
      {props.foot}
    </div>
  )
}

/** Keeps the height of rows that are not drawn. */
const Spacer = ({ rows }: { rows: number }) =>
  rows > 0 ? (
    <tr aria-hidden style={{ height: rows * ROW_HEIGHT }}>
      <td />
    </tr>
  ) : null

/** A sheet; drawn again only when what it is given changes. */
export const Sheet = memo(SheetOf) as typeof SheetOf

/** The columns, those that grow taking what room is left. */
function grown(columns: readonly SheetColumn[], room: number): readonly SheetColumn[] {
  const spare = room - widthOf(columns)
  const growing = columns.filter((column) => column.grows).length
  if (spare <= 0 || growing === 0) return columns
  const more = Math.floor(spare / growing)
  return columns.map((column) => (column.grows ? { ...column, width: column.width + more } : column))
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index)

function placeAt(target: HTMLElement): Place | undefined {
  const [row, column] = target.closest<HTMLElement>('[data-place]')?.dataset.place?.split(':').map(Number) ?? []
  return row === undefined || column === undefined ? undefined : { row, column }
}
