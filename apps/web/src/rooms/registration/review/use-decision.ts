import { refusalMessage } from '@xueji/contracts/issues/refusals'
import type { ItemRow } from '@xueji/contracts/pipeline/review.api'
import { Form, type FormInstance } from 'antd'
import { useRef, useState } from 'react'
import { ApiError } from '../../../shared/api-client.ts'
import { useNotice } from '../../../shared/notice.ts'
import { sendCommand } from '../registration.queries.ts'
import { type ReviewOutcome, whyNotReviewable } from './review-queue.ts'

/** The decision on the student shown, as buttons and keys give it. */
export type Decision = {
  readonly form: FormInstance<{ opinion?: string }>
  readonly busy: boolean
  /** Why no decision is possible, as when another has decided; undefined when one is. */
  readonly whyNot: string | undefined
  /** Why approving is out of the question; undefined when it is not. */
  readonly whyNotApprove: string | undefined
  readonly approve: () => void
  readonly refuse: () => void
  readonly skip: () => void
}

// The item went another way while it was looked at: noted, and on to the next.
const GONE: ReadonlySet<string> = new Set([
  'review.alreadyDecided',
  'review.notYourStep',
  'review.duplicate',
  'review.checkPending',
  'notFound',
])

/** Sends one decision at a time; what cannot be done any more is settled with the server's reason, what failed stays on screen. */
export function useDecision(item: ItemRow | undefined, onSettled: (outcome: ReviewOutcome) => void): Decision {
  const [form] = Form.useForm<{ opinion?: string }>()
  const [busy, setBusy] = useState(false)
  // State is a render late: a second Ctrl+Enter within it must not send twice.
  const sending = useRef(false)
  const notice = useNotice()
  const whyNot = item && whyNotReviewable(item)
  const whyNotApprove =
    whyNot ?? (item && !item.commands.includes('approve') ? refusalMessage('review.unverified') : undefined)

  const send = async (command: 'approve' | 'refuse', opinion: string): Promise<void> => {
    if (!item || sending.current) return
    sending.current = true
    setBusy(true)
    try {
      const answer = await sendCommand(item.id, { command, opinion, version: item.version })
      if (answer.notice) notice.warning(`${item.studentName}：${answer.notice}`)
      onSettled({ kind: command === 'approve' ? 'approved' : 'refused' })
    } catch (error) {
      if (error instanceof ApiError && GONE.has(error.id)) {
        notice.warning(`${item.studentName}：${error.message}`)
        onSettled({ kind: 'skipped', reason: error.message, gone: true })
      } else notice.error(error)
    } finally {
      sending.current = false
      setBusy(false)
    }
  }
  const opinionOf = (): string => (form.getFieldValue('opinion') ?? '').trim()
  return {
    form,
    busy,
    whyNot,
    whyNotApprove,
    approve: () => {
      if (whyNotApprove) notice.warning(whyNotApprove)
      else void send('approve', opinionOf())
    },
    refuse: () => {
      if (whyNot) return notice.warning(whyNot)
      if (opinionOf() !== '') return void send('refuse', opinionOf())
      form.setFields([{ name: 'opinion', errors: ['审核不通过时必须填写审核意见'] }])
      form.focusField('opinion')
    },
    skip: () => {
      if (!sending.current)
        onSettled(
          whyNot ? { kind: 'skipped', reason: whyNot, gone: true } : { kind: 'skipped', reason: '已跳过，未审核' },
        )
    },
  }
}
