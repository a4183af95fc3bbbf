import type { ImportBatchRow } from '@xueji/contracts/pipeline/import.api'
import { Progress } from 'antd'
import { type Tone, ToneTag } from '../items/tone-tag.tsx'
import { isOpen } from './import.queries.ts'

const TONES: Readonly<Record<string, Tone>> = { succeeded: 'success', failed: 'error' }

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

/** True when nothing of the file came in. */
export const isFailed = (batch: Pick<ImportBatchRow, 'status'>): boolean => batch.status === 'failed'

/** Why nothing of the file came in, in one line; '' for the others. */
export function reasonOf(batch: Pick<ImportBatchRow, 'status' | 'failure' | 'invalidRows'>): string {
  if (!isFailed(batch)) return ''
  if (batch.failure) return batch.failure.title
  return `${batch.invalidRows} 名学生未通过校验，整份未导入`
}
