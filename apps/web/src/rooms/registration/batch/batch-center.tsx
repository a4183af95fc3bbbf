import { Button, Modal } from 'antd'
import { formatCount, formatInstant } from '../../../shared/time.ts'
import { BatchResult } from './batch-result.tsx'
import { sumBatches } from './batch-sum.ts'
import { batchName, isRunning, useBatches } from './batches.ts'
import { RecentBatches } from './recent-batches.tsx'

/** Which batch commands the dialog shows: these, or all of the last day. */
export type ShownBatches = readonly string[] | 'recent' | undefined

/** Finds running and recent batch commands again: a line above the list while one runs, and the dialog with progress and results. */
export function BatchCenter({ shown, onShow }: { shown: ShownBatches; onShow: (next: ShownBatches) => void }) {
  const batches = useBatches().data ?? []
  const close = (): void => onShow(undefined)
  const chosen = Array.isArray(shown) ? batches.filter((batch) => shown.includes(batch.id)) : []
  return (
    <>
      {batches.filter(isRunning).map((batch) => (
        <div key={batch.id} className="xj-reg-job" role="status">
          <span className="xj-muted xj-number">{formatInstant(batch.createdAt)}</span>
          <span>{batchName(batch)}</span>
          <span className="xj-number">
            正在办理 {formatCount(batch.done + batch.skipped + batch.failed)} / {formatCount(batch.total)}
          </span>
          <Button type="link" size="small" onClick={() => onShow([batch.id])}>
            查看进度
          </Button>
        </div>
      ))}
      <Modal
        open={shown !== undefined}
        title={shown === 'recent' ? '近一天的批量办理' : chosen[0] ? batchName(chosen[0]) : ''}
        width={680}
        onCancel={close}
        footer={
          <Button type="primary" autoFocus onClick={close}>
            关闭
          </Button>
        }
      >
        {shown === 'recent' ? <RecentBatches batches={batches} /> : <BatchResult sum={sumBatches(chosen)} />}
      </Modal>
    </>
  )
}
