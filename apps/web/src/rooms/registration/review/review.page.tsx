import { PageFrame } from '../../../shared/page-frame.tsx'
import { useSession } from '../../../shared/session.tsx'
import '../registration.css'
import { ReviewList } from './review-list.tsx'
import { SchoolSummary } from './school-summary.tsx'

/** 小学新生注册审核 (menu §2.4): a school leader sees the own students at once, a bureau its schools first. */
export function NewcomerReviewPage() {
  const { organization } = useSession()
  return (
    <PageFrame title="小学新生注册审核">
      {organization.level === 'school' ? (
        <ReviewList title="小学新生注册" schoolName={organization.name} />
      ) : (
        <SchoolSummary />
      )}
    </PageFrame>
  )
}
