import type { ImportBatchRow } from '@xueji/contracts/pipeline/import.api'
import { Button, Popconfirm } from 'antd'
import { formatCount } from '../../../shared/time.ts'
import { MarkedFileButton } from './marked-file-button.tsx'
import { ReplaceButton } from './replace-button.tsx'
import type { useBatchCommands } from './use-batch-commands.ts'

/** True for a batch that is neither under way nor filed: it may be replaced and removed. */
const isIdle = ({ status }: ImportBatchRow): boolean => ['failed', 'ready', 'cancelled'].includes(status)

/** What can be done with a whole file, at the head of its page: taking the registrations back, uploading it anew, removing its record. */
export function BatchActions({
  batch,
  commands,
  onReplaced,
  onRemoved,
}: {
  batch: ImportBatchRow
  commands: ReturnType<typeof useBatchCommands>
  onReplaced: (batchId: string) => void
  onRemoved: () => void
}) {
  return (
    <>
      {batch.mayUndo ? (
        <Popconfirm
          title={`撤回这 ${formatCount(batch.validRows)} 名学生的注册申请？`}
          description="申请全部撤回，名单回到提交以前，可以继续修改后再提交。任何一名学生被审核以后就不能再撤回。"
          okText="撤回"
          onConfirm={() => void commands.undo()}
        >
          <Button loading={commands.busy}>撤回</Button>
        </Popconfirm>
      ) : null}
      {isIdle(batch) ? (
        <>
          {batch.status === 'failed' && batch.invalidRows > 0 ? <MarkedFileButton batchId={batch.id} /> : null}
          <ReplaceButton batch={batch} onReplaced={onReplaced} />
          <Popconfirm
            title="删除这条上传记录？"
            description="文件中的学生数据一并清除，只留审计痕迹。"
            okText="删除"
            onConfirm={async () => {
              if (await commands.remove()) onRemoved()
            }}
          >
            <Button danger>删除记录</Button>
          </Popconfirm>
        </>
      ) : null}
    </>
  )
}
