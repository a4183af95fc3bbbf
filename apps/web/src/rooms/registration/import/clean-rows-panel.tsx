import type { ImportBatchRow } from '@xueji/contracts/pipeline/import.api'
import { Alert, App, Button } from 'antd'
import { formatCount } from '../../../shared/time.ts'

/** 提交通过的: the clean rows of a batch with issues, where the room lets them go alone; says beforehand who goes and who stays. */
export function CleanRowsPanel({
  batch,
  unsaved,
  busy,
  onSubmit,
}: {
  batch: ImportBatchRow
  /** True while something written is not saved: it would be left behind. */
  unsaved: boolean
  busy: boolean
  onSubmit: () => Promise<unknown>
}) {
  const { modal } = App.useApp()
  const clean = formatCount(batch.validRows)
  const wrong = formatCount(batch.invalidRows)
  const ask = (): void =>
    void modal.confirm({
      title: `提交通过校验的 ${clean} 人？`,
      content: `为这 ${clean} 人发起申请；有问题的 ${wrong} 人不提交，留在本名单的“已删除行”中，撤回后可以恢复、改正后再提交。`,
      okText: `提交 ${clean} 人`,
      onOk: onSubmit,
    })
  return (
    <Alert
      type="info"
      showIcon
      title={`${clean} 人通过校验，${wrong} 人有问题：可以先提交通过的，也可以全部改正后一起提交`}
      action={
        <Button loading={busy} disabled={unsaved} title={unsaved ? '请先保存并重新校验' : ''} onClick={ask}>
          提交通过的
        </Button>
      }
    />
  )
}
