import { DownloadOutlined } from '@ant-design/icons'
import { Button, Tooltip } from 'antd'
import { useState } from 'react'
import { apiFile } from '../../../shared/api-client.ts'
import { useNotice } from '../../../shared/notice.ts'
import { saveFile } from '../../../shared/save-file.ts'
import { ROOM } from '../registration.queries.ts'

/** Takes the uploaded file back with every bad cell coloured and commented, to be corrected in Excel and uploaded again. */
export function MarkedFileButton({ batchId }: { batchId: string }) {
  const [busy, setBusy] = useState(false)
  const notice = useNotice()
  const download = async (): Promise<void> => {
    setBusy(true)
    try {
      saveFile(await apiFile(`${ROOM}/imports/${batchId}/marked-file`))
    } catch (failure) {
      notice.error(failure)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Tooltip title="原文件，有问题的单元格标红（必须改正）或标黄（提醒），批注中写明原因和改法；改好后直接上传">
      <Button icon={<DownloadOutlined />} loading={busy} onClick={() => void download()}>
        下载标注问题的文件
      </Button>
    </Tooltip>
  )
}
