import type { ImportBatchRow } from '@xueji/contracts/pipeline/import.api'
import { formatCount, formatInstant } from '../../../shared/time.ts'
import { FactGrid } from '../items/fact-grid.tsx'
import { BatchStatus } from './batch-status.tsx'

const digits = (text: string, tone = '') => <span className={`xj-number ${tone}`}>{text}</span>

/** 上传记录 of the detail page (menu §2.3), with the three counts. */
export function BatchRecord({ batch }: { batch: ImportBatchRow }) {
  return (
    <FactGrid
      label="上传记录"
      facts={[
        { key: 'file', label: '文件名', value: batch.fileName, wide: true },
        { key: 'at', label: '上传时间', value: digits(formatInstant(batch.uploadedAt)) },
        { key: 'who', label: '上传人', value: batch.uploaderName },
        { key: 'category', label: '业务类别', value: batch.categoryName },
        { key: 'result', label: '处理结果', value: <BatchStatus batch={batch} /> },
        { key: 'total', label: '上传条数', value: digits(formatCount(batch.totalRows)) },
        {
          key: 'checked',
          label: '校验结果',
          value: (
            <>
              通过 {digits(formatCount(batch.validRows))} 人，失败{' '}
              {digits(formatCount(batch.invalidRows), batch.invalidRows > 0 ? 'xj-tone-error' : '')} 人
            </>
          ),
        },
      ]}
    />
  )
}
