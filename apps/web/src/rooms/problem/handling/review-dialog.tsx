import { useQueryClient } from '@tanstack/react-query'
import type { ProblemRow } from '@xueji/contracts/rooms/problem/problem.api'
import { faultText, HANDLING_WORDS, PROBLEM_TYPES } from '@xueji/contracts/rooms/problem/problem.words'
import { Button, Form, Modal, Skeleton } from 'antd'
import { useState } from 'react'
import { EvidenceGallery } from '../../../shared/evidence/evidence-gallery.tsx'
import { useNotice } from '../../../shared/notice.ts'
import { ReviewDialogFields } from '../../../shared/review-dialog-fields.tsx'
import { GroupParties } from '../group/group-parties.tsx'
import { refreshProblems, sendBatch, sendCommand, useGroup } from '../problem.queries.ts'

/** 审核页 (menu §3.2): one handling with its group and evidence, or several ticked ones at once. */
export function ProblemReviewDialog({
  rows,
  onClose,
}: {
  rows: readonly ProblemRow[] | undefined
  onClose: (settled: boolean) => void
}) {
  return rows?.length ? <OpenDialog rows={rows} onClose={onClose} /> : null
}

function OpenDialog({ rows, onClose }: { rows: readonly ProblemRow[]; onClose: (settled: boolean) => void }) {
  const [form] = Form.useForm<{ opinion?: string }>()
  const [busy, setBusy] = useState(false)
  const client = useQueryClient()
  const notice = useNotice()
  const only = rows.length === 1 ? rows[0] : undefined

  const decide = async (command: 'approve' | 'refuse'): Promise<void> => {
    const opinion = (form.getFieldValue('opinion') ?? '').trim()
    if (command === 'refuse' && opinion === '') {
      form.setFields([{ name: 'opinion', errors: ['审核不通过时必须填写审核意见'] }])
      return
    }
    setBusy(true)
    try {
      const done = command === 'approve' ? '审核通过' : '审核不通过，已退回学校'
      if (only) {
        const answer = await sendCommand(only.itemId!, { command, opinion, version: only.itemVersion! })
        if (answer.notice) notice.warning(answer.notice)
        else notice.success(done)
      } else {
        const batch = await sendBatch({ command, opinion, ids: rows.flatMap((row) => row.itemId ?? []) })
        for (const { message, count } of batch.reasons) notice.warning(`${count} 名未办理：${message}`)
        if (batch.done > 0) notice.success(`${batch.done} 名${done}`)
      }
      onClose(true)
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
      width={only ? 1100 : 560}
      footer={null}
      mask={{ closable: false }}
      className="xj-problem-dialog"
      title={
        only
          ? `问题学籍审核：${only.studentName}，${only.handling ? HANDLING_WORDS[only.handling] : ''}`
          : `问题学籍审核：${rows.length} 名`
      }
      onCancel={() => onClose(false)}
    >
      <div className={only ? 'xj-problem-review' : undefined}>
        {only ? <Reviewed row={only} /> : null}
        <aside aria-label="审核信息">
          <Form form={form} layout="vertical">
            <ReviewDialogFields autoFocus />
          </Form>
          <div className="xj-problem-actions">
            <Button type="primary" loading={busy} onClick={() => void decide('approve')}>
              审核通过
            </Button>
            <Button danger disabled={busy} onClick={() => void decide('refuse')}>
              审核不通过
            </Button>
            <Button onClick={() => onClose(false)}>关闭</Button>
          </div>
          {only?.itemId ? (
            <>
              <h3>证明材料</h3>
              <EvidenceGallery itemId={only.itemId} />
            </>
          ) : null}
        </aside>
      </div>
    </Modal>
  )
}

function Reviewed({ row }: { row: ProblemRow }) {
  const { data } = useGroup(row.groupId)
  return (
    <div className="xj-problem-reviewed">
      <p>
        {PROBLEM_TYPES[row.problemType]}：{faultText(row.fault, row.isCrossProvince)}
      </p>
      {data ? <GroupParties group={data} /> : <Skeleton active />}
    </div>
  )
}
