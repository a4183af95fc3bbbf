import type { ItemRow } from '@xueji/contracts/pipeline/review.api'
import { Modal } from 'antd'
import { useState } from 'react'
import { useNotice } from '../../../shared/notice.ts'
import { ReviewOne } from './review-one.tsx'
import { currentRow, type ReviewOutcome, type ReviewQueue, settle, settledIds, startQueue } from './review-queue.ts'
import { ReviewSummary } from './review-summary.tsx'

/** 【审核】 on the students ticked (REG-025): one after another in the order of the list, the next loading by itself. */
export function ReviewDialog({
  title,
  rows,
  onClose,
}: {
  title: string
  rows: readonly ItemRow[] | undefined
  onClose: (settled: readonly string[]) => void
}) {
  return rows ? <OpenDialog title={title} rows={rows} onClose={onClose} /> : null
}

function OpenDialog({
  title,
  rows,
  onClose,
}: {
  title: string
  rows: readonly ItemRow[]
  onClose: (settled: readonly string[]) => void
}) {
  const [queue, setQueue] = useState<ReviewQueue>(() => startQueue(rows))
  const row = currentRow(queue)
  const notice = useNotice()
  const close = (): void => onClose(settledIds(queue))
  const onSettled = (outcome: ReviewOutcome): void => {
    const next = settle(queue, outcome)
    setQueue(next)
    // One student needs no summary.
    if (rows.length > 1 || outcome.kind === 'skipped' || !row) return
    notice.success(`${row.studentName}${outcome.kind === 'approved' ? '审核通过' : '审核不通过，已退回学校'}`)
    onClose(settledIds(next))
  }
  return (
    <Modal
      open
      centered
      width={row ? 1180 : 560}
      footer={null}
      mask={{ closable: false }}
      onCancel={close}
      title={
        <span className="xj-reg-dialog-title">
          {title}
          {row && rows.length > 1 ? (
            <span className="xj-number xj-muted" aria-live="polite">
              第 {queue.at + 1} / {rows.length} 名
            </span>
          ) : null}
        </span>
      }
    >
      {row ? (
        <ReviewOne key={row.id} row={row} queue={queue} onSettled={onSettled} onClose={close} />
      ) : (
        <ReviewSummary queue={queue} onClose={close} />
      )}
    </Modal>
  )
}
