import { useQueryClient } from '@tanstack/react-query'
import type { RecordCandidate, VocationalRow } from '@xueji/contracts/rooms/vocational/vocational.api'
import { MATCH_WORDS, STAGE_WORDS } from '@xueji/contracts/rooms/vocational/vocational.words'
import { Button, Modal, Skeleton } from 'antd'
import { useState } from 'react'
import { codeText } from '../../../shared/code-text.ts'
import { ErrorView } from '../../../shared/error-view.tsx'
import type { ListColumn } from '../../../shared/list-columns.ts'
import { ListTable } from '../../../shared/list-table.tsx'
import { MaskedNumber } from '../../../shared/masked-number.tsx'
import { useNotice } from '../../../shared/notice.ts'
import { confirmLine, forgetVocational, useCandidates } from '../vocational.queries.ts'

const COLUMNS: readonly ListColumn<RecordCandidate>[] = [
  { key: 'name', title: '学生姓名', width: 84, render: (one) => one.name },
  { key: 'gender', title: '性别', width: 50, render: (one) => codeText('GENDER', one.gender) },
  { key: 'birth', title: '出生日期', width: 96, render: (one) => <span className="xj-number">{one.birthDate}</span> },
  { key: 'idType', title: '身份证件类型', width: 108, render: (one) => codeText('IDTYPE', one.identityType) },
  { key: 'idNumber', title: '身份证件号', width: 168, render: (one) => <MaskedNumber value={one.identityNumber} /> },
  { key: 'number', title: '学籍号', width: 176, render: (one) => <MaskedNumber value={one.studentNumber} /> },
  { key: 'stage', title: '教育阶段', width: 72, render: (one) => (one.stage ? STAGE_WORDS[one.stage as 1] : '') },
  { key: 'where', title: '学籍所在', width: 170, render: (one) => one.where },
]

/** 学籍确认 (PRE-007, PRE-019): one record is chosen, or none of them is the child's. */
export function ConfirmDialog({ line, onClose }: { line: VocationalRow | undefined; onClose: () => void }) {
  return (
    <Modal
      open={line !== undefined}
      title={`学籍确认${line ? ` · ${line.name}` : ''}`}
      width={1020}
      footer={null}
      destroyOnHidden
      onCancel={onClose}
    >
      {line ? <Candidates key={line.id} line={line} onClose={onClose} /> : null}
    </Modal>
  )
}

function Candidates({ line, onClose }: { line: VocationalRow; onClose: () => void }) {
  const { data, error, refetch } = useCandidates(line.id)
  const [chosen, setChosen] = useState<ReadonlyMap<string, RecordCandidate>>(new Map())
  const [busy, setBusy] = useState<'one' | 'none'>()
  const client = useQueryClient()
  const notice = useNotice()
  const confirm = async (studentId: string | null): Promise<void> => {
    setBusy(studentId ? 'one' : 'none')
    try {
      const saved = await confirmLine(data?.line ?? line, studentId)
      notice.success(`${saved.name}：${MATCH_WORDS[saved.match]}`)
      void forgetVocational(client)
      onClose()
    } catch (failure) {
      notice.error(failure)
      void refetch()
    } finally {
      setBusy(undefined)
    }
  }
  const [record] = chosen.keys()
  return (
    <div className="xj-voc-dialog">
      <p>
        名单中的学生：{line.name}，{codeText('GENDER', line.gender)}，{line.birthDate}，
        {codeText('IDTYPE', line.identityType)} <MaskedNumber value={line.identityNumber} />
        。请根据其他信息选择属于该生的学籍。
      </p>
      {error ? (
        <ErrorView error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <div className="xj-voc-rows">
          <ListTable
            rows={data.candidates}
            columns={COLUMNS}
            rowKey={(one) => one.id}
            selection={{ mode: 'one', selected: chosen, onChange: setChosen }}
            label="待确认的学籍"
          />
        </div>
      ) : (
        <Skeleton active />
      )}
      <div className="xj-voc-buttons">
        <Button onClick={() => void confirm(null)} loading={busy === 'none'} disabled={!data || busy === 'one'}>
          确认都不匹配
        </Button>
        <Button
          type="primary"
          onClick={() => record && void confirm(record)}
          loading={busy === 'one'}
          disabled={!record || busy === 'none'}
        >
          确认匹配学籍
        </Button>
        <Button onClick={onClose}>关闭</Button>
      </div>
    </div>
  )
}
