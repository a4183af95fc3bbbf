import { DeleteOutlined, EditOutlined, ImportOutlined, PlusOutlined, SwapOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { refusalMessage } from '@xueji/contracts/issues/refusals'
import type { VocationalRow } from '@xueji/contracts/rooms/vocational/vocational.api'
import { type LineAction, lineHindrance } from '@xueji/domain/rooms/vocational/line-matrix'
import { App, Button, Tooltip } from 'antd'
import { useState } from 'react'
import { useNotice } from '../../../shared/notice.ts'
import { forgetVocational, removeLines } from '../vocational.queries.ts'

/** Why an action is not to be had for what is selected, in words; undefined when it is. The server reads the same table. */
function whyNot(action: LineAction, lines: readonly VocationalRow[]): string | undefined {
  for (const line of lines) {
    const hindrance = lineHindrance(action, { ...line, admitted: line.admission !== null })
    if (hindrance) return `${line.name}：${refusalMessage(hindrance)}`
    if (action === 'continue' && line.hindrance && !line.admission) return `${line.name}：${line.hindrance}`
  }
  return undefined
}

/** The buttons of 学籍调档; what the matrix forbids is said in its words. */
export function RosterButtons(props: {
  lines: readonly VocationalRow[]
  onAdd: () => void
  onEdit: (line: VocationalRow) => void
  onImport: () => void
  onContinue: () => void
  onDone: () => void
}) {
  const { lines } = props
  const client = useQueryClient()
  const notice = useNotice()
  const { modal } = App.useApp()
  const [busy, setBusy] = useState(false)
  const unless = (action: LineAction, act: () => void): void => {
    const reason = whyNot(action, lines)
    if (reason) notice.warning(reason)
    else act()
  }
  const remove = async (): Promise<void> => {
    const sure = await modal.confirm({
      title: '你确定要删除选中的调档学生信息吗？',
      content: `共 ${lines.length} 人`,
      okText: '是',
      cancelText: '否',
      okButtonProps: { danger: true },
    })
    if (!sure) return
    setBusy(true)
    try {
      notice.success(`已删除 ${(await removeLines(lines.map((line) => line.id))).removed} 人`)
      props.onDone()
    } catch (error) {
      notice.error(error)
    } finally {
      setBusy(false)
      void forgetVocational(client)
    }
  }
  const none = lines.length === 0
  return (
    <>
      <Button type="primary" icon={<ImportOutlined aria-hidden />} onClick={props.onImport}>
        Excel导入
      </Button>
      <Button icon={<PlusOutlined aria-hidden />} onClick={props.onAdd}>
        新增
      </Button>
      <Tooltip title={lines.length === 1 ? '' : '请选择一名学生'}>
        <Button
          icon={<EditOutlined aria-hidden />}
          disabled={lines.length !== 1}
          onClick={() => unless('edit', () => lines[0] && props.onEdit(lines[0]))}
        >
          修改
        </Button>
      </Tooltip>
      <Tooltip title={none ? '请选择学生' : ''}>
        <Button
          icon={<DeleteOutlined aria-hidden />}
          disabled={none}
          loading={busy}
          onClick={() => unless('remove', () => void remove())}
        >
          删除
        </Button>
      </Tooltip>
      <Tooltip title={none ? '请选择学生' : ''}>
        <Button
          icon={<SwapOutlined aria-hidden />}
          disabled={none}
          onClick={() => unless('continue', props.onContinue)}
        >
          学籍接续
        </Button>
      </Tooltip>
    </>
  )
}
