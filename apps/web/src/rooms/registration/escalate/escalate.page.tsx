import { PageFrame } from '../../../shared/page-frame.tsx'
import { useSession } from '../../../shared/session.tsx'
import '../registration.css'
import { EscalateList } from './escalate-list.tsx'

/** 小学新生注册上报 (menu §2.5, REG-027): what the school's leader has approved goes to the authority. */
export function NewcomerEscalatePage() {
  return (
    <PageFrame title="小学新生注册上报">
      <EscalateList schoolName={useSession().organization.name} />
    </PageFrame>
  )
}
