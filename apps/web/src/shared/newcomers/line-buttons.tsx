import { DeleteOutlined, EditOutlined } from '@ant-design/icons'
import { Button, Tooltip } from 'antd'
import { useNotice } from '../notice.ts'
import type { NewcomerLine, NewcomerList } from './newcomers.queries.ts'
import { useRemoveLines } from './use-remove-lines.ts'

/** 修改 and 删除 of the lines selected; what `whyNot` has a reason against is not done, and the reason said. `onDone` hears of a removal. */
export function LineButtons<Line extends NewcomerLine>(props: {
  list: NewcomerList
  lines: readonly Line[]
  whyNot: (action: 'edit' | 'remove') => string | undefined
  onEdit: (line: Line) => void
  onDone: () => void
}) {
  const { lines } = props
  const [line] = lines
  const { busy, remove } = useRemoveLines(props.list, props.onDone)
  const notice = useNotice()
  const unless = (action: 'edit' | 'remove', act: () => void): void => {
    const reason = props.whyNot(action)
    if (reason) notice.warning(reason)
    else act()
  }
  return (
    <>
      <Tooltip title={lines.length === 1 ? '' : '请选择一名学生'}>
        <Button
          icon={<EditOutlined aria-hidden />}
          disabled={lines.length !== 1}
          onClick={() => unless('edit', () => line && props.onEdit(line))}
        >
          修改
        </Button>
      </Tooltip>
      <Tooltip title={line ? '' : '请选择学生'}>
        <Button
          icon={<DeleteOutlined aria-hidden />}
          disabled={!line}
          loading={busy}
          onClick={() => unless('remove', () => void remove(lines))}
        >
          删除
        </Button>
      </Tooltip>
    </>
  )
}
