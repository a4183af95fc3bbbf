import { DeleteOutlined, DownloadOutlined, EditOutlined, ImportOutlined, PlusOutlined } from '@ant-design/icons'
import type { RosterRow } from '@xueji/contracts/rooms/preschool/preschool.api'
import { Button, Tooltip } from 'antd'
import { useNotice } from '../../shared/notice.ts'
import { useRosterActions } from './use-roster-actions.ts'
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
