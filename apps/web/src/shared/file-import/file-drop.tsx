import { DownloadOutlined, UploadOutlined } from '@ant-design/icons'
import { Button, Progress, Upload } from 'antd'
import { useState } from 'react'
import { useNotice } from '../notice.ts'
import './file-import.css'
import { type ImportDoor, sendFile, useImport } from './file-imports.ts'

const ACCEPTED = '.xlsx,.xls,.ods,.csv'

/** Choosing a file, 上传, 下载模板, and how far it has come. `onSent` tells the batch it became. */
export function FileDrop(props: { door: ImportDoor; batchId: string | undefined; onSent: (batchId: string) => void }) {
  const { door, batchId } = props
  const [file, setFile] = useState<File>()
  const [share, setShare] = useState<number>()
  const { data } = useImport(door, batchId)
  const notice = useNotice()
  const running = batchId !== undefined && !data?.batch.finishedAt
  const send = async (): Promise<void> => {
    if (!file) return
    setShare(0)
    try {
      const { batch } = await sendFile(door, file, setShare)
      setFile(undefined)
      props.onSent(batch.id)
    } catch (error) {
      notice.error(error)
    } finally {
      setShare(undefined)
    }
  }
  return (
    <>
      <div className="xj-file">
        <span>选择Excel文件：</span>
        <Upload
          accept={ACCEPTED}
          showUploadList={false}
          beforeUpload={(chosen) => {
            setFile(chosen)
            return false
          }}
        >
          <Button>浏览…</Button>
        </Upload>
        <span className="xj-file-name" title={file?.name}>
          {file?.name ?? <span className="xj-muted">未选择文件</span>}
        </span>
        <Button
          type="primary"
          icon={<UploadOutlined aria-hidden />}
          disabled={!file || running}
          loading={share !== undefined}
          onClick={() => void send()}
        >
          上传
        </Button>
        <Button
          type="link"
          icon={<DownloadOutlined aria-hidden />}
          href={`${door.room}/template/${door.category}`}
          download
        >
          下载模板
        </Button>
      </div>
      {share !== undefined || running ? (
        <div role="status">
          <Progress
            percent={share === undefined ? (data?.batch.progress ?? 0) : Math.round(share * 100)}
            size="small"
            status="active"
          />
          <span className="xj-muted">{share === undefined ? (data?.batch.phaseName ?? '排队等待') : '正在上传'}</span>
        </div>
      ) : null}
    </>
  )
}
