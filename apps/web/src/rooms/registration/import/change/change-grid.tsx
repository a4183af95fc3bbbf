import type { RowView } from '@xueji/contracts/pipeline/import.api'
import type { RoomTemplate } from '@xueji/contracts/template/template'
import { App, Button } from 'antd'
import { lazy, Suspense, useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react'
import { ErrorView } from '../../../../shared/error-view.tsx'
import { ListEmpty, ListSkeleton } from '../../../../shared/list-states.tsx'
import { Sheet } from '../../../../shared/sheet/sheet.tsx'
import type { Chosen, Pasted, PickerProps, SheetChange } from '../../../../shared/sheet/sheet-types.ts'
import { formatCount } from '../../../../shared/time.ts'
import { useSteady } from '../../../../shared/use-steady.ts'
import type { ClassOption } from '../../form/field-control.tsx'
import { type PlaceChoices, usePlaceChoices } from '../../form/use-place-choices.ts'
import { CellNote, keepCursor } from './cell-note.tsx'
import { changeColumns, type IssueFields } from './change-columns.ts'
import { makeLook, rowClass } from './change-look.tsx'
import { makeShowRows, type ShownRow, sameCells } from './shown-row.ts'
import type { useCorrections } from './use-corrections.ts'
import type { useStagedRows } from './use-staged-rows.ts'

// Calendar and region tree are large and wanted late.
const SETTLE_MILLIS = 500
const loadPicker = () => import('./cell-picker.tsx')
const CellPicker = lazy(async () => ({ default: (await loadPicker()).CellPicker }))

const EMPTY: Readonly<Record<RowView, string>> = {
  failing: '没有需要改正的行',
  warning: '没有提醒',
  corrected: '还没有改过任何一行',
  dropped: '没有删除过行',
  clean: '还没有通过校验的行',
  all: '没有数据需要显示',
}

/** Grades and classes of the school; classes of the grade the row names. */
function listOf(place: PlaceChoices, key: string, { stored, edits }: ShownRow): readonly ClassOption[] | undefined {
  if (key === 'gradeName') return place.grades
  if (key !== 'classNumber') return undefined
  return place.classesOf(edits?.get('gradeName') ?? stored.cells.gradeName)
}

/** The rows in a sheet, with the note on the cell one is at and what can be done with the chosen rows. */
export function ChangeGrid({
  template,
  view,
  list,
  corrections,
  issueFields,
  kindFields,
  allColumns,
  editable,
}: {
  template: RoomTemplate
  view: RowView
  list: ReturnType<typeof useStagedRows>
  corrections: ReturnType<typeof useCorrections>
  allColumns: boolean
  editable: boolean
} & IssueFields) {
  const { modal } = App.useApp()
  const place = usePlaceChoices(!template.columns.some((column) => column.key === 'gradeName'))
  const [chosen, setChosen] = useState<Chosen<ShownRow>>()
  const [show] = useState(makeShowRows)
  const rows = useMemo(() => show(list.rows, corrections.edits), [show, list.rows, corrections.edits])
  const byKey = useMemo(() => new Map(template.columns.map((column) => [column.key, column])), [template])
  const columns = useMemo(
    () => changeColumns(template, view, { issueFields, kindFields }, allColumns, editable),
    [template, view, issueFields, kindFields, allColumns, editable],
  )
  const look = useMemo(() => makeLook(byKey), [byKey])

  const set = (changes: readonly SheetChange<ShownRow>[]): void =>
    corrections.edit(
      changes
        .filter(({ row }) => !row.stored.dropped)
        .map(({ row, key, text }) => ({
          rowNumber: row.stored.rowNumber,
          field: key,
          text: text.trim(),
          stored: row.stored.cells[key] ?? '',
        })),
    )
  const paste = (pasted: Pasted<ShownRow>): void => {
    if (pasted.changes.length <= 1 && pasted.rowsBeyond + pasted.columnsBeyond + pasted.fixed === 0) {
      set(pasted.changes)
      return
    }
    void modal.confirm({
      title: `粘贴 ${formatCount(pasted.changes.length)} 个单元格？`,
      content: <PastePreview pasted={pasted} titleOf={(key) => byKey.get(key)?.header ?? ''} more={list.hasMore} />,
      okText: '粘贴',
      okButtonProps: { disabled: pasted.changes.length === 0 },
      onOk: () => set(pasted.changes),
    })
  }
  const steady = useSteady({
    onEdit: set,
    onPaste: paste,
    onUndo: corrections.unwrite,
    onNearEnd: list.more,
  })
  const picker = useCallback(
    (props: PickerProps<ShownRow>) => {
      const column = byKey.get(props.column.key)
      return column ? (
        <Suspense fallback={null}>
          <CellPicker {...props} column={column} options={listOf(place, column.key, props.row)} />
        </Suspense>
      ) : null
    },
    [byKey, place],
  )
  useEffect(() => {
    if (editable) setTimeout(() => void loadPicker(), SETTLE_MILLIS)
  }, [editable])
  // The first rows are drawn in slices; those already at hand, as when one returns to a view, at once.
  const pending = useDeferredValue(list.query.isPending)
  if (pending || list.query.isPending) return <ListSkeleton />
  if (list.query.isError) return <ErrorView error={list.query.error} onRetry={() => void list.query.refetch()} />
  const column = chosen && byKey.get(chosen.key)
  const live = chosen && rows.includes(chosen.row) ? chosen : undefined
  return (
    <div className="xj-change-grid">
      {rows.length === 0 ? (
        <ListEmpty text={EMPTY[view]} filtered={false} />
      ) : (
        <Sheet
          label="名单"
          rows={rows}
          rowId={rowNumberOf}
          columns={columns}
          look={look}
          rowClass={rowClass}
          editable={editable}
          startAtWrong={view === 'failing' || view === 'warning'}
          onChoose={setChosen}
          picker={picker}
          foot={list.hasMore ? <p className="xj-change-foot xj-muted">正在读取更多…</p> : null}
          {...steady}
        />
      )}
      {live ? (
        <div className="xj-change-below">
          <CellNote
            row={live.row}
            column={column}
            same={column ? sameCells(rows, live.row, column) : []}
            partly={list.hasMore}
            onSet={
              editable && column
                ? (targets, text) => set(targets.map((row) => ({ row, key: column.key, text })))
                : undefined
            }
          />
          {editable ? <RowDoings rows={live.rows} busy={corrections.busy} onDrop={corrections.drop} /> : null}
        </div>
      ) : null}
    </div>
  )
}

const rowNumberOf = (row: ShownRow): number => row.stored.rowNumber

/** Leaving the chosen rows out of the import, or taking them in again. */
function RowDoings({
  rows,
  busy,
  onDrop,
}: {
  rows: readonly ShownRow[]
  busy: boolean
  onDrop: (rowNumbers: readonly number[], dropped: boolean) => Promise<void>
}) {
  const dropped = rows.every((row) => row.stored.dropped)
  const meant = rows.filter((row) => row.stored.dropped === dropped).map(rowNumberOf)
  const what = meant.length > 1 ? `所选 ${formatCount(meant.length)} 行` : '本行'
  return (
    <Button
      size="small"
      danger={!dropped}
      disabled={busy}
      onMouseDown={keepCursor}
      onClick={() => void onDrop(meant, !dropped)}
    >
      {dropped ? `恢复${what}` : `删除${what}`}
    </Button>
  )
}

/** What a block would fill before it does. */
function PastePreview({
  pasted,
  titleOf,
  more,
}: {
  pasted: Pasted<ShownRow>
  titleOf: (key: string) => string
  more: boolean
}) {
  const { changes, rowsBeyond, columnsBeyond, fixed } = pasted
  const rows = new Set(changes.map((change) => rowNumberOf(change.row)))
  const titles = [...new Set(changes.map((change) => titleOf(change.key)))]
  const [first] = changes
  return (
    <div className="xj-reg-stack">
      {first ? (
        <div>
          从第 {rowNumberOf(first.row)} 行起共 {formatCount(rows.size)} 行，列：{titles.slice(0, 6).join('、')}
          {titles.length > 6 ? ` 等 ${titles.length} 列` : ''}。
        </div>
      ) : null}
      {rowsBeyond > 0 ? (
        <div className="xj-tone-warning">
          有 {formatCount(rowsBeyond)} 行超出{more ? '已读取的' : '表中的'}范围，不会粘贴。
        </div>
      ) : null}
      {columnsBeyond > 0 ? (
        <div className="xj-tone-warning">右侧有 {columnsBeyond} 列超出表中的范围，不会粘贴。</div>
      ) : null}
      {fixed > 0 ? (
        <div className="xj-tone-warning">{formatCount(fixed)} 个单元格落在不能修改的列，不会粘贴。</div>
      ) : null}
    </div>
  )
}
