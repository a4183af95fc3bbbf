import type { ImportDetail } from '@xueji/contracts/pipeline/import.api'
import { Alert } from 'antd'
import { maySubmitClean } from './clean-rows.ts'
import { CleanRowsPanel } from './clean-rows-panel.tsx'
import { FiledPanel } from './filed-panel.tsx'
import { isOpen } from './import.queries.ts'
import { ReadyPanel } from './ready-panel.tsx'
import { RefusedPanel } from './refused-panel.tsx'
import { RunningPanel } from './running-panel.tsx'
import type { useBatchCommands } from './use-batch-commands.ts'

/** What a file has come to, and the one thing to do next: wait, call off, take another, submit, or look where its children stand. */
export function BatchOutcome({
  detail,
  mayFile,
  unsaved,
  commands,
  onBack,
  onSearch,
}: {
  detail: ImportDetail
  mayFile: boolean
  unsaved: boolean
  commands: ReturnType<typeof useBatchCommands>
  onBack: () => void
  onSearch: (status?: string) => void
}) {
  const { batch } = detail
  const { cancel, submit, submitClean, busy } = commands
  if (isOpen(batch)) return <RunningPanel batch={batch} onCancel={mayFile ? cancel : undefined} />
  if (batch.status === 'succeeded') return <FiledPanel batch={batch} onSearch={onSearch} />
  if (batch.failure) return <RefusedPanel batch={batch} onBack={onBack} />
  if (batch.status === 'cancelled') return <Alert type="info" showIcon title="已取消处理，没有导入任何数据" />
  if (batch.status === 'ready')
    return <ReadyPanel batch={batch} unsaved={unsaved} busy={busy} onSubmit={mayFile ? submit : undefined} />
  if (mayFile && maySubmitClean(detail))
    return <CleanRowsPanel batch={batch} unsaved={unsaved} busy={busy} onSubmit={submitClean} />
  return null
}
