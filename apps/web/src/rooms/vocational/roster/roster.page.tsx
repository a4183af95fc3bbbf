import type { VocationalFilter, VocationalRow } from '@xueji/contracts/rooms/vocational/vocational.api'
import { useMemo, useState } from 'react'
import { ListPage } from '../../../shared/list-page.tsx'
import { ListImportDialog } from '../../../shared/newcomers/list-import-dialog.tsx'
import { PageFrame } from '../../../shared/page-frame.tsx'
import { formatCount } from '../../../shared/time.ts'
import '../vocational.css'
import { KEYS, loadLines, ROSTER } from '../vocational.queries.ts'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { ContinueDialog } from './continue-dialog.tsx'
import { DueNotice } from './due-notice.tsx'
import { VocationalLineDialog } from './line-dialog.tsx'
import { rosterColumns } from './roster.columns.tsx'
import { RosterButtons } from './roster-buttons.tsx'
import { RosterConditions } from './roster-conditions.tsx'

type Selected = ReadonlyMap<string, VocationalRow>
const NONE: Selected = new Map()

const admittedText = ({ admitted = 0 }: Readonly<Record<string, number>>): string | undefined =>
  admitted > 0 ? `其中 ${formatCount(admitted)} 人已被普通高中录取，接续时请选择继续或不继续。` : undefined

/** 学籍调档 (S4 attachment 2): the newcomers of a vocational school, what was found of them, and 接续. */
export function VocationalRosterPage() {
  const [selected, setSelected] = useState<Selected>(NONE)
  const [edited, setEdited] = useState<'new' | VocationalRow>()
  const [confirming, setConfirming] = useState<VocationalRow>()
  const [open, setOpen] = useState<'import' | 'continue'>()
  const columns = useMemo(() => rosterColumns(setConfirming), [])
  const lines = useMemo(() => [...selected.values()], [selected])
  // What was selected may have become something else.
  const done = (): void => {
    setOpen(undefined)
    setEdited(undefined)
    setConfirming(undefined)
    setSelected(NONE)
  }
  return (
    <PageFrame title="学籍调档">
      <DueNotice />
      <ListPage<VocationalRow, VocationalFilter>
        title="中职调档名单"
        queryKey={KEYS.lines}
        load={loadLines}
        columns={columns}
        rowKey={(line) => line.id}
        settingsKey="vocational.roster"
        conditions={<RosterConditions />}
        emptyText="名单还是空的：点“Excel导入”导入新生入学名单，或点“新增”逐个录入"
        selection={{ mode: 'many', selected, onChange: setSelected }}
        toolbar={
          <RosterButtons
            lines={lines}
            onAdd={() => setEdited('new')}
            onEdit={setEdited}
            onImport={() => setOpen('import')}
            onContinue={() => setOpen('continue')}
            onDone={() => setSelected(NONE)}
          />
        }
      />
      <VocationalLineDialog target={edited} onClose={done} />
      <ConfirmDialog line={confirming} onClose={done} />
      <ListImportDialog
        list={ROSTER}
        warning={admittedText}
        open={open === 'import'}
        onClose={() => setOpen(undefined)}
      />
      <ContinueDialog lines={lines} open={open === 'continue'} onClose={done} />
    </PageFrame>
  )
}
