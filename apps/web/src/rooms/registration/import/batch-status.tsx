import type { ImportBatchRow } from '@xueji/contracts/pipeline/import.api'
import { Progress } from 'antd'
import { formatCount } from '../../../shared/time.ts'
import { type Tone, ToneTag } from '../items/tone-tag.tsx'
import { isOpen } from './import.queries.ts'

const TONES: Readonly<Record<string, Tone>> = { succeeded: 'success', failed: 'error', ready: 'accent' }

/** 处理结果; while a batch runs, what it is doing and how far. */
export function BatchStatus({ batch }: { batch: ImportBatchRow }) {
  if (isOpen(batch))
    return (
      <span className="xj-reg-running" role="status">
        <span>{batch.phaseName}</span>
        <Progress
          percent={batch.progress}
          size="small"
          status="active"
          aria-label={`${batch.phaseName} ${batch.progress}%`}
        />
      </span>
    )
  return <ToneTag tone={TONES[batch.status] ?? 'muted'}>{batch.statusName}</ToneTag>
}

/** What keeps a file from being filed, in one line; '' when nothing does. */
export function reasonOf(batch: Pick<ImportBatchRow, 'status' | 'failure' | 'invalidRows' | 'validRows'>): string {
  if (batch.status === 'ready') return `${formatCount(batch.validRows)} 人全部通过校验，尚未提交`
  if (batch.status !== 'failed') return ''
  if (batch.failure) return batch.failure.title
  return batch.invalidRows > 0 ? `${formatCount(batch.invalidRows)} 人有问题，可在网页上改正` : '没有可以导入的行'
}
