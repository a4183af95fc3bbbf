import { Alert, App, Button, Checkbox, Form } from 'antd'
import { useState } from 'react'
import { ReviewDialogFields } from '../../../shared/review-dialog-fields.tsx'
import { formatCount } from '../../../shared/time.ts'
import { BatchDialog, BatchDialogActions, type BatchDialogProps, type BatchQuestionProps } from './batch-dialog.tsx'
import { requestsFor, useTargetCount } from './batch-targets.ts'
import { TargetList } from './target-list.tsx'
import { useBatchStart } from './use-batch-start.ts'

/**
 * 全部审核 (menu §2.4, REG-026) and the decision on a selection: who is concerned is counted beforehand, then one button decides for all. Students
 * without a verified identity can be left out, so that the clear cases go through in one action and the others are looked at.
 */
export const BatchReviewDialog = (props: BatchDialogProps) => <BatchDialog {...props} width={640} inside={Question} />

function Question({ question, onStarted, onClose }: BatchQuestionProps) {
  const { modal } = App.useApp()
  const [form] = Form.useForm<{ opinion?: string }>()
  const [verifiedOnly, setVerifiedOnly] = useState(false)
  const count = useTargetCount('review', question.target)
  const batch = useBatchStart(onStarted)
  const concerned = count.total - (verifiedOnly ? count.unverified : 0)

  const start = (command: 'approve' | 'refuse'): void => {
    const opinion = (form.getFieldValue('opinion') ?? '').trim()
    void batch.start(command, requestsFor(question.target, opinion, verifiedOnly))
  }
  const refuse = async (): Promise<void> => {
    const opinion: string = form.getFieldValue('opinion') ?? ''
    if (opinion.trim() === '') {
      form.setFields([{ name: 'opinion', errors: ['审核不通过时必须填写审核意见'] }])
      form.focusField('opinion')
      return
    }
    const sure = await modal.confirm({
      title: `将 ${formatCount(concerned)} 名学生全部退回学校？`,
      content: '退回后须由学校逐名修改并重新提交。',
      okText: '全部审核不通过',
      okButtonProps: { danger: true },
    })
    if (sure) start('refuse')
  }
  return (
    <Form form={form} layout="vertical" className="xj-reg-stack">
      <TargetList count={count} concerned={concerned} label={question.target.label} />
      {count.unverified > 0 ? (
        <Alert
          type="warning"
          showIcon
          title={`其中 ${formatCount(count.unverified)} 名身份认证不通过，审核通过后将分配临时学籍号并生成问题学籍`}
          description={
            <Checkbox checked={verifiedOnly} onChange={(event) => setVerifiedOnly(event.target.checked)}>
              这 {formatCount(count.unverified)} 名暂不处理，留待逐个审核
            </Checkbox>
          }
        />
      ) : null}
      <ReviewDialogFields opinionLabel="审核补充意见" />
      <BatchDialogActions onClose={onClose}>
        <Button
          type="primary"
          loading={batch.busy}
          disabled={!count.ready || concerned === 0}
          onClick={() => start('approve')}
        >
          全部审核通过
        </Button>
        <Button danger disabled={!count.ready || concerned === 0 || batch.busy} onClick={() => void refuse()}>
          全部审核不通过
        </Button>
      </BatchDialogActions>
    </Form>
  )
}
