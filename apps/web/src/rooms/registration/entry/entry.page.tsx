import { findTemplate } from '@xueji/contracts/rooms/registration/registration.template'
import { REGISTRATION_ENTRIES, type RegistrationCategory } from '@xueji/domain/rooms/registration/registration.review'
import { Button, Skeleton } from 'antd'
import { useParams } from 'react-router'
import { ErrorView } from '../../../shared/error-view.tsx'
import { PageFrame } from '../../../shared/page-frame.tsx'
import { useTabs, useTabTitle } from '../../../shared/tabs.tsx'
import { useFacts } from '../form/use-facts.ts'
import '../registration.css'
import { EntryForm } from './entry-form.tsx'

/** 录入 (menu §2.3): one child by a form, at an entry that admits it (REG-002, REG-003). */
export function EntryPage() {
  const category = useParams().category ?? ''
  const known = findTemplate(category) && REGISTRATION_ENTRIES[category as RegistrationCategory].fileable
  return known ? <OpenEntry category={category as RegistrationCategory} /> : <NoForm />
}

function OpenEntry({ category }: { category: RegistrationCategory }) {
  const { name, newcomer } = REGISTRATION_ENTRIES[category]
  const tabs = useTabs()
  const { facts, error } = useFacts(category)
  const list = newcomer ? 'registration/import' : 'registration/other/import'
  const leave = (): void => {
    tabs.open(list)
    tabs.close(`registration/entry/${category}`)
  }
  useTabTitle(`录入·${name.replace('注册', '')}`)
  // The form begins when the school is known: then every rule can be told while one types.
  if (facts) return <EntryForm category={category} facts={facts} onLeave={leave} />
  return (
    <PageFrame title={name} extra={<Button onClick={leave}>返回</Button>}>
      {error ? <ErrorView error={error} /> : <Skeleton active paragraph={{ rows: 12 }} />}
    </PageFrame>
  )
}

function NoForm() {
  const tabs = useTabs()
  return (
    <PageFrame title="录入" extra={<Button onClick={() => tabs.open('registration/import')}>返回</Button>}>
      <p className="xj-reg-note">该注册类别只能批量导入，不能单个录入。</p>
    </PageFrame>
  )
}
