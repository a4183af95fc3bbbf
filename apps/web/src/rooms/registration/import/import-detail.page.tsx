import { Button, Skeleton } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useParams } from 'react-router'
import { ErrorView } from '../../../shared/error-view.tsx'
import { PageFrame } from '../../../shared/page-frame.tsx'
import { useHasRole } from '../../../shared/session.tsx'
import { useTabs, useTabTitle } from '../../../shared/tabs.tsx'
import '../registration.css'
import { BatchActions } from './batch-actions.tsx'
import { BatchOutcome } from './batch-outcome.tsx'
import { BatchRecord } from './batch-record.tsx'
import { ChangeSet } from './change/change-set.tsx'
import { hasRows, useImportDetail, useImportNews } from './import.queries.ts'
import { IssuesPanel } from './issues-panel.tsx'
import { useBatchCommands } from './use-batch-commands.ts'

const LIST = 'registration/import'

/** One uploaded file (menu §2.3 明细页): its progress, its rows to be corrected and submitted, and what became of them. */
export function ImportDetailPage() {
  const id = useParams().id ?? ''
  const tabs = useTabs()
  const mayFile = useHasRole('schoolRegistrar', 'newcomerClerk')
  const { data: latest, error, refetch } = useImportDetail(id)
  // Drawn in slices: when a file has been read, half of the page changes at once, and nobody's typing may wait for that.
  const data = useDeferredValue(latest)
  const commands = useBatchCommands(data?.batch)
  const [unsaved, setUnsaved] = useState(false)
  useTabTitle(data?.batch.fileName)
  useImportNews()
  const back = (): void => {
    tabs.close(`${LIST}/${id}`)
    if (mayFile) tabs.open(LIST)
  }
  const replace = (next: string): void => {
    tabs.open(`${LIST}/${next}`)
    tabs.close(`${LIST}/${id}`)
  }
  const search = (status?: string): void =>
    tabs.open(`registration/search?importBatchId=${id}${status ? `&status=${status}` : ''}`)
  return (
    <PageFrame
      title={
        <>
          小学新生注册·导入明细 <span className="xj-reg-file-name">{data?.batch.fileName}</span>
        </>
      }
      extra={
        <>
          {mayFile && data ? (
            <BatchActions batch={data.batch} commands={commands} onReplaced={replace} onRemoved={back} />
          ) : null}
          <Button onClick={back}>返回</Button>
        </>
      }
    >
      {error ? (
        <ErrorView error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <div className="xj-reg-scroll xj-reg-detail">
          <BatchRecord batch={data.batch} />
          <BatchOutcome
            detail={data}
            mayFile={mayFile}
            unsaved={unsaved}
            commands={commands}
            onBack={back}
            onSearch={search}
          />
          {hasRows(data.batch) && mayFile ? <ChangeSet detail={data} onUnsaved={setUnsaved} /> : null}
          {hasRows(data.batch) && !mayFile ? <IssuesPanel detail={data} /> : null}
        </div>
      ) : (
        <Skeleton active paragraph={{ rows: 10 }} />
      )}
    </PageFrame>
  )
}
