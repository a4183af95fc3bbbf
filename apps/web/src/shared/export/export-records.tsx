import { DownloadOutlined } from '@ant-design/icons'
import type { ExportRow } from '@xueji/contracts/pipeline/export.api'
import { Button, Progress, Tooltip } from 'antd'
import { useState } from 'react'
import { ErrorView } from '../error-view.tsx'
import { useNotice } from '../notice.ts'
import { formatCount, formatInstant } from '../time.ts'
import { sizeText } from './column-choice.ts'
import { cancelExport, type ExportSource, exportFileUrl, isRunning, useExports, useRefreshExports } from './exports.ts'

/** The recent exports of one's organisation; one's own are watched, cancelled and downloaded here, also after the page was left. */
export function ExportRecords(props: { source: ExportSource; keepHours: number; started: string | undefined }) {
  const exports = useExports(props.source)
  if (exports.isError && !exports.data)
    return <ErrorView error={exports.error} onRetry={() => void exports.refetch()} />
  if (!exports.data) return <p className="xj-muted">正在读取</p>
  if (exports.data.length === 0) return <p className="xj-export-none xj-muted">近一个月没有导出过。</p>
  return (
    <>
      <ul className="xj-export-records">
        {exports.data.map((row) => (
          <Line key={row.id} row={row} source={props.source} isNew={row.id === props.started} />
        ))}
      </ul>
      <p className="xj-muted">
        导出在后台进行，可以关闭窗口，稍后回到这里下载。文件保留 {props.keepHours}{' '}
        小时，只有导出人能下载，每次下载都会记入审计。
      </p>
    </>
  )
}

function Line({ row, source, isNew }: { row: ExportRow; source: ExportSource; isNew: boolean }) {
  return (
    <li className={isNew ? 'xj-export-new' : undefined}>
      <div className="xj-export-what">
        <strong title={row.name}>{row.name}</strong>
        <span>
          <span className="xj-number xj-muted">{formatInstant(row.createdAt)}</span>
          <span>
            <span className="xj-muted">导出</span> {row.askerName}
          </span>
          <span>
            <span className="xj-muted">授权</span> {row.authoriserName}
          </span>
          <Tooltip title={row.columns.join('、')}>
            <span className="xj-export-hint">{row.columns.length} 个信息项</span>
          </Tooltip>
        </span>
        <span title={row.conditionsText}>
          <span className="xj-muted">条件</span> {row.conditionsText}
        </span>
      </div>
      <div className="xj-export-state" role={isRunning(row) ? 'status' : undefined}>
        <State row={row} />
      </div>
      <div className="xj-export-do">{row.mine ? <Action row={row} source={source} /> : null}</div>
    </li>
  )
}

function State({ row }: { row: ExportRow }) {
  if (row.status === 'running' && row.total !== null) {
    const share = row.total === 0 ? 100 : Math.floor((row.done / row.total) * 100)
    return (
      <>
        <Progress percent={share} size="small" showInfo={false} aria-label="导出进度" />
        <span className="xj-number">
          {row.statusName} {formatCount(row.done)} / {formatCount(row.total)}
        </span>
      </>
    )
  }
  if (row.status === 'ready')
    return (
      <>
        <span className="xj-tone-success">
          {row.statusName} <span className="xj-number">{formatCount(row.done)}</span> 条
        </span>
        <span className="xj-muted xj-number">
          {sizeText(row.size ?? 0)}，{formatInstant(row.expiresAt)} 删除
        </span>
      </>
    )
  if (row.status === 'failed')
    return (
      <>
        <span className="xj-tone-error">{row.statusName}</span>
        <span>{row.failureText}</span>
      </>
    )
  return <span className={isRunning(row) ? undefined : 'xj-muted'}>{row.statusName}</span>
}

function Action({ row, source }: { row: ExportRow; source: ExportSource }) {
  const [busy, setBusy] = useState(false)
  const refresh = useRefreshExports(source)
  const notice = useNotice()
  if (row.status === 'ready')
    return (
      <Button type="primary" icon={<DownloadOutlined aria-hidden />} href={exportFileUrl(source, row.id)} download>
        下载
      </Button>
    )
  if (!isRunning(row)) return null
  const cancel = async (): Promise<void> => {
    setBusy(true)
    try {
      await cancelExport(source, row.id)
    } catch (error) {
      notice.error(error)
    } finally {
      setBusy(false)
      refresh()
    }
  }
  return (
    <Button loading={busy} onClick={() => void cancel()}>
      取消
    </Button>
  )
}
