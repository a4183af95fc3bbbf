import { useInfiniteQuery } from '@tanstack/react-query'
import type { Page } from '@xueji/contracts/common/wire'
import type { CorrectionLine } from '@xueji/contracts/pipeline/import.api'
import { Button, Drawer, Skeleton } from 'antd'
import { ErrorView } from '../../../../shared/error-view.tsx'
import { formatInstant } from '../../../../shared/time.ts'
import { KEYS } from '../../registration.queries.ts'
import { loadCorrections } from '../import.queries.ts'
import { joinLines, rowsText } from './log-lines.ts'

/** 修改记录: who changed what and when, the latest first. */
export function CorrectionLog({ batchId, open, onClose }: { batchId: string; open: boolean; onClose: () => void }) {
  return (
    <Drawer title="修改记录" size={720} open={open} onClose={onClose} destroyOnHidden>
      <Lines batchId={batchId} />
    </Drawer>
  )
}

function Lines({ batchId }: { batchId: string }) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: KEYS.corrections(batchId),
    queryFn: ({ pageParam }): Promise<Page<CorrectionLine>> => loadCorrections(batchId, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
  })
  if (error) return <ErrorView error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton active paragraph={{ rows: 8 }} />
  const lines = joinLines(data.pages.flatMap((page) => page.rows))
  if (lines.length === 0) return <p className="xj-muted">还没有修改过。</p>
  return (
    <>
      <table className="xj-change-log">
        <thead>
          <tr>
            <th>时间</th>
            <th>修改人</th>
            <th className="xj-right">行</th>
            <th>列</th>
            <th>原来</th>
            <th>改为</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.id} className={line.undone ? 'xj-change-undone' : ''}>
              <td className="xj-number">{formatInstant(line.at)}</td>
              <td>{line.accountName}</td>
              <td className="xj-number xj-right">{line.rowNumbers.length > 1 ? '' : line.rowNumber}</td>
              {line.act === 'edit' ? (
                <>
                  <td>{line.label}</td>
                  <td>{line.before || '（空）'}</td>
                  <td>
                    {line.after || '（空）'}
                    {line.undone ? <Undone /> : null}
                  </td>
                </>
              ) : (
                <td colSpan={3}>
                  {line.act === 'drop' ? '删除行' : '恢复行'}
                  {line.rowNumbers.length > 1 ? `：${rowsText(line.rowNumbers)}` : ''}
                  {line.undone ? <Undone /> : null}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {hasNextPage ? (
        <Button block type="text" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          更早的修改
        </Button>
      ) : null}
    </>
  )
}

const Undone = () => <span className="xj-muted">（已撤销）</span>
