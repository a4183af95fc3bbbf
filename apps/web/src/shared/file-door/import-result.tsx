import { DownloadOutlined } from '@ant-design/icons'
import type { ImportBatchRow, IssueRow, RowIssue } from '@xueji/contracts/pipeline/import.api'
import { Alert, Button, Skeleton } from 'antd'
import { apiFile } from '../api-client.ts'
import { ErrorView } from '../error-view.tsx'
import type { ListColumn } from '../list-columns.ts'
import { ListTable } from '../list-table.tsx'
import { useNotice } from '../notice.ts'
import { saveFile } from '../save-file.ts'
import './file-door.css'
import { type FileDoor, useImportIssues } from './file-door.queries.ts'

const COLUMNS: readonly ListColumn<IssueRow>[] = [
  {
    key: 'row',
    title: '数据位置（行）',
    width: 126,
    align: 'right',
    render: (row) => <span className="xj-number">{row.rowNumber}</span>,
  },
  { key: 'name', title: '姓名', width: 90, render: (row) => row.name },
  { key: 'summary', title: '问题说明', width: 300, render: (row) => row.summary },
  {
    key: 'written',
    title: '填写内容',
    width: 220,
    render: (row) => textOf(row, ({ label, value }) => `${label}：${value ?? '（空）'}`),
  },
  { key: 'advice', title: '处理办法', width: 420, render: (row) => textOf(row, ({ advice }) => advice) },
]

const textOf = (row: IssueRow, text: (issue: RowIssue) => string): string =>
  row.issues
    .filter(({ severity }) => severity === 'error')
    .map(text)
    .join('；')

/** 问题信息: why a file was refused as a whole, or row by row (PRE-008). */
export function ImportResult({ door, batch, title }: { door: FileDoor; batch: ImportBatchRow; title: string }) {
  const notice = useNotice()
  if (batch.failure)
    return (
      <Alert
        type="error"
        showIcon
        title={batch.failure.title}
        description={`${batch.failure.advice}${batch.failure.detail ? `（${batch.failure.detail}）` : ''}`}
      />
    )
  const marked = async (): Promise<void> => {
    try {
      saveFile(await apiFile(`${door.room}/imports/${batch.id}/marked-file`))
    } catch (error) {
      notice.error(error)
    }
  }
  return (
    <section className="xj-door-issues" aria-label="问题信息">
      <Alert
        type="error"
        showIcon
        title={title}
        action={
          <Button size="small" icon={<DownloadOutlined aria-hidden />} onClick={() => void marked()}>
            下载标注问题的文件
          </Button>
        }
      />
      <IssueRows door={door} batchId={batch.id} />
    </section>
  )
}

function IssueRows({ door, batchId }: { door: FileDoor; batchId: string }) {
  const { data, error, refetch } = useImportIssues(door, batchId)
  if (error) return <ErrorView error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton active />
  return (
    <>
      <div className="xj-door-issue-rows">
        <ListTable rows={data.rows} columns={COLUMNS} rowKey={(row) => String(row.rowNumber)} label="问题信息" />
      </div>
      {data.next ? <p className="xj-muted">只列出前 {data.rows.length} 行，其余见标注问题的文件。</p> : null}
    </>
  )
}
