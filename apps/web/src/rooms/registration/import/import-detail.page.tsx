import { GROUP_WORDS } from '@xueji/contracts/pipeline/item-words'
import { Button, Skeleton } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useParams } from 'react-router'
import { ErrorView } from '../../../shared/error-view.tsx'
import { PageFrame } from '../../../shared/page-frame.tsx'
import { useHasRole } from '../../../shared/session.tsx'
import { useTabs, useTabTitle } from '../../../shared/tabs.tsx'
import { useEntries } from '../registration.queries.ts'
import '../registration.css'
import { BatchActions } from './batch-actions.tsx'
import { BatchOutcome } from './batch-outcome.tsx'
import { BatchRecord } from './batch-record.tsx'
import { ChangeSet } from './change/change-set.tsx'
import { hasRows, useImportDetail, useImportNews } from './import.queries.ts'
import { IssuesPanel } from './issues-panel.tsx'
import { useBatchCommands } from './use-batch-commands.ts'

const BATCH = 'registration/import'
const LISTS = { newcomer: 'registration/import', other: 'registration/other/import' } as const

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
  const entries = useEntries().data
  const group = entries?.find((entry) => entry.category === data?.batch.category)?.group ?? 'newcomer'
  const back = (): void => {
    tabs.close(`${BATCH}/${id}`)
    if (mayFile) tabs.open(LISTS[group])
  }
  const replace = (next: string): void => {
    tabs.open(`${BATCH}/${next}`)
    tabs.close(`${BATCH}/${id}`)
  }
  const search = (status?: string): void =>
    tabs.open(`registration/search?importBatchId=${id}${status ? `&status=${status}` : ''}`)
  return (
    <PageFrame
      title={
        <>
          {GROUP_WORDS[group]}·导入明细 <span className="xj-reg-file-name">{data?.batch.fileName}</span>
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
