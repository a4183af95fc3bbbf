import { Skeleton } from 'antd'
import { lazy, type ReactNode, Suspense } from 'react'
import { ErrorView } from '../../shared/error-view.tsx'
import { PageFrame } from '../../shared/page-frame.tsx'
import { useSession } from '../../shared/session.tsx'
import { useHome } from './home.queries.ts'
import { QueuePanel } from './queue-panel.tsx'
import { RecentBatches, RecentImports, RecentResults } from './recent-panels.tsx'
import { RegisterReminderLine } from './register-reminder.tsx'
import { weekdayOf } from './weekday.ts'
import './home.css'

const ProgressChart = lazy(async () => ({ default: (await import('./progress-chart.tsx')).ProgressChart }))

/** The work queue: what awaits me, how many, how long the oldest has waited; recent imports and results; where this year's newcomers stand. */
export function HomePage() {
  const { today, schoolYear, organization } = useSession()
  const { data, error, isPending, refetch } = useHome()
  const isSchool = organization.level === 'school'
  const date = (
    <span className="xj-muted xj-number">
      {today} {weekdayOf(today)}
    </span>
  )
  return (
    <PageFrame title="首页" extra={date}>
      <RegisterReminderLine />
      {error && !data ? <ErrorView error={error} onRetry={() => void refetch()} /> : null}
      {isPending ? <Skeleton active paragraph={{ rows: 10 }} /> : null}
      {data ? (
        <div className="xj-home">
          <Panel title="待办事项">
            <QueuePanel lines={data.queue} />
          </Panel>
          {data.progress.length > 0 ? (
            <Panel title={`${schoolYear} 年新生注册进度`}>
              <Suspense fallback={<div className="xj-home-chart" />}>
                <ProgressChart progress={data.progress} />
              </Suspense>
            </Panel>
          ) : null}
          {isSchool ? (
            <>
              <Panel title="最近导入">
                <RecentImports imports={data.imports} />
              </Panel>
              <Panel title="最近办结">
                <RecentResults results={data.results} />
              </Panel>
            </>
          ) : (
            <Panel title="最近批量审核">
              <RecentBatches batches={data.batches} />
            </Panel>
          )}
        </div>
      ) : null}
    </PageFrame>
  )
}

function Panel({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="xj-home-panel">
      <h2>{title}</h2>
      {children}
    </section>
  )
}
