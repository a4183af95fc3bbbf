import { Button, Spin } from 'antd'
import { useSession } from '../../../shared/session.tsx'
import { formatCount } from '../../../shared/time.ts'
import {
  BatchDialog,
  BatchDialogActions,
  type BatchDialogProps,
  type BatchQuestionProps,
} from '../batch/batch-dialog.tsx'
import { requestsFor, useTargetCount } from '../batch/batch-targets.ts'
import { useBatchStart } from '../batch/use-batch-start.ts'

/** Says how many students go to the authority before they go. */
export const EscalateDialog = (props: BatchDialogProps) => <BatchDialog {...props} width={460} inside={Question} />

function Question({ question, onStarted, onClose }: BatchQuestionProps) {
  const { trail } = useSession()
  const count = useTargetCount('escalate', question.target)
  const batch = useBatchStart(onStarted)
  const authority = trail.at(-2) ?? '主管教育部门'
  const start = (): void => void batch.start('escalate', requestsFor(question.target, '', false))
  return (
    <div className="xj-reg-stack">
      <div>
        将 {count.ready ? <b className="xj-number">{formatCount(count.total, count.capped)}</b> : <Spin size="small" />}{' '}
        名学生上报到{authority}。上报后由主管教育部门审核，学校不能再修改。
      </div>
      <BatchDialogActions onClose={onClose}>
        <Button
          type="primary"
          autoFocus
          loading={batch.busy}
          disabled={!count.ready || count.total === 0}
          onClick={start}
        >
          上报
        </Button>
      </BatchDialogActions>
    </div>
  )
}
