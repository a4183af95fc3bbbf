import { GROUP_WORDS } from '@xueji/contracts/pipeline/item-words'
import { PageFrame } from '../../../shared/page-frame.tsx'
import { useSession } from '../../../shared/session.tsx'
import type { EntryGroup } from '../registration.queries.ts'
import '../registration.css'
import { ReviewList } from './review-list.tsx'
import { SchoolSummary } from './school-summary.tsx'

/** 小学新生注册审核 (menu §2.4). */
export const NewcomerReviewPage = () => <ReviewPage group="newcomer" />

/** 非小学新生注册审核 (menu §2.4). */
export const OtherReviewPage = () => <ReviewPage group="other" />

/** A school leader sees the own students at once, a bureau its schools first. */
function ReviewPage({ group }: { group: EntryGroup }) {
  const { organization } = useSession()
  const title = GROUP_WORDS[group]
  return (
    <PageFrame title={`${title}审核`}>
      {organization.level === 'school' ? (
        <ReviewList group={group} title={title} schoolName={organization.name} />
      ) : (
        <SchoolSummary group={group} />
      )}
    </PageFrame>
  )
}
