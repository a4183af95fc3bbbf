import { Button, Modal } from 'antd'
import type { ComponentType, ReactNode } from 'react'
import type { BatchTarget } from './batch-targets.ts'

/** What a batch dialog asks about. */
export type BatchQuestion = { readonly title: string; readonly target: BatchTarget }

/** What the inside of a batch dialog is given: the question, and where its answer goes. */
export type BatchQuestionProps = {
  readonly question: BatchQuestion
  readonly onStarted: (ids: readonly string[]) => void
  readonly onClose: () => void
}

/** A batch dialog; without a question it is closed. */
export type BatchDialogProps = Omit<BatchQuestionProps, 'question'> & { readonly question: BatchQuestion | undefined }

/** The frame of the dialogs that ask before many students are decided about at once; what is inside begins anew with every question. */
export function BatchDialog({
  question,
  width,
  inside: Inside,
  ...answers
}: BatchDialogProps & { width: number; inside: ComponentType<BatchQuestionProps> }) {
  return (
    <Modal
      open={question !== undefined}
      title={question?.title}
      width={width}
      footer={null}
      onCancel={answers.onClose}
      destroyOnHidden
    >
      {question ? <Inside question={question} {...answers} /> : null}
    </Modal>
  )
}

/** The buttons at its foot: the decisions, and leaving without one. */
export const BatchDialogActions = ({ children, onClose }: { children: ReactNode; onClose: () => void }) => (
  <div className="xj-reg-dialog-actions">
    {children}
    <Button onClick={onClose}>关闭</Button>
  </div>
)
