import { useQueryClient } from '@tanstack/react-query'
import type { Evidence } from '@xueji/contracts/pipeline/evidence.api'
import { HANDLING_WORDS } from '@xueji/contracts/rooms/problem/problem.words'
import type { CauseGroup } from '@xueji/contracts/rooms/problem/problem-group.api'
import type { Handling } from '@xueji/domain/rooms/problem/problem-group'
import { Alert, Button, Modal } from 'antd'
import { useState } from 'react'
import { EvidenceField } from '../../../shared/evidence/evidence-field.tsx'
import { useNotice } from '../../../shared/notice.ts'
import { refreshProblems, sendHandlings } from '../problem.queries.ts'

type Row = CauseGroup['rows'][number]

/** One answer for several children of one cause. */
export type BulkQuestion = { readonly handling: Handling; readonly rows: readonly Row[] }

/** 批量处理: the same handling for all, evidence for each (PROB-004); who cannot be filed is named with the reason, the others are. */
export function BulkDialog({ question, onClose }: { question: BulkQuestion | undefined; onClose: () => void }) {
  return question ? <OpenDialog question={question} onClose={onClose} /> : null
}

function OpenDialog({ question: { handling, rows }, onClose }: { question: BulkQuestion; onClose: () => void }) {
  const [evidence, setEvidence] = useState<Readonly<Record<string, readonly Evidence[]>>>({})
  const [failed, setFailed] = useState<readonly string[]>([])
  const [busy, setBusy] = useState(false)
  const client = useQueryClient()
  const notice = useNotice()
  const ready = rows.filter((row) => evidence[row.studentId]?.length)
  const send = async (): Promise<void> => {
    setBusy(true)
    try {
      const { outcomes } = await sendHandlings({
        handling,
        targets: ready.map((row) => ({
          studentId: row.studentId,
          evidenceIds: (evidence[row.studentId] ?? []).map((one) => one.id),
          ...(handling === 'amend'
            ? { amendment: { name: row.studentName, identityType: '1' as const, identityNumber: row.suggestion } }
            : {}),
        })),
      })
      const refused = outcomes.filter((outcome) => outcome.message)
      notice.success(`已提交 ${outcomes.length - refused.length} 名`)
      setFailed(
        refused.map(
          ({ studentId, message }) =>
            `${rows.find((row) => row.studentId === studentId)?.studentName ?? ''}：${message}`,
        ),
      )
      if (refused.length === 0) onClose()
    } catch (error) {
      notice.error(error)
    } finally {
      setBusy(false)
      await refreshProblems(client)
    }
  }
  return (
    <Modal
      open
      centered
      width={860}
      footer={null}
      mask={{ closable: false }}
      className="xj-problem-dialog"
      title={`批量${HANDLING_WORDS[handling]}：${rows.length} 名`}
      onCancel={onClose}
    >
      <div className="xj-problem-form">
        {rows.map((row) => (
          <section key={row.studentId} aria-label={row.studentName}>
            <h3>
              {row.studentName}
              {handling === 'amend' ? (
                <span className="xj-number xj-muted"> 变更后的身份证件号：{row.suggestion}，请对照户口簿核实</span>
              ) : null}
            </h3>
            <EvidenceField
              value={evidence[row.studentId] ?? []}
              onChange={(value) => setEvidence((before) => ({ ...before, [row.studentId]: value }))}
            />
          </section>
        ))}
        {failed.length > 0 ? (
          <Alert type="error" showIcon title="以下学生没有提交" description={failed.join('；')} />
        ) : null}
        <div className="xj-problem-actions">
          <Button type="primary" loading={busy} disabled={ready.length === 0} onClick={() => void send()}>
            提交已有证明材料的 {ready.length} 名
          </Button>
          <Button onClick={onClose}>返回</Button>
        </div>
      </div>
    </Modal>
  )
}
