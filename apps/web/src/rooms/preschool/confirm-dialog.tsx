import { useQueryClient } from '@tanstack/react-query'
import type { ArchiveCandidate, RosterRow } from '@xueji/contracts/rooms/preschool/preschool.api'
import { Button, Modal, Skeleton } from 'antd'
import { useState } from 'react'
import { codeText } from '../../shared/code-text.ts'
import { ErrorView } from '../../shared/error-view.tsx'
import type { ListColumn } from '../../shared/list-columns.ts'
import { ListTable } from '../../shared/list-table.tsx'
import { MaskedNumber } from '../../shared/masked-number.tsx'
import { useNotice } from '../../shared/notice.ts'
import { confirmLine, forgetRoster, useCandidates } from './preschool.queries.ts'

const COLUMNS: readonly ListColumn<ArchiveCandidate>[] = [
  { key: 'name', title: '学生姓名', width: 84, render: (one) => one.name },
  { key: 'gender', title: '性别', width: 50, render: (one) => codeText('GENDER', one.gender) },
  { key: 'birth', title: '出生日期', width: 96, render: (one) => <span className="xj-number">{one.birthDate}</span> },
  { key: 'idType', title: '身份证件类型', width: 108, render: (one) => codeText('IDTYPE', one.identityType) },
  { key: 'idNumber', title: '身份证件号', width: 168, render: (one) => <MaskedNumber value={one.identityNumber} /> },
  { key: 'kindergarten', title: '幼儿园名称', width: 190, render: (one) => one.kindergartenName },
  { key: 'region', title: '幼儿园所属区县', width: 170, render: (one) => one.kindergartenRegion },
]

/** 学前学籍确认 (menu §2.1, PRE-007): one archive is chosen, or none of them is the child's. */
export function ConfirmDialog({ line, onClose }: { line: RosterRow | undefined; onClose: () => void }) {
  return (
    <Modal
      open={line !== undefined}
      title={`学前学籍确认${line ? ` · ${line.name}` : ''}`}
      width={980}
      footer={null}
      destroyOnHidden
      onCancel={onClose}
    >
      {line ? <Candidates key={line.id} line={line} onClose={onClose} /> : null}
    </Modal>
  )
}

function Candidates({ line, onClose }: { line: RosterRow; onClose: () => void }) {
  const { data, error, refetch } = useCandidates(line.id)
  const [chosen, setChosen] = useState<ReadonlyMap<string, ArchiveCandidate>>(new Map())
  const [busy, setBusy] = useState<'one' | 'none'>()
  const client = useQueryClient()
  const notice = useNotice()
  const confirm = async (archiveId: string | null): Promise<void> => {
    setBusy(archiveId ? 'one' : 'none')
    try {
      const saved = await confirmLine(data?.line ?? line, archiveId)
      notice.success(`${saved.name}：${codeText('MATCH', saved.match)}`)
      void forgetRoster(client)
      onClose()
    } catch (failure) {
      notice.error(failure)
      void refetch()
    } finally {
      setBusy(undefined)
    }
  }
  const [archive] = chosen.keys()
  return (
    <div className="xj-pre-confirm">
      <p>
        名单中的学生：{line.name}，{codeText('GENDER', line.gender)}，{line.birthDate}，
        {codeText('IDTYPE', line.identityType)} <MaskedNumber value={line.identityNumber} />
        。请根据其他信息选择属于该生的学前学籍。
      </p>
      {error ? (
        <ErrorView error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <div className="xj-pre-candidates">
          <ListTable
            rows={data.candidates}
            columns={COLUMNS}
            rowKey={(one) => one.id}
            selection={{ mode: 'one', selected: chosen, onChange: setChosen }}
            label="待确认的学前学籍"
          />
        </div>
      ) : (
        <Skeleton active />
      )}
      <div className="xj-pre-buttons">
        <Button onClick={() => void confirm(null)} loading={busy === 'none'} disabled={!data || busy === 'one'}>
          确认都不匹配
        </Button>
        <Button
          type="primary"
          onClick={() => archive && void confirm(archive)}
          loading={busy === 'one'}
          disabled={!archive || busy === 'none'}
        >
          确认匹配学前学籍
        </Button>
        <Button onClick={onClose}>关闭</Button>
      </div>
    </div>
  )
}
