import type { ItemRow } from '@xueji/contracts/pipeline/review.api'
import { Skeleton, Tabs } from 'antd'
import type { KeyboardEvent } from 'react'
import { ErrorView } from '../../../shared/error-view.tsx'
import { EvidenceGallery } from '../../../shared/evidence/evidence-gallery.tsx'
import { ReviewTimeline } from '../../../shared/timeline.tsx'
import { ItemAlerts } from '../items/item-alerts.tsx'
import { ItemFacts } from '../items/item-facts.tsx'
import { ItemValues } from '../items/item-values.tsx'
import { useItemDetail } from '../registration.queries.ts'
import { ReviewDecisionForm } from './review-decision-form.tsx'
import type { ReviewOutcome, ReviewQueue } from './review-queue.ts'
import { useDecision } from './use-decision.ts'

/** One student of the sequence: what is registered on the left, the decision always at the same place on the right. */
export function ReviewOne({
  row,
  queue,
  onSettled,
  onClose,
}: {
  row: ItemRow
  queue: ReviewQueue
  onSettled: (outcome: ReviewOutcome) => void
  onClose: () => void
}) {
  const { data, error, refetch } = useItemDetail(row.id)
  const decision = useDecision(data?.item, onSettled)
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.nativeEvent.isComposing) return
    const typing = event.target instanceof HTMLTextAreaElement && event.target.value !== ''
    // A Mac has ⌘ where others have Ctrl, and Alt+N writes a sign there: the key counts, not the letter.
    if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') decision.approve()
    else if (event.altKey && event.code === 'KeyN') decision.refuse()
    else if (event.key === 'ArrowRight' && !typing && !isTab(event.target)) decision.skip()
    else return
    event.preventDefault()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys of the buttons inside, heard wherever the focus is in the dialog
    <div className="xj-reg-review" tabIndex={-1} onKeyDown={onKeyDown}>
      <div className="xj-reg-review-facts">
        {error ? (
          <ErrorView error={error} onRetry={() => void refetch()} />
        ) : data ? (
          <div className="xj-reg-stack">
            <ItemAlerts detail={data} />
            <ItemFacts detail={data} />
            <Tabs
              size="small"
              items={[
                {
                  key: 'values',
                  label: '全部信息',
                  children: <ItemValues category={data.item.category} values={data.values} />,
                },
                { key: 'evidence', label: '证明材料', children: <EvidenceGallery itemId={data.item.id} /> },
                { key: 'timeline', label: '审核过程', children: <ReviewTimeline entries={data.timeline} /> },
              ]}
            />
          </div>
        ) : (
          <Skeleton active paragraph={{ rows: 14 }} />
        )}
      </div>
      <ReviewDecisionForm decision={decision} queue={queue} ready={data !== undefined} onClose={onClose} />
    </div>
  )
}

// In a row of tabs the arrow keys belong to the tabs.
const isTab = (target: EventTarget): boolean => target instanceof HTMLElement && target.closest('[role=tab]') !== null
