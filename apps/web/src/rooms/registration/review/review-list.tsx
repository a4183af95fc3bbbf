import { useQueryClient } from '@tanstack/react-query'
import type { ItemFilter, ItemRow } from '@xueji/contracts/pipeline/review.api'
import { Button } from 'antd'
import { useState } from 'react'
import { codeText } from '../../../shared/code-text.ts'
import { BatchCenter, type ShownBatches } from '../batch/batch-center.tsx'
import type { BatchQuestion } from '../batch/batch-dialog.tsx'
import { BatchReviewDialog } from '../batch/batch-review-dialog.tsx'
import { refreshLists } from '../batch/batches.ts'
import { WaitingList } from '../items/waiting-list.tsx'
import type { EntryGroup } from '../registration.queries.ts'
import { ReviewDialog } from './review-dialog.tsx'
import { whyNotReviewable } from './review-queue.ts'

const NONE: ReadonlyMap<string, ItemRow> = new Map()

/** The detail list of one school (menu §2.4): 审核 one after another, 审核通过选中, 全部审核 of the conditions in force. */
export function ReviewList({
  group,
  title,
  schoolName,
  fixed,
  onClose,
}: {
  group: EntryGroup
  title: string
  schoolName: string
  fixed?: ItemFilter
  onClose?: () => void
}) {
  const client = useQueryClient()
  const [selected, setSelected] = useState(NONE)
  const [reviewed, setReviewed] = useState<readonly ItemRow[]>()
  const [question, setQuestion] = useState<BatchQuestion>()
  const [batches, setBatches] = useState<ShownBatches>()

  const closeReview = (settled: readonly string[]): void => {
    setReviewed(undefined)
    if (settled.length === 0) return
    setSelected((before) => new Map([...before].filter(([id]) => !settled.includes(id))))
    refreshLists(client)
  }
  const started = (ids: readonly string[]): void => {
    setQuestion(undefined)
    setSelected(NONE)
    setBatches(ids)
  }
  return (
    <div className="xj-reg-fill">
      <BatchCenter shown={batches} onShow={setBatches} />
      <WaitingList
        view="review"
        group={group}
        schoolName={schoolName}
        {...(fixed ? { fixed } : {})}
        whyNot={whyNotReviewable}
        selected={selected}
        onSelect={setSelected}
        actions={{
          toolbar: (filter) => (
            <>
              <Button
                type="primary"
                disabled={selected.size === 0}
                title={selected.size === 0 ? '请先勾选学生' : undefined}
                onClick={() => setReviewed([...selected.values()])}
              >
                审核
              </Button>
              <Button
                onClick={() =>
                  setQuestion({
                    title: `${filter.category ? codeText('REGCAT', filter.category) : title}-全部审核`,
                    target: { label: schoolName, filter },
                  })
                }
              >
                全部审核
              </Button>
              <Button type="text" onClick={() => setBatches('recent')}>
                批量办理记录
              </Button>
              {onClose ? <Button onClick={onClose}>关闭</Button> : null}
            </>
          ),
          batchBar: (chosen) => (
            <Button
              size="small"
              onClick={() =>
                setQuestion({ title: `${title}-审核选中`, target: { label: schoolName, ids: [...chosen.keys()] } })
              }
            >
              审核通过选中 {chosen.size} 名
            </Button>
          ),
        }}
      />
      <ReviewDialog title={`${title}-审核`} rows={reviewed} onClose={closeReview} />
      <BatchReviewDialog question={question} onStarted={started} onClose={() => setQuestion(undefined)} />
    </div>
  )
}
