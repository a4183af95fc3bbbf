import { CloseOutlined, FileExcelOutlined } from '@ant-design/icons'
import { Button, Progress } from 'antd'
import { formatInstant } from '../../../shared/time.ts'
import { BatchStatus, reasonOf } from './batch-status.tsx'
import { isOpen, useImportDetail } from './import.queries.ts'
import type { UploadTask } from './use-uploads.ts'

/** One file from the registrar's disk to its result: sending, checking, done, each in one line. */
export function UploadTaskLine({
  task,
  onOpen,
  onDismiss,
}: {
  task: UploadTask
  onOpen: (batchId: string) => void
  onDismiss: () => void
}) {
  const over = task.state === 'sent' || task.state === 'failed'
  return (
    <li className="xj-reg-task">
      <FileExcelOutlined aria-hidden />
      <span className="xj-reg-task-name" title={task.fileName}>
        {task.fileName}
      </span>
      <span className="xj-reg-task-state">
        {task.answer ? <SentState task={task} onOpen={onOpen} /> : <SendingState task={task} />}
      </span>
      {over ? (
        <Button type="text" size="small" icon={<CloseOutlined />} aria-label="移除这一行" onClick={onDismiss} />
      ) : null}
    </li>
  )
}

function SendingState({ task }: { task: UploadTask }) {
  if (task.state === 'failed') return <span className="xj-tone-error">{task.problem}</span>
  if (task.state === 'waiting') return <span className="xj-muted">等待上传</span>
  return (
    <span className="xj-reg-running">
      <span>{task.state === 'retrying' ? '网络不稳，正在自动重试' : '正在上传'}</span>
      <Progress percent={Math.round(task.share * 100)} size="small" status="active" />
    </span>
  )
}

function SentState({ task, onOpen }: { task: UploadTask; onOpen: (batchId: string) => void }) {
  const { batch: first, earlier } = task.answer!
  const batch = useImportDetail(first.id).data?.batch ?? first
  return (
    <>
      <BatchStatus batch={batch} />
      {isOpen(batch) ? null : batch.status === 'succeeded' ? (
        <span>已为 {batch.totalRows} 名学生发起注册</span>
      ) : (
        <span className="xj-tone-error">{reasonOf(batch)}</span>
      )}
      <Button type="link" size="small" onClick={() => onOpen(batch.id)}>
        {batch.status === 'failed' ? '查看问题' : '查看明细'}
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
