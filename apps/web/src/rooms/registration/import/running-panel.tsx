import type { ImportBatchRow } from '@xueji/contracts/pipeline/import.api'
import { Button, Popconfirm, Progress, Steps } from 'antd'
import { formatCount } from '../../../shared/time.ts'

const PHASES = [
  ['queued', '排队等待'],
  ['reading', '读取并校验文件'],
  ['comparing', '比对重复证件号'],
  ['submitting', '发起注册'],
] as const

/** What the system does with a file, how far it is, and that nobody has to wait for it; until it files, one may still call it off. */
export function RunningPanel({
  batch,
  onCancel,
}: {
  batch: ImportBatchRow
  onCancel: (() => Promise<unknown>) | undefined
}) {
  const current = Math.max(
    0,
    PHASES.findIndex(([phase]) => phase === batch.phase),
  )
  const undoing = batch.phase === 'undoing'
  return (
    <section className="xj-reg-panel" role="status" aria-label="处理进度">
      {undoing ? (
        <strong>{batch.phaseName}</strong>
      ) : (
        <Steps size="small" current={current} items={PHASES.map(([key, title]) => ({ key, title }))} />
      )}
      <Progress percent={batch.progress} status="active" />
      <p className="xj-muted">
        {said(batch)}
        可以离开本页办理其他业务，处理不会中断；结果随时可在“文件上传记录”和首页找到。
      </p>
      {onCancel && batch.phase !== 'submitting' ? (
        <Popconfirm
          placement="bottomLeft"
          title={undoing ? '停止撤回？' : '取消处理这个文件？'}
          description={
            undoing ? '注册申请保持原样，一名也不撤回。' : '已读取的数据不保留，不会发起注册；需要时可以重新上传。'
          }
          okText={undoing ? '停止撤回' : '取消处理'}
          cancelText={undoing ? '继续撤回' : '继续处理'}
          onConfirm={() => void onCancel()}
        >
          <Button size="small">{undoing ? '停止撤回' : '取消'}</Button>
        </Popconfirm>
      ) : null}
    </section>
  )
}

/** What is being done, with its count. */
function said({ phase, totalRows, validRows }: ImportBatchRow): string {
  if (phase === 'undoing') return `正在撤回 ${formatCount(validRows)} 名学生的注册申请：全部撤回，或者一名也不撤回。`
  return totalRows > 0 ? `已读取 ${formatCount(totalRows)} 行。` : ''
}
