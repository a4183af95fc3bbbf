import type { ImportBatchRow } from '@xueji/contracts/pipeline/import.api'
import type { ReactNode } from 'react'
import { formatCount, formatDay, formatInstant } from '../../../shared/time.ts'
import { BatchStatus } from './batch-status.tsx'

/** 上传记录 of the detail page (menu §2.3), whose head names the file, with its counts in as few lines as they fit: the rows below need the room. */
export function BatchRecord({ batch }: { batch: ImportBatchRow }) {
  return (
    <dl className="xj-reg-record" aria-label="上传记录">
      <Fact label="上传时间" value={<span className="xj-number">{formatInstant(batch.uploadedAt)}</span>} />
      <Fact label="上传人" value={batch.uploaderName} />
      <Fact label="业务类别" value={batch.categoryName} />
      <Fact label="处理结果" value={<BatchStatus batch={batch} />} />
      <Count label="上传条数" count={batch.totalRows} />
      <Count label="通过" count={batch.validRows} />
      <Count label="有问题" count={batch.invalidRows} tone={batch.invalidRows > 0 ? 'xj-tone-error' : ''} />
      {batch.droppedRows > 0 ? <Count label="已删除行" count={batch.droppedRows} /> : null}
      {batch.recognisedRows > 0 ? <Count label="与上次相同" count={batch.recognisedRows} unit=" 行" /> : null}
      {batch.expiresAt ? (
        <Fact
          label="自动清除"
          value={
            <span title="未提交的名单到期自动清除，其中的学生数据一并删除">
              <span className="xj-number">{formatDay(batch.expiresAt)}</span>
            </span>
          }
        />
      ) : null}
    </dl>
  )
}

function Fact({ label, value }: { label: string; value: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  )
}

const Count = ({
  label,
  count,
  tone = '',
  unit = '',
}: {
  label: string
  count: number
  tone?: string
  unit?: string
}) => (
  <Fact
    label={label}
    value={
      <b className={`xj-number ${tone}`}>
        {formatCount(count)}
        {unit}
      </b>
    }
  />
)
