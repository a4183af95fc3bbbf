import type { ImportBatchRow } from '@xueji/contracts/pipeline/import.api'
import { Alert, Button } from 'antd'
import { formatCount } from '../../../shared/time.ts'

/** A roster without issues that waits to be submitted: how many registrations it will file, and the button that files them. */
export function ReadyPanel({
  batch,
  unsaved,
  busy,
  onSubmit,
}: {
  batch: ImportBatchRow
  /** True while something written is not saved: it would be left behind. */
  unsaved: boolean
  busy: boolean
  onSubmit: (() => Promise<unknown>) | undefined
}) {
  const dropped = batch.droppedRows > 0 ? `（已删除的 ${formatCount(batch.droppedRows)} 行不导入）` : ''
  return (
    <Alert
      type="success"
      showIcon
      title={`${formatCount(batch.validRows)} 人全部通过校验，还没有发起注册${dropped}`}
      action={
        onSubmit ? (
          <Button
            type="primary"
            loading={busy}
            disabled={unsaved}
            title={unsaved ? '请先保存并重新校验' : '提交后系统自动查重认证'}
            onClick={() => void onSubmit()}
          >
            提交：发起 {formatCount(batch.validRows)} 名学生的注册申请
          </Button>
        ) : null
      }
    />
  )
}
