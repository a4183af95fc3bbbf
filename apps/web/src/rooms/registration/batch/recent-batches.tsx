import type { BatchCommandState } from '@xueji/contracts/pipeline/review.api'
import { Collapse } from 'antd'
import { formatCount, formatInstant } from '../../../shared/time.ts'
import { BatchResult } from './batch-result.tsx'
import { sumBatches } from './batch-sum.ts'
import { batchName, isRunning } from './batches.ts'

/** Batch commands of the last day in one line each, opening to their results. */
export function RecentBatches({ batches }: { batches: readonly BatchCommandState[] }) {
  if (batches.length === 0) return <p className="xj-muted">近一天没有批量办理。</p>
  return (
    <Collapse
      accordion
      size="small"
      items={batches.map((batch) => ({
        key: batch.id,
        label: (
          <span className="xj-reg-recent">
            <span className="xj-number xj-muted">{formatInstant(batch.createdAt)}</span>
            <span>{batchName(batch)}</span>
            <span className="xj-number">{inBrief(batch)}</span>
          </span>
        ),
        children: <BatchResult sum={sumBatches([batch])} />,
      }))}
    />
  )
}

function inBrief(batch: BatchCommandState): string {
  if (isRunning(batch)) return `正在办理，共 ${formatCount(batch.total)} 名`
  const parts = [
    `成功 ${formatCount(batch.done)}`,
    batch.skipped > 0 ? `跳过 ${formatCount(batch.skipped)}` : '',
    batch.failed > 0 ? `失败 ${formatCount(batch.failed)}` : '',
  ]
  return parts.filter(Boolean).join('，')
}
