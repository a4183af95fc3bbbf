import { useQueryClient } from '@tanstack/react-query'
import { Button, Modal, Skeleton } from 'antd'
import { useMemo, useState } from 'react'
import { codeText } from '../code-text.ts'
import { ErrorView } from '../error-view.tsx'
import type { ListColumn } from '../list-columns.ts'
import { ListTable } from '../list-table.tsx'
import { MaskedNumber } from '../masked-number.tsx'
import { useNotice } from '../notice.ts'
import './newcomers.css'
import {
  confirmLine,
  forgetList,
  type NewcomerLine,
  type NewcomerList,
  type NewcomerRecord,
  useCandidates,
} from './newcomers.queries.ts'

const CHILD: readonly ListColumn<NewcomerRecord>[] = [
  { key: 'name', title: '学生姓名', width: 84, render: (one) => one.name },
  { key: 'gender', title: '性别', width: 50, render: (one) => codeText('GENDER', one.gender) },
  { key: 'birth', title: '出生日期', width: 96, render: (one) => <span className="xj-number">{one.birthDate}</span> },
  { key: 'idType', title: '身份证件类型', width: 108, render: (one) => codeText('IDTYPE', one.identityType) },
  { key: 'idNumber', title: '身份证件号', width: 168, render: (one) => <MaskedNumber value={one.identityNumber} /> },
]

type Question<One> = {
  list: NewcomerList
  /** What a record tells besides the child, by which it is known. */
  columns: readonly ListColumn<One>[]
  /** Height in pixels from which the records scroll. */
  maxHeight: number
  onClose: () => void
}

/** 学籍确认 of a line (PRE-007): one record is chosen, or none of them is the child's. `width` is the dialog's. */
export function MatchDialog<One extends NewcomerRecord>({
  line,
  width,
  ...question
}: Question<One> & { line: NewcomerLine | undefined; width: number }) {
  return (
    <Modal
      open={line !== undefined}
      title={`${question.list.record}确认${line ? ` · ${line.name}` : ''}`}
      width={width}
      footer={null}
      destroyOnHidden
      onCancel={question.onClose}
    >
      {line ? <Candidates key={line.id} line={line} {...question} /> : null}
    </Modal>
  )
}

function Candidates<One extends NewcomerRecord>(props: Question<One> & { line: NewcomerLine }) {
  const { list, line, onClose } = props
  const columns = useMemo(() => [...CHILD, ...props.columns], [props.columns])
  const { data, error, refetch } = useCandidates<One>(list, line.id)
  const [chosen, setChosen] = useState<ReadonlyMap<string, One>>(new Map())
  const [busy, setBusy] = useState<'one' | 'none'>()
  const client = useQueryClient()
  const notice = useNotice()
  const confirm = async (recordId: string | null): Promise<void> => {
    setBusy(recordId ? 'one' : 'none')
    try {
      const saved = await confirmLine(list, data?.line ?? line, recordId)
      notice.success(`${saved.name}：${list.matchText(saved.match)}`)
      void forgetList(client, list)
      onClose()
    } catch (failure) {
      notice.error(failure)
      void refetch()
    } finally {
      setBusy(undefined)
    }
  }
  const [recordId] = chosen.keys()
  return (
    <div className="xj-newcomers-dialog">
      <p>
        名单中的学生：{line.name}，{codeText('GENDER', line.gender)}，{line.birthDate}，
        {codeText('IDTYPE', line.identityType)} <MaskedNumber value={line.identityNumber} />
        。请根据其他信息选择属于该生的{list.record}。
      </p>
      {error ? (
        <ErrorView error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <div className="xj-newcomers-records" style={{ maxHeight: props.maxHeight }}>
          <ListTable
            rows={data.candidates}
            columns={columns}
            rowKey={(one) => one.id}
            selection={{ mode: 'one', selected: chosen, onChange: setChosen }}
            label={`待确认的${list.record}`}
          />
        </div>
      ) : (
        <Skeleton active />
      )}
      <div className="xj-newcomers-buttons">
        <Button onClick={() => void confirm(null)} loading={busy === 'none'} disabled={!data || busy === 'one'}>
          确认都不匹配
        </Button>
        <Button
          type="primary"
          onClick={() => recordId && void confirm(recordId)}
          loading={busy === 'one'}
          disabled={!recordId || busy === 'none'}
        >
          确认匹配{list.record}
        </Button>
        <Button onClick={onClose}>关闭</Button>
      </div>
    </div>
  )
}
