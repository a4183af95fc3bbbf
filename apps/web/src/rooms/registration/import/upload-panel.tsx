import { DownloadOutlined, InboxOutlined, UploadOutlined } from '@ant-design/icons'
import { Button, Select, Upload } from 'antd'
import { useState } from 'react'
import { useUnsaved } from '../../../shared/tabs.tsx'
import { ROOM, useEntries } from '../registration.queries.ts'
import { ACCEPTED_FILES } from './upload-file.ts'
import { UploadTaskLine } from './upload-task-line.tsx'
import { useUploads } from './use-uploads.ts'

/** The entry 居民身份证 with its reminder (REG-004), template download and upload; the other two cards follow when their entries exist. */
export function UploadPanel({ onOpen }: { onOpen: (batchId: string) => void }) {
  const { data: entries } = useEntries()
  const importable = (entries ?? []).filter((entry) => entry.importable)
  const [chosen, setChosen] = useState<string>()
  const category = chosen ?? importable[0]?.category ?? 'R11'
  const { tasks, add, dismiss } = useUploads()
  // Closing now would break off what is on its way.
  useUnsaved(tasks.some((task) => task.state !== 'sent' && task.state !== 'failed'))
  const choosing = {
    accept: ACCEPTED_FILES,
    multiple: true,
    showUploadList: false,
    beforeUpload: (file: File) => {
      add(category, [file])
      return false
    },
  }
  return (
    <section className="xj-reg-upload" aria-label="居民身份证小学新生注册导入">
      <div className="xj-reg-upload-entry">
        <h2>居民身份证</h2>
        <p className="xj-reg-note">友情提醒：该项只针对拥有居民身份证的学生注册！</p>
        <div className="xj-reg-field">
          <label htmlFor="upload-category">注册类别</label>
          <Select
            id="upload-category"
            value={category}
            onChange={setChosen}
            loading={entries === undefined}
            options={importable.map((entry) => ({ value: entry.category, label: entry.name }))}
          />
        </div>
        <div className="xj-reg-actions">
          <Button icon={<DownloadOutlined />} href={`${ROOM}/template/${category}`} download>
            下载模板
          </Button>
          <Upload {...choosing}>
            <Button type="primary" icon={<UploadOutlined />}>
              上传
            </Button>
          </Upload>
        </div>
      </div>
      <div className="xj-reg-upload-drop">
        <Upload.Dragger {...choosing}>
          <p className="xj-reg-drop-title">
            <InboxOutlined aria-hidden /> 把填好的 Excel 文件拖到这里，或点这里选择文件
          </p>
          <p className="xj-muted">
            .xlsx（不超过 32MB）或 .xls、.ods、.csv（不超过 10MB），一次不超过 100,000
            人。有一名学生未通过校验，整份都不会导入；系统会逐行逐列列出全部问题。
          </p>
        </Upload.Dragger>
      </div>
      {tasks.length > 0 ? (
        <ul className="xj-reg-tasks" aria-live="polite">
          {tasks.map((task) => (
            <UploadTaskLine key={task.key} task={task} onOpen={onOpen} onDismiss={() => dismiss(task.key)} />
          ))}
        </ul>
      ) : null}
    </section>
  )
}
