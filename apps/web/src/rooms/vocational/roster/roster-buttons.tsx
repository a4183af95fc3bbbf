import { ImportOutlined, PlusOutlined, SwapOutlined } from '@ant-design/icons'
import { refusalMessage } from '@xueji/contracts/issues/refusals'
import type { VocationalRow } from '@xueji/contracts/rooms/vocational/vocational.api'
import { type LineAction, lineHindrance } from '@xueji/domain/rooms/vocational/line-matrix'
import { Button, Tooltip } from 'antd'
import { LineButtons } from '../../../shared/newcomers/line-buttons.tsx'
import { useNotice } from '../../../shared/notice.ts'
import { ROSTER } from '../vocational.queries.ts'

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
  const notice = useNotice()
  const proceed = (): void => {
    const reason = whyNot('continue', lines)
    if (reason) notice.warning(reason)
    else props.onContinue()
  }
  return (
    <>
      <Button type="primary" icon={<ImportOutlined aria-hidden />} onClick={props.onImport}>
        Excel导入
      </Button>
      <Button icon={<PlusOutlined aria-hidden />} onClick={props.onAdd}>
        新增
      </Button>
      <LineButtons {...props} list={ROSTER} whyNot={(action) => whyNot(action, lines)} />
      <Tooltip title={lines.length > 0 ? '' : '请选择学生'}>
        <Button icon={<SwapOutlined aria-hidden />} disabled={lines.length === 0} onClick={proceed}>
          学籍接续
        </Button>
      </Tooltip>
    </>
  )
}
