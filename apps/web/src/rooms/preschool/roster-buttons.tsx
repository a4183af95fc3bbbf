import { DownloadOutlined, ImportOutlined, PlusOutlined } from '@ant-design/icons'
import type { RosterRow } from '@xueji/contracts/rooms/preschool/preschool.api'
import { Button, Tooltip } from 'antd'
import { LineButtons } from '../../shared/newcomers/line-buttons.tsx'
import { ROSTER } from './preschool.queries.ts'
import { useRosterExport } from './use-roster-export.ts'
import { whyNot } from './why-not.ts'

/** The five buttons of 学前调档名单列表 (menu §2.1); what the matrix forbids is said in its words. */
export function RosterButtons(props: {
  lines: readonly RosterRow[]
  onAdd: () => void
  onEdit: (line: RosterRow) => void
  onImport: () => void
  onDone: () => void
}) {
  const { lines } = props
  const { busy, exportFile } = useRosterExport(props.onDone)
  return (
    <>
      <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={props.onAdd}>
        新增
      </Button>
      <LineButtons {...props} list={ROSTER} whyNot={(action) => whyNot(action, lines)} />
      <Button icon={<ImportOutlined aria-hidden />} onClick={props.onImport}>
        Excel导入
      </Button>
      <Tooltip title={lines.length > 0 ? '' : '请选择学生'}>
        <Button
          icon={<DownloadOutlined aria-hidden />}
          disabled={lines.length === 0}
          loading={busy}
          onClick={() => void exportFile(lines)}
        >
          调档学生导出
        </Button>
      </Tooltip>
    </>
  )
}
