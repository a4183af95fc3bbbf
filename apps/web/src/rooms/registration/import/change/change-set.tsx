import type { ImportDetail, RowView } from '@xueji/contracts/pipeline/import.api'
import { findTemplate, RESIDENT_NEWCOMER_TEMPLATE } from '@xueji/contracts/rooms/registration/registration.template'
import { useEffect, useEffectEvent, useMemo, useState } from 'react'
import { useUnsaved } from '../../../../shared/tabs.tsx'
import { isCorrectable } from '../import.queries.ts'
import { IssueExport } from '../issue-export.tsx'
import { type ChosenKind, IssueKinds } from '../issue-kinds.tsx'
import { fieldOf, groupKinds, type KindGroup } from '../kind-groups.ts'
import './change.css'
import { ChangeGrid } from './change-grid.tsx'
import { CorrectionLog } from './correction-log.tsx'
import { SaveBar } from './save-bar.tsx'
import { useCorrections } from './use-corrections.ts'
import { useStagedRows } from './use-staged-rows.ts'
import { ViewBar } from './view-bar.tsx'

const firstView = ({ batch, warnings }: ImportDetail): RowView => {
  if (batch.invalidRows > 0) return 'failing'
  return warnings > 0 && batch.status !== 'succeeded' ? 'warning' : 'all'
}

/**
 * The rows of an uploaded file as they would enter: what is wrong by kind, the rows in a sheet, corrected in place and checked anew. What is written is
 * kept here until 重新校验 sends it as one step.
 */
export function ChangeSet({ detail, onUnsaved }: { detail: ImportDetail; onUnsaved: (unsaved: boolean) => void }) {
  const { batch, kinds } = detail
  const editable = isCorrectable(batch)
  const [view, setView] = useState<RowView>(() => firstView(detail))
  const [kind, setKind] = useState<ChosenKind>()
  const [from, setFrom] = useState<number>()
  const [allColumns, setAllColumns] = useState(false)
  const [logOpen, setLogOpen] = useState(false)
  const filter = useMemo(() => ({ view, ...kind, ...(from ? { from } : {}) }), [view, kind, from])
  const list = useStagedRows(batch.id, filter)
  const corrections = useCorrections(batch, list)
  const unsaved = corrections.count > 0
  useUnsaved(unsaved)
  useEffect(() => onUnsaved(unsaved), [unsaved, onUnsaved])

  const severity = view === 'failing' ? 'error' : view === 'warning' ? 'warning' : undefined
  const groups = useMemo(
    () => groupKinds(kinds).filter((group) => severity === undefined || group.severity === severity),
    [kinds, severity],
  )
  const issueFields = useSeenFields(
    view === 'corrected'
      ? list.rows.flatMap((row) => row.corrected)
      : kinds.filter((one) => severity === undefined || one.severity === severity).map((one) => fieldOf(one.label)),
    view,
  )
  const kindFields = useMemo(() => fieldsOfKind(kind, groups), [kind, groups])
  const look = (next: RowView): void => {
    setView(next)
    setKind(undefined)
    setFrom(undefined)
  }
  useSaveKey(() => {
    if (unsaved && !corrections.busy) void corrections.save()
  })
  const hasKinds = groups.length > 0 && view !== 'clean' && view !== 'dropped'
  return (
    <section className="xj-change" aria-label="名单数据">
      <ViewBar
        detail={detail}
        view={view}
        onView={look}
        from={from}
        onFrom={setFrom}
        allColumns={allColumns}
        onAllColumns={setAllColumns}
      >
        {severity && groups.length > 0 ? <IssueExport batchId={batch.id} filter={{ severity, ...kind }} /> : null}
      </ViewBar>
      <div className="xj-change-main">
        {hasKinds ? <IssueKinds groups={groups} chosen={kind} onChoose={setKind} /> : null}
        <ChangeGrid
          key={JSON.stringify(filter)}
          template={findTemplate(batch.category) ?? RESIDENT_NEWCOMER_TEMPLATE}
          view={view}
          list={list}
          corrections={corrections}
          issueFields={issueFields}
          kindFields={kindFields}
          allColumns={allColumns}
          editable={editable}
        />
      </div>
      <SaveBar corrections={corrections} editable={editable} onLog={() => setLogOpen(true)} />
      <CorrectionLog batchId={batch.id} open={logOpen} onClose={() => setLogOpen(false)} />
    </section>
  )
}

/** The columns a chosen kind of issue stands in. */
function fieldsOfKind(kind: ChosenKind, groups: readonly KindGroup[]): ReadonlySet<string> {
  if (!kind) return NO_FIELDS
  if (kind.field) return new Set([kind.field])
  const places = groups.find((group) => group.code === kind.code)?.places ?? []
  return new Set(places.flatMap((place) => place.field ?? []))
}

const NO_FIELDS: ReadonlySet<string> = new Set()

/** Columns with issues, kept while one looks at the same rows: a column mended does not vanish under the hand that mends it. */
function useSeenFields(fields: readonly (string | undefined)[], view: RowView): ReadonlySet<string> {
  const now = fields.filter((field) => field !== undefined)
  const [seen, setSeen] = useState({ view, fields: new Set(now) })
  const known = seen.view === view ? seen.fields : NO_FIELDS
  if (seen.view === view && now.every((field) => known.has(field))) return seen.fields
  const next = { view, fields: new Set([...known, ...now]) }
  setSeen(next)
  return next.fields
}

/** Ctrl+S, wherever the focus is on the page. */
function useSaveKey(save: () => void): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return
    event.preventDefault()
    save()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKeyDown(event)
    document.addEventListener('keydown', listener)
    return () => document.removeEventListener('keydown', listener)
  }, [])
}
