import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { IssueRow } from '@xueji/contracts/pipeline/import.api'
import { Button, Skeleton, Switch } from 'antd'
import { useState } from 'react'
import { ErrorView } from '../../../shared/error-view.tsx'
import { KEYS } from '../registration.queries.ts'
import { type IssueFilter, loadIssues } from './import.queries.ts'
import { IssueRows } from './issue-rows.tsx'

const PAGE_ROWS = 50

/** 上传数据问题说明 (REG-008), a page of rows at a time; rows are open until folded, for the advice is what one works by. */
export function IssueTable({ batchId, filter }: { batchId: string; filter: IssueFilter }) {
  const [keys, setKeys] = useState<readonly string[]>([])
  const [allOpen, setAllOpen] = useState(true)
  const [others, setOthers] = useState<ReadonlySet<number>>(new Set())
  const after = keys.at(-1)
  const { data, error, refetch, isPlaceholderData } = useQuery({
    queryKey: [...KEYS.importDetail(batchId), 'issues', filter, after ?? ''],
    queryFn: () => loadIssues(batchId, { filter, limit: PAGE_ROWS, count: false, ...(after ? { after } : {}) }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
  if (error) return <ErrorView error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton active paragraph={{ rows: 10 }} />
  const isOpen = (row: IssueRow): boolean => allOpen !== others.has(row.rowNumber)
  const toggle = (row: IssueRow): void => {
    const next = new Set(others)
    if (!next.delete(row.rowNumber)) next.add(row.rowNumber)
    setOthers(next)
  }
  return (
    <div className="xj-reg-issue-table" aria-busy={isPlaceholderData}>
      <table>
        <thead>
          <tr>
            <th className="xj-right">数据位置(行)</th>
            <th>姓名</th>
            <th>问题说明</th>
            <th>填写的内容</th>
            <th>
              怎么改
              <span className="xj-reg-unfold">
                展开{' '}
                <Switch
                  size="small"
                  aria-label="展开每一条问题"
                  checked={allOpen}
                  onChange={(on) => {
                    setAllOpen(on)
                    setOthers(new Set())
                  }}
                />
              </span>
            </th>
          </tr>
        </thead>
        {data.rows.map((row) => (
          <IssueRows
            key={row.rowNumber}
            row={row}
            issues={row.issues.filter((issue) => issue.severity === filter.severity)}
            open={isOpen(row)}
            onToggle={() => toggle(row)}
          />
        ))}
      </table>
      {data.rows.length === 0 ? <p className="xj-muted xj-reg-bar">没有数据需要显示</p> : null}
      {keys.length > 0 || data.next ? (
        <div className="xj-reg-bar">
          <span className="xj-muted">
            第 {keys.length + 1} 页，每页 {PAGE_ROWS} 名学生
          </span>
          <span className="xj-reg-actions">
            <Button size="small" disabled={keys.length === 0} onClick={() => setKeys(keys.slice(0, -1))}>
              上一页
            </Button>
            <Button size="small" disabled={!data.next} onClick={() => setKeys([...keys, data.next!])}>
              下一页
            </Button>
          </span>
        </div>
      ) : null}
    </div>
  )
}
