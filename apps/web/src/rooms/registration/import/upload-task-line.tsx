import { CloseOutlined, FileExcelOutlined } from '@ant-design/icons'
import { Button, Progress } from 'antd'
import { ApiError } from '../../../shared/api-client.ts'
import { formatCount, formatInstant } from '../../../shared/time.ts'
import { BatchStatus, reasonOf } from './batch-status.tsx'
import { CheckReport, FaultReport } from './check/check-report.tsx'
import { isOpen, useImportDetail } from './import.queries.ts'
import type { UploadTask } from './use-uploads.ts'

/** One file from the registrar's disk to its result: checking, sending, done, each in one line; what is wrong with it opens below. */
export function UploadTaskLine(props: {
  task: UploadTask
  category: string
  onOpen: (batchId: string) => void
  onSend: () => void
  onDismiss: () => void
  onReplace: (file: File) => void
}) {
  const { task, category, onOpen, onSend, onDismiss, onReplace } = props
  const removable = !['queued', 'sending', 'retrying'].includes(task.state)
  return (
    <li className="xj-reg-task">
      <div className="xj-reg-task-line">
        <FileExcelOutlined aria-hidden />
        <span className="xj-reg-task-name" title={task.fileName}>
          {task.fileName}
        </span>
        <span className="xj-reg-task-state">
          {task.answer ? <SentState task={task} onOpen={onOpen} /> : <OwnState task={task} />}
        </span>
        {removable ? (
          <Button type="text" size="small" icon={<CloseOutlined />} aria-label="移除这一行" onClick={onDismiss} />
        ) : null}
      </div>
      {task.state === 'asking' && task.fault ? (
        <FaultReport fault={task.fault} category={category} onSend={onSend} onReplace={onReplace} />
      ) : null}
      {task.state === 'asking' && task.summary ? (
        <CheckReport summary={task.summary} onSend={onSend} onReplace={onReplace} />
      ) : null}
    </li>
  )
}

/** Before the server has the file. */
function OwnState({ task }: { task: UploadTask }) {
  const { state, summary, share, unread } = task
  if (state === 'failed') return <span className="xj-tone-error">{task.problem}</span>
  if (state === 'waiting') return <span className="xj-muted">等待检查</span>
  if (state === 'asking' && summary)
    return (
      <span>
        检查完毕：共 {formatCount(summary.rows)} 人，
        <b className="xj-tone-error">{formatCount(summary.invalid)} 人有问题</b>，还没有上传
      </span>
    )
  if (state === 'asking') return <span className="xj-tone-error">不能使用这个文件，还没有上传</span>
  const found = summary && summary.invalid > 0 ? `，${formatCount(summary.invalid)} 人有问题` : ''
  const checked = unread
    ? '这种格式由系统读取检查'
    : summary
      ? `已检查 ${formatCount(summary.rows)} 人${found || (state === 'checking' ? '' : '，全部通过')}`
      : ''
  const doing = DOING[state] ?? ''
  return (
    <>
      <span className="xj-reg-running">
        <span>{doing}</span>
        <Progress percent={Math.round(share * 100)} size="small" status="active" aria-label={doing} />
      </span>
      <span className="xj-muted">{checked}</span>
    </>
  )
}

function SentState({ task, onOpen }: { task: UploadTask; onOpen: (batchId: string) => void }) {
  const { batch: first, earlier } = task.answer!
  const { data, error } = useImportDetail(first.id)
  const batch = data?.batch ?? first
  if (error instanceof ApiError && error.status === 404)
    return <span className="xj-muted">已由后来上传的文件替换，或已删除</span>
  return (
    <>
      <BatchStatus batch={batch} />
      {isOpen(batch) ? null : batch.status === 'succeeded' ? (
        <span>已为 {formatCount(batch.validRows)} 名学生发起注册</span>
      ) : (
        <span className={batch.status === 'failed' ? 'xj-tone-error' : 'xj-muted'}>{reasonOf(batch)}</span>
      )}
      <Button type="link" size="small" onClick={() => onOpen(batch.id)}>
        {NEXT[batch.status] ?? '查看明细'}
      </Button>
      {earlier ? (
        <span className="xj-reg-earlier">
          内容相同的文件已于 {formatInstant(earlier.uploadedAt)} 由{earlier.uploaderName}上传过，
          <Button type="link" size="small" className="xj-reg-link" onClick={() => onOpen(earlier.id)}>
            结果：{earlier.statusName}
          </Button>
        </span>
      ) : null}
    </>
  )
}

const DOING: Partial<Record<UploadTask['state'], string>> = {
  checking: '正在检查',
  queued: '等待上传',
  sending: '正在上传',
  retrying: '网络不稳，正在自动重试',
}

const NEXT: Readonly<Record<string, string>> = { failed: '查看并改正', ready: '去提交' }
