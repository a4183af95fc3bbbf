import { Button } from 'antd'
import { countOutcomes, type ReviewQueue } from './review-queue.ts'

/** The end of a sequence: how many passed, were refused or were passed over, and those with their reasons. */
export function ReviewSummary({ queue, onClose }: { queue: ReviewQueue; onClose: () => void }) {
  const counts = countOutcomes(queue)
  const skipped = queue.rows.flatMap((row) => {
    const outcome = queue.outcomes.get(row.id)
    return outcome?.kind === 'skipped' ? [{ row, reason: outcome.reason ?? '' }] : []
  })
  return (
    <div className="xj-reg-stack xj-reg-summary">
      <p>
        <strong>{queue.rows.length} 名学生已全部看过。</strong> 审核通过 {counts.approved} 名，审核不通过{' '}
        {counts.refused} 名，未审核 {counts.skipped} 名。
      </p>
      {skipped.length > 0 ? (
        <table className="xj-reg-issues">
          <thead>
            <tr>
              <th>未审核的学生</th>
              <th>原因</th>
            </tr>
          </thead>
          <tbody>
            {skipped.map(({ row, reason }) => (
              <tr key={row.id}>
                <td>{row.studentName}</td>
                <td>{reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      <div className="xj-reg-dialog-actions">
        <Button type="primary" autoFocus onClick={onClose}>
          关闭
        </Button>
      </div>
    </div>
  )
}
