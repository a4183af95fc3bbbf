import { DownloadOutlined, InboxOutlined, UploadOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import type { RoomEntryRow } from '@xueji/contracts/pipeline/review.api'
import { Button, Checkbox, Select, Upload } from 'antd'
import { useEffect } from 'react'
import { useRemembered } from '../../../shared/remember.ts'
import { useUnsaved } from '../../../shared/tabs.tsx'
import { ROOM } from '../registration.queries.ts'
import { loadCheckFacts } from './import.queries.ts'
import { ACCEPTED } from './upload-file.ts'
import { UploadTaskLine } from './upload-task-line.tsx'
import { isUnderway, useUploads } from './use-uploads.ts'

/** Template download, check and upload of one entry; 注册类别 changes over to another of the page. */
export function UploadPanel({
  entries,
  chosen,
  onChoose,
  onOpen,
}: {
  entries: readonly RoomEntryRow[]
  chosen: RoomEntryRow
  onChoose: (category: string) => void
  onOpen: (batchId: string) => void
}) {
  const [auto, setAuto] = useRemembered('import.autoSubmit', true)
  const { category } = chosen
  // Whoever sent a roster with issues goes on to correct it; whoever wants to submit by hand goes on to do so.
  const { tasks, add, send, dismiss } = useUploads(({ answer, wish, asked }) => {
    if (asked || wish.submit === 'manual') onOpen(answer.batch.id)
  })
  const client = useQueryClient()
  // At hand before the first file is.
  useEffect(() => {
    void loadCheckFacts(client, category)
  }, [client, category])
  // Closing now would break off what is on its way.
  useUnsaved(tasks.some(isUnderway))
  const choosing = {
    accept: ACCEPTED,
    multiple: true,
    showUploadList: false,
    beforeUpload: (file: File) => {
      add({ category, submit: auto ? 'auto' : 'manual' }, [file])
      return false
    },
  }
  return (
    <section className="xj-reg-upload" aria-label={`${chosen.name}导入`}>
      <div className="xj-reg-upload-entry">
        <div className="xj-reg-field">
          <label htmlFor="upload-category">注册类别</label>
          <Select
            id="upload-category"
            value={category}
            onChange={onChoose}
            options={entries.map((entry) => ({ value: entry.category, label: entry.name }))}
          />
        </div>
        <div className="xj-reg-actions">
          <Button icon={<DownloadOutlined />} href={`${ROOM}/template/${category}`} download>
            下载模板
          </Button>
          <Upload {...choosing}>
            <Button type="primary" icon={<UploadOutlined />}>
              选择文件
            </Button>
          </Upload>
        </div>
        <Checkbox checked={auto} onChange={(event) => setAuto(event.target.checked)}>
          校验全部通过后直接发起注册
        </Checkbox>
      </div>
      <div className="xj-reg-upload-drop">
        <Upload.Dragger {...choosing}>
          <p className="xj-reg-drop-title">
            <InboxOutlined aria-hidden /> 把填好的 Excel 文件拖到这里，或点这里选择文件
          </p>
          <p className="xj-muted">.xlsx，不超过 32MB、100,000 人；也可用 10MB 以内的 .xls、.ods、.csv</p>
          <p className="xj-muted">上传前先在本机检查；有问题的行上传后可以在网页上直接改正</p>
        </Upload.Dragger>
      </div>
      {tasks.length > 0 ? (
        <ul className="xj-reg-tasks" aria-live="polite">
          {tasks.map((task) => (
            <UploadTaskLine
              key={task.key}
              task={task}
              category={category}
              onOpen={onOpen}
              onSend={() => send(task.key)}
              onDismiss={() => dismiss(task.key)}
              onReplace={(file) => {
                dismiss(task.key)
                choosing.beforeUpload(file)
              }}
            />
          ))}
        </ul>
      ) : null}
    </section>
  )
}
