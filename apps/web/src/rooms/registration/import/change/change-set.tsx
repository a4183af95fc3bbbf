import type { ImportDetail, RowView } from '@xueji/contracts/pipeline/import.api'
import { RESIDENT_NEWCOMER_TEMPLATE } from '@xueji/contracts/rooms/registration/registration.template'
import { type KeyboardEvent, useEffect, useMemo, useState } from 'react'
import { useUnsaved } from '../../../../shared/tabs.tsx'
import { isCorrectable } from '../import.queries.ts'
import { type ChosenKind, IssueKinds } from '../issue-kinds.tsx'
import { fieldOf, groupKinds } from '../kind-groups.ts'
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
  const fields = useSeenFields(
    kinds.filter((one) => severity === undefined || one.severity === severity).map((one) => fieldOf(one.label)),
    kind?.field,
    `${view}:${JSON.stringify(kind)}`,
  )
  const look = (next: RowView): void => {
    setView(next)
    setKind(undefined)
    setFrom(undefined)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return
    event.preventDefault()
    if (corrections.count > 0 && !corrections.busy) void corrections.save()
  }
  const hasKinds = groups.length > 0 && view !== 'clean' && view !== 'dropped'
  return (
    <section className="xj-change" aria-label="名单数据" onKeyDown={onKeyDown}>
      <ViewBar
        detail={detail}
        view={view}
        onView={look}
        from={from}
        onFrom={setFrom}
        allColumns={allColumns}
        onAllColumns={setAllColumns}
      />
      <div className="xj-change-main">
        {hasKinds ? <IssueKinds groups={groups} chosen={kind} onChoose={setKind} /> : null}
        <ChangeGrid
          key={JSON.stringify(filter)}
          template={RESIDENT_NEWCOMER_TEMPLATE}
          view={view}
          list={list}
          corrections={corrections}
          issueFields={fields}
          allColumns={allColumns}
          editable={editable}
        />
      </div>
      <SaveBar corrections={corrections} editable={editable} onLog={() => setLogOpen(true)} />
      <CorrectionLog batchId={batch.id} open={logOpen} onClose={() => setLogOpen(false)} />
    </section>
  )
}

/** Columns with issues, kept while one looks at the same rows: a column mended does not vanish under the hand that mends it. */
function useSeenFields(
  fields: readonly (string | undefined)[],
  only: string | undefined,
  subject: string,
): ReadonlySet<string> {
  const now = only ? [only] : fields.filter((field) => field !== undefined)
  const [seen, setSeen] = useState<{ subject: string; fields: ReadonlySet<string> }>({ subject, fields: new Set(now) })
  const known = seen.subject === subject ? seen.fields : new Set<string>()
  if (seen.subject === subject && now.every((field) => known.has(field))) return seen.fields
  const next = new Set([...known, ...now])
  setSeen({ subject, fields: next })
  return next
}
