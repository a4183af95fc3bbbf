import { GROUP_WORDS } from '@xueji/contracts/pipeline/item-words'
import { PageFrame } from '../../../shared/page-frame.tsx'
import { useSession } from '../../../shared/session.tsx'
import type { EntryGroup } from '../registration.queries.ts'
import '../registration.css'
import { EscalateList } from './escalate-list.tsx'

/** 小学新生注册上报 (menu §2.5, REG-027). */
export const NewcomerEscalatePage = () => <EscalatePage group="newcomer" />

/** 非小学新生注册上报 (menu §2.5, REG-027). */
export const OtherEscalatePage = () => <EscalatePage group="other" />

/** What the school's leader has approved goes to the authority. */
function EscalatePage({ group }: { group: EntryGroup }) {
  return (
    <PageFrame title={`${GROUP_WORDS[group]}上报`}>
      <EscalateList group={group} schoolName={useSession().organization.name} />
    </PageFrame>
  )
}
