import type { RosterFilter, RosterRow } from '@xueji/contracts/rooms/preschool/preschool.api'
import { useMemo, useState } from 'react'
import { ListExport } from '../../shared/export/list-export.tsx'
import { ListPage } from '../../shared/list-page.tsx'
import { NO_FIELDS } from '../../shared/newcomers/five-fields-form.tsx'
import { LineDialog } from '../../shared/newcomers/line-dialog.tsx'
import { ListImportDialog } from '../../shared/newcomers/list-import-dialog.tsx'
import { PageFrame } from '../../shared/page-frame.tsx'
import { useHasRole } from '../../shared/session.tsx'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { DueNotice } from './due-notice.tsx'
import './preschool.css'
import { EXPORT, exportConditions, KEYS, loadLines, ROSTER } from './preschool.queries.ts'
import { rosterColumns } from './roster.columns.tsx'
import { RosterButtons } from './roster-buttons.tsx'
import { RosterConditions } from './roster-conditions.tsx'

type Selected = ReadonlyMap<string, RosterRow>
const NONE: Selected = new Map()

/** 学前调档名单管理 (menu §2.1). The school's leader looks on. */
export function RosterPage() {
  const mayAct = useHasRole('schoolRegistrar', 'newcomerClerk')
  const [selected, setSelected] = useState<Selected>(NONE)
  const [filter, setFilter] = useState<RosterFilter>({})
  const [edited, setEdited] = useState<'new' | RosterRow>()
  const [confirming, setConfirming] = useState<RosterRow>()
  const [importing, setImporting] = useState(false)
  const columns = useMemo(() => rosterColumns(mayAct ? setConfirming : undefined), [mayAct])
  const buttons = (
    <>
      <RosterButtons
        lines={[...selected.values()]}
        onAdd={() => setEdited('new')}
        onEdit={setEdited}
        onImport={() => setImporting(true)}
        onDone={() => setSelected(NONE)}
      />
      <ListExport source={EXPORT} conditions={exportConditions('all', filter)} />
    </>
  )
  return (
    <PageFrame title="学前调档名单管理">
      <DueNotice />
      <ListPage<RosterRow, RosterFilter>
        title="学前调档名单列表"
        queryKey={KEYS.lines('all')}
        load={(args) => loadLines('all', args)}
        columns={columns}
        rowKey={(line) => line.id}
        settingsKey="preschool.roster"
        conditions={<RosterConditions />}
        onFilterChange={setFilter}
        emptyText="名单还是空的：点“Excel导入”导入小学新生名单，或点“新增”逐个录入"
        {...(mayAct ? { toolbar: buttons, selection: { mode: 'many' as const, selected, onChange: setSelected } } : {})}
      />
      <LineDialog
        list={ROSTER}
        empty={NO_FIELDS}
        target={edited}
        onClose={() => {
          setEdited(undefined)
          setSelected(NONE)
        }}
      />
      <ConfirmDialog
        line={confirming}
        onClose={() => {
          setConfirming(undefined)
          // What was selected may have become something else.
          setSelected(NONE)
        }}
      />
      <ListImportDialog list={ROSTER} open={importing} onClose={() => setImporting(false)} />
    </PageFrame>
  )
}
