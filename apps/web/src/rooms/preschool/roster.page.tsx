import { DeleteOutlined, DownloadOutlined, EditOutlined, ImportOutlined, PlusOutlined } from '@ant-design/icons'
import type { RosterFilter, RosterRow } from '@xueji/contracts/rooms/preschool/preschool.api'
import { Button, Tooltip } from 'antd'
import { useMemo, useState } from 'react'
import { ListPage } from '../../shared/list-page.tsx'
import { useNotice } from '../../shared/notice.ts'
import { PageFrame } from '../../shared/page-frame.tsx'
import { useHasRole } from '../../shared/session.tsx'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { DueNotice } from './due-notice.tsx'
import { LineDialog } from './line-dialog.tsx'
import { ListImportDialog } from './list-import-dialog.tsx'
import './preschool.css'
import { KEYS, loadLines } from './preschool.queries.ts'
import { rosterColumns } from './roster.columns.tsx'
import { RosterConditions } from './roster-conditions.tsx'
import { useRosterActions } from './use-roster-actions.ts'
import { whyNot } from './why-not.ts'

type Selected = ReadonlyMap<string, RosterRow>
const NONE: Selected = new Map()

/** 学前调档名单管理 (menu §2.1). The school's leader looks on. */
export function RosterPage() {
  const mayAct = useHasRole('schoolRegistrar', 'newcomerClerk')
  const [selected, setSelected] = useState<Selected>(NONE)
  const [edited, setEdited] = useState<'new' | RosterRow>()
  const [confirming, setConfirming] = useState<RosterRow>()
  const [importing, setImporting] = useState(false)
  const columns = useMemo(() => rosterColumns(mayAct ? setConfirming : undefined), [mayAct])
  const buttons = (
    <RosterButtons
      lines={[...selected.values()]}
      onAdd={() => setEdited('new')}
      onEdit={setEdited}
      onImport={() => setImporting(true)}
      onDone={() => setSelected(NONE)}
    />
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
        emptyText="名单还是空的：点“Excel导入”导入小学新生名单，或点“新增”逐个录入"
        {...(mayAct ? { toolbar: buttons, selection: { mode: 'many' as const, selected, onChange: setSelected } } : {})}
      />
      <LineDialog
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
      <ListImportDialog open={importing} onClose={() => setImporting(false)} />
    </PageFrame>
  )
}

function RosterButtons(props: {
  lines: readonly RosterRow[]
  onAdd: () => void
  onEdit: (line: RosterRow) => void
  onImport: () => void
  onDone: () => void
}) {
  const { lines } = props
  const { busy, remove, exportFile } = useRosterActions(props.onDone)
  const notice = useNotice()
  const edit = (): void => {
    const [line] = lines
    const reason = whyNot('edit', lines)
    if (reason) notice.warning(reason)
    else if (line) props.onEdit(line)
  }
  return (
    <>
      <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={props.onAdd}>
        新增
      </Button>
      <Tooltip title={lines.length === 1 ? '' : '请选择一名学生'}>
        <Button icon={<EditOutlined aria-hidden />} disabled={lines.length !== 1} onClick={edit}>
          修改
        </Button>
      </Tooltip>
      <Tooltip title={lines.length > 0 ? '' : '请选择学生'}>
        <Button
          icon={<DeleteOutlined aria-hidden />}
          disabled={lines.length === 0}
          loading={busy === 'remove'}
          onClick={() => void remove(lines)}
        >
          删除
        </Button>
      </Tooltip>
      <Button icon={<ImportOutlined aria-hidden />} onClick={props.onImport}>
        Excel导入
      </Button>
      <Tooltip title={lines.length > 0 ? '' : '请选择学生'}>
        <Button
          icon={<DownloadOutlined aria-hidden />}
          disabled={lines.length === 0}
          loading={busy === 'export'}
          onClick={() => void exportFile(lines)}
        >
          调档学生导出
        </Button>
      </Tooltip>
    </>
  )
}
