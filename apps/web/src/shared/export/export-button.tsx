import './export.css'
import { DownloadOutlined } from '@ant-design/icons'
import type { ExportCatalogue } from '@xueji/contracts/pipeline/export.api'
import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useNotice } from '../notice.ts'
import { formatCount } from '../time.ts'
import { ExportDialog, type ExportTab } from './export-dialog.tsx'
import { type ExportSource, isRunning, type ListConditions, useExports } from './exports.ts'

/** 导出 for the toolbar of a list: opens the dialog, and tells of one's own export while it is written, wherever it was begun. */
export function ExportButton(props: { source: ExportSource; catalogue: ExportCatalogue; conditions: ListConditions }) {
  const { source } = props
  const [tab, setTab] = useState<ExportTab>()
  const exports = useExports(source).data
  const notice = useNotice()
  const running = exports?.find((one) => one.mine && isRunning(one))
  const watched = useRef<string>(undefined)
  useEffect(() => {
    const ended = exports?.find((one) => one.id === watched.current && !isRunning(one))
    watched.current = running?.id
    if (ended?.status === 'ready') notice.success('导出完成，可以下载')
    if (ended?.status === 'failed') notice.warning(`导出失败：${ended.failureText ?? ''}`)
  }, [exports, running, notice])
  return (
    <>
      <Button icon={<DownloadOutlined aria-hidden />} onClick={() => setTab('new')}>
        导出
      </Button>
      {running ? (
        <span className="xj-export-running" role="status">
          正在导出{' '}
          <span className="xj-number">
            {running.total === null ? '' : `${formatCount(running.done)} / ${formatCount(running.total)}`}
          </span>
          <Button type="link" size="small" onClick={() => setTab('records')}>
            查看进度
          </Button>
        </span>
      ) : null}
      <ExportDialog {...props} tab={tab} onTab={setTab} />
    </>
  )
}
