import './evidence.css'
import { CloseOutlined, InboxOutlined } from '@ant-design/icons'
import type { Evidence } from '@xueji/contracts/pipeline/evidence.api'
import { Button, Image, Progress, Upload } from 'antd'
import { type ClipboardEvent, useContext } from 'react'
import { SessionContext } from '../session.tsx'
import { EVIDENCE_ACCEPTED, EVIDENCE_HINT } from './evidence-file.ts'
import { EvidenceThumb } from './evidence-thumb.tsx'
import { type EvidenceTask, useEvidenceUploads } from './use-evidence-uploads.ts'

const NONE: readonly Evidence[] = []

/**
 * 证明材料 in a form (fields 1.8): drag, choose or paste pictures; each is uploaded at once and shown as the server keeps it. The form sends the ids of its value.
 * Works as the child of an antd `Form.Item`.
 */
export function EvidenceField(props: {
  value?: readonly Evidence[]
  onChange?: (value: readonly Evidence[]) => void
  /** Pictures at most; left out, what the province has set (evidence.maxCount). */
  most?: number
  id?: string
}) {
  const { value = NONE, onChange = () => undefined, id } = props
  const set = useContext(SessionContext)?.info.evidenceMost
  const most = props.most ?? set ?? 10
  const { tasks, add, remove, dismiss } = useEvidenceUploads(value, onChange, most)
  const paste = (event: ClipboardEvent): void => {
    const files = [...event.clipboardData.files]
    if (files.length === 0) return
    event.preventDefault()
    add(files)
  }
  return (
    <section className="xj-evidence" id={id} aria-label="证明材料" onPaste={paste}>
      <Upload.Dragger
        accept={EVIDENCE_ACCEPTED}
        multiple
        showUploadList={false}
        disabled={value.length >= most}
        beforeUpload={(file) => {
          add([file])
          return false
        }}
      >
        <p className="xj-evidence-title">
          <InboxOutlined aria-hidden /> 把图片拖到这里，点这里选择，或按 Ctrl+V 粘贴
        </p>
        <p className="xj-muted">
          备注：{EVIDENCE_HINT}最多 {most} 张，已有 {value.length} 张
        </p>
      </Upload.Dragger>
      {tasks.length > 0 ? (
        <ul className="xj-evidence-tasks" aria-live="polite">
          {tasks.map((task) => (
            <TaskLine key={task.key} task={task} onDismiss={() => dismiss(task.key)} />
          ))}
        </ul>
      ) : null}
      <Image.PreviewGroup>
        <ul className="xj-evidence-list">
          {value.map((one) => (
            <EvidenceThumb key={one.id} evidence={one} onRemove={() => remove(one.id)} />
          ))}
        </ul>
      </Image.PreviewGroup>
    </section>
  )
}

function TaskLine({ task, onDismiss }: { task: EvidenceTask; onDismiss: () => void }) {
  return (
    <li className={task.refusal ? 'xj-evidence-refused' : undefined}>
      <span className="xj-evidence-name">{task.name}</span>
      {task.refusal ? (
        <>
          <span role="alert">{task.refusal}</span>
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined aria-hidden />}
            aria-label="知道了"
            onClick={onDismiss}
          />
        </>
      ) : (
        <Progress percent={Math.round(task.share * 100)} size="small" status="active" />
      )}
    </li>
  )
}
