import { Alert, Button, Form } from 'antd'
import { ReviewDialogFields } from '../../../shared/review-dialog-fields.tsx'
import { countOutcomes, type ReviewQueue } from './review-queue.ts'
import type { Decision } from './use-decision.ts'

/** 审核信息 with the buttons and their keys (menu §2.4, REG-034). */
export function ReviewDecisionForm({
  decision,
  queue,
  ready,
  onClose,
}: {
  decision: Decision
  queue: ReviewQueue
  ready: boolean
  onClose: () => void
}) {
  const { form, busy, whyNot, whyNotApprove, approve, refuse, skip } = decision
  const counts = countOutcomes(queue)
  const many = queue.rows.length > 1
  return (
    <aside className="xj-reg-decision" aria-label="审核信息">
      <h3>审核信息</h3>
      <Form form={form} layout="vertical">
        <ReviewDialogFields autoFocus />
      </Form>
      {whyNotApprove ? <Alert type="warning" showIcon title={whyNotApprove} className="xj-reg-why-not" /> : null}
      <div className="xj-reg-decide">
        <Button
          type="primary"
          block
          disabled={!ready || whyNotApprove !== undefined}
          title={whyNotApprove}
          loading={busy}
          onClick={approve}
        >
          审核通过<kbd>Ctrl+Enter</kbd>
        </Button>
        <Button danger block disabled={!ready || busy || whyNot !== undefined} onClick={refuse}>
          审核不通过<kbd>Alt+N</kbd>
        </Button>
        {many ? (
          <Button block disabled={busy} onClick={skip}>
            跳过，看下一名<kbd>→</kbd>
          </Button>
        ) : null}
        <Button block onClick={onClose}>
          关闭<kbd>Esc</kbd>
        </Button>
      </div>
      {many ? (
        <p className="xj-muted" role="status">
          已通过 {counts.approved} 名，不通过 {counts.refused} 名，跳过 {counts.skipped} 名
        </p>
      ) : null}
    </aside>
  )
}
