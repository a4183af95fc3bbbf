import { useQuery } from '@tanstack/react-query'
import type { SupplementForm as Form } from '@xueji/contracts/rooms/preschool/preschool.api'
import type { RegistrationCategory } from '@xueji/domain/rooms/registration/registration.review'
import { Skeleton } from 'antd'
import { useParams } from 'react-router'
import { apiGet } from '../../../shared/api-client.ts'
import { ErrorView } from '../../../shared/error-view.tsx'
import { PageFrame } from '../../../shared/page-frame.tsx'
import { useTabs, useTabTitle } from '../../../shared/tabs.tsx'
import { useFacts } from '../form/use-facts.ts'
import '../registration.css'
import { SupplementForm } from './supplement-form.tsx'
import { supplementPath } from './supplement-path.ts'

/** 学籍信息补录 of one child (menu §2.2): what its archive says stands there already, the five fields are fixed, 保存 begins the registration. */
export function SupplementPage() {
  const id = useParams().id ?? ''
  const tabs = useTabs()
  // Read when shown, and not again with every glance at a paper: each reading is noted, and would take the place of what was typed.
  const { data, error, refetch } = useQuery({
    queryKey: ['registration', 'supplement', id],
    queryFn: ({ signal }) => apiGet<Form>(supplementPath(id), {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  useTabTitle(data ? `补录·${data.line.name}` : undefined)
  const back = (): void => tabs.open('preschool/supplement')
  const leave = (): void => {
    tabs.close(`registration/supplement/${id}`)
    back()
  }
  if (error || !data)
    return (
      <PageFrame title="学籍信息补录">
        {error ? (
          <ErrorView error={error} onRetry={() => void refetch()} />
        ) : (
          <Skeleton active paragraph={{ rows: 14 }} />
        )}
      </PageFrame>
    )
  return <KnownChild key={data.line.version} known={data} onBack={back} onLeave={leave} />
}

function KnownChild({ known, ...ways }: { known: Form; onBack: () => void; onLeave: () => void }) {
  const category = known.category as RegistrationCategory
  const { facts, error } = useFacts(category)
  // The form begins when the school is known: then every rule can be told while one types.
  if (facts) return <SupplementForm known={known} category={category} facts={facts} {...ways} />
  return (
    <PageFrame title="学籍信息补录">
      {error ? <ErrorView error={error} /> : <Skeleton active paragraph={{ rows: 14 }} />}
    </PageFrame>
  )
}
