import { UploadOutlined } from '@ant-design/icons'
import type { ImportBatchRow } from '@xueji/contracts/pipeline/import.api'
import { Button, Modal, Upload } from 'antd'
import { useRemembered } from '../../../shared/remember.ts'
import { ACCEPTED } from './upload-file.ts'
import { UploadTaskLine } from './upload-task-line.tsx'
import { useUploads } from './use-uploads.ts'

/** 上传改好的文件: the roster corrected in Excel takes the place of this one; rows that stayed the same are recognised. */
export function ReplaceButton({ batch, onReplaced }: { batch: ImportBatchRow; onReplaced: (batchId: string) => void }) {
  const [auto] = useRemembered('import.autoSubmit', true)
  const { tasks, add, send, dismiss } = useUploads(({ answer }) => {
    for (const task of tasks) dismiss(task.key)
    onReplaced(answer.batch.id)
  })
  const begin = (file: File): false => {
    add({ category: batch.category, submit: auto ? 'auto' : 'manual', replaces: batch.id }, [file])
    return false
  }
  return (
    <>
      <Upload accept={ACCEPTED} showUploadList={false} beforeUpload={begin}>
        <Button icon={<UploadOutlined />}>上传改好的文件</Button>
      </Upload>
      <Modal
        title={`上传改好的文件，替换“${batch.fileName}”`}
        open={tasks.length > 0}
        width={860}
        footer={null}
        mask={{ closable: false }}
        onCancel={() => {
          for (const task of tasks) dismiss(task.key)
        }}
      >
        <ul className="xj-reg-tasks">
          {tasks.map((task) => (
            <UploadTaskLine
              key={task.key}
              task={task}
              category={batch.category}
              onOpen={onReplaced}
              onSend={() => send(task.key)}
              onDismiss={() => dismiss(task.key)}
              onReplace={(file) => {
                dismiss(task.key)
                begin(file)
              }}
            />
          ))}
        </ul>
      </Modal>
    </>
  )
}
