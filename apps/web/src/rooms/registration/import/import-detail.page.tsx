import { useQueryClient } from '@tanstack/react-query'
import { Button, Popconfirm, Skeleton } from 'antd'
import { useParams } from 'react-router'
import { ErrorView } from '../../../shared/error-view.tsx'
import { useNotice } from '../../../shared/notice.ts'
import { PageFrame } from '../../../shared/page-frame.tsx'
import { useHasRole } from '../../../shared/session.tsx'
import { useTabs, useTabTitle } from '../../../shared/tabs.tsx'
import { KEYS } from '../registration.queries.ts'
import '../registration.css'
import { BatchRecord } from './batch-record.tsx'
import { isFailed } from './batch-status.tsx'
import { FiledPanel } from './filed-panel.tsx'
import { isOpen, removeImport, useImportDetail, useImportNews } from './import.queries.ts'
import { IssuesPanel } from './issues-panel.tsx'
import { RefusedPanel } from './refused-panel.tsx'
import { RunningPanel } from './running-panel.tsx'

const LIST = 'registration/import'

/** One uploaded file (menu §2.3 明细页): its progress, or what came of it, or every issue that kept it out. */
export function ImportDetailPage() {
  const id = useParams().id ?? ''
  const tabs = useTabs()
  const notice = useNotice()
  const client = useQueryClient()
  const mayFile = useHasRole('schoolRegistrar', 'newcomerClerk')
  const { data, error, refetch } = useImportDetail(id)
  useTabTitle(data?.batch.fileName)
  useImportNews()
  const back = (): void => {
    tabs.close(`${LIST}/${id}`)
    if (mayFile) tabs.open(LIST)
  }
  const remove = async (): Promise<void> => {
    try {
      await removeImport(id)
      notice.success('上传记录已删除')
      void client.invalidateQueries({ queryKey: KEYS.imports })
      back()
    } catch (failure) {
      notice.error(failure)
    }
  }
  return (
    <PageFrame
      title="小学新生注册·导入明细"
      extra={
        <>
          {mayFile && data && isFailed(data.batch) ? (
            <Popconfirm
              title="删除这条上传记录？"
              description="文件中的学生数据一并清除，只留审计痕迹。"
              okText="删除"
              onConfirm={remove}
            >
              <Button danger>删除记录</Button>
            </Popconfirm>
          ) : null}
          <Button onClick={back}>返回</Button>
        </>
      }
    >
      {error ? (
        <ErrorView error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <div className="xj-reg-scroll">
          <BatchRecord batch={data.batch} />
          {isOpen(data.batch) ? <RunningPanel batch={data.batch} /> : null}
          {data.batch.failure ? <RefusedPanel batch={data.batch} onBack={back} /> : null}
          {data.batch.status === 'succeeded' ? (
            <FiledPanel
              batch={data.batch}
              onSearch={(status) =>
                tabs.open(`registration/search?importBatchId=${id}${status ? `&status=${status}` : ''}`)
              }
            />
          ) : null}
          {isOpen(data.batch) ? null : <IssuesPanel detail={data} />}
        </div>
      ) : (
        <Skeleton active paragraph={{ rows: 10 }} />
      )}
    </PageFrame>
  )
}
