import type { ImportBatchRow } from '@xueji/contracts/pipeline/import.api'
import { Button } from 'antd'
import type { ListColumn } from '../../../shared/list-page.tsx'
import { formatCount, formatInstant } from '../../../shared/time.ts'
import { BatchStatus, reasonOf } from './batch-status.tsx'

const count = (number: number, tone = '') => <span className={`xj-number ${tone}`}>{formatCount(number)}</span>

/** The seven columns of 文件上传记录 (menu §2.3, REG-006); the uploader can be shown too. */
export const uploadRecordColumns = (open: (batch: ImportBatchRow) => void): ListColumn<ImportBatchRow>[] => [
  {
    key: 'fileName',
    title: '文件名',
    width: 250,
    fixed: 'left',
    render: (batch) => (
      <Button type="link" size="small" className="xj-reg-link" title={batch.fileName} onClick={() => open(batch)}>
        {batch.fileName}
      </Button>
    ),
  },
  {
    key: 'uploadedAt',
    title: '上传时间',
    width: 100,
    render: (batch) => <span className="xj-number">{formatInstant(batch.uploadedAt)}</span>,
  },
  {
    key: 'result',
    title: '处理结果',
    width: 300,
    render: (batch) => (
      <span className="xj-reg-result">
        <BatchStatus batch={batch} />
        <span className={batch.status === 'failed' ? 'xj-reg-reason' : 'xj-muted'}>{reasonOf(batch)}</span>
      </span>
    ),
  },
  { key: 'category', title: '注册类别', width: 180, render: (batch) => batch.categoryName },
  { key: 'total', title: '上传条数', width: 84, align: 'right', render: (batch) => count(batch.totalRows) },
  { key: 'valid', title: '校验通过人数', width: 108, align: 'right', render: (batch) => count(batch.validRows) },
  {
    key: 'invalid',
    title: '校验失败人数',
    width: 108,
    align: 'right',
    render: (batch) => count(batch.invalidRows, batch.invalidRows > 0 ? 'xj-tone-error' : ''),
  },
  { key: 'uploader', title: '上传人', width: 100, hidden: true, render: (batch) => batch.uploaderName },
]
