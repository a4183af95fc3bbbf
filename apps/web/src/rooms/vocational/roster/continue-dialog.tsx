import type { VocationalRow } from '@xueji/contracts/rooms/vocational/vocational.api'
import { Alert, Modal, Radio } from 'antd'
import { useMemo, useState } from 'react'
import type { ListColumn } from '../../../shared/list-columns.ts'
import { ListTable } from '../../../shared/list-table.tsx'
import { formatCount } from '../../../shared/time.ts'
import { admissionText } from './roster.columns.tsx'
import { useContinue } from './use-continue.ts'

type Choice = 'continue' | 'stop'
type Choices = Readonly<Record<string, Choice>>

/** 学籍接续 (PRE-019): whom no senior school has goes at once; for each child that one has admitted, 继续 or 不继续 is chosen first. */
export function ContinueDialog(props: { lines: readonly VocationalRow[]; open: boolean; onClose: () => void }) {
  const { lines } = props
  const [choices, setChoices] = useState<Choices>({})
  const { busy, run } = useContinue(props.onClose)
  const admitted = lines.filter((line) => line.admission)
  const plain = lines.filter((line) => !line.admission)
  const columns = useMemo(
    () => columnsOf(choices, (id, choice) => setChoices((before) => ({ ...before, [id]: choice }))),
    [choices],
  )
  const of = (choice: Choice): VocationalRow[] => admitted.filter((line) => choices[line.id] === choice)
  const undecided = admitted.length - of('continue').length - of('stop').length
  return (
    <Modal
      open={props.open}
      title="学籍接续"
      width={admitted.length > 0 ? 860 : 480}
      okText="确定"
      cancelText="取消"
      confirmLoading={busy}
      okButtonProps={{ disabled: undecided > 0 }}
      destroyOnHidden
      afterClose={() => setChoices({})}
      onCancel={props.onClose}
      onOk={() => void run([...plain], of('continue'), of('stop'))}
    >
      <div className="xj-voc-dialog">
        {plain.length > 0 ? (
          <p>
            将 {formatCount(plain.length)}{' '}
            名学生的学籍接续到本校，其在中小学学籍系统中的就读状态变为“去中职就读”，学籍号终身不变。
          </p>
        ) : null}
        {admitted.length > 0 ? (
          <>
            <Alert
              type="warning"
              showIcon
              title={`${formatCount(admitted.length)} 名学生已被普通高中录取，请按有关规定逐人选择`}
              description="继续：学籍接续到本校，该生离开普通高中，普通高中会收到通知。不继续：终止该生在本校的新生注册，学籍不动。"
            />
            <div className="xj-voc-rows">
              <ListTable rows={admitted} columns={columns} rowKey={(line) => line.id} label="已被普通高中录取的学生" />
            </div>
          </>
        ) : null}
      </div>
    </Modal>
  )
}

const columnsOf = (
  choices: Choices,
  choose: (id: string, choice: Choice) => void,
): readonly ListColumn<VocationalRow>[] => [
  { key: 'name', title: '姓名', width: 90, render: (line) => line.name },
  {
    key: 'birth',
    title: '出生日期',
    width: 100,
    render: (line) => <span className="xj-number">{line.birthDate}</span>,
  },
  {
    key: 'by',
    title: '普通高中录取',
    width: 300,
    render: (line) => <span className="xj-voc-admitted">{admissionText(line)}</span>,
  },
  {
    key: 'choice',
    title: '是否接续',
    width: 210,
    render: (line) => (
      <Radio.Group
        aria-label={`${line.name}是否接续`}
        value={choices[line.id]}
        onChange={(event) => choose(line.id, event.target.value as Choice)}
        options={[
          { value: 'continue', label: '继续' },
          { value: 'stop', label: '不继续' },
        ]}
      />
    ),
  },
]
