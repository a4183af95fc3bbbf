import { Skeleton } from 'antd'
import { useParams } from 'react-router'
import { ErrorView } from '../../../shared/error-view.tsx'
import { PageFrame } from '../../../shared/page-frame.tsx'
import { useTabs, useTabTitle } from '../../../shared/tabs.tsx'
import { useItemDetail } from '../registration.queries.ts'
import '../registration.css'
import { CorrectionForm } from './correction-form.tsx'
import { NotReturned } from './not-returned.tsx'

/** One student that came back, or ended as a duplicate, corrected column by column and filed again (REG-022, flows §3.1 D7/D8). */
export function CorrectionPage() {
  const id = useParams().id ?? ''
  const tabs = useTabs()
  const { data, error, refetch } = useItemDetail(id)
  useTabTitle(data ? `修改·${data.item.studentName}` : undefined)
  const back = (): void => tabs.open('registration/returned')
  const leave = (): void => {
    tabs.close(`registration/returned/${id}`)
    back()
  }
  if (error || !data)
    return (
      <PageFrame title="修改退回信息">
        {error ? (
          <ErrorView error={error} onRetry={() => void refetch()} />
        ) : (
          <Skeleton active paragraph={{ rows: 14 }} />
        )}
      </PageFrame>
    )
  if (!data.item.commands.includes('resubmit')) return <NotReturned detail={data} onBack={leave} />
  // A new version means that somebody else filed or changed it: the form starts anew from what holds now.
  return <CorrectionForm key={data.item.version} detail={data} onBack={back} onLeave={leave} />
}
