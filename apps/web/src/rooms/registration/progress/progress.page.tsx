import { useQueryClient } from '@tanstack/react-query'
import { deadlineText } from '@xueji/contracts/rooms/registration/deadline-text'
import type { ProgressRow, ProgressView } from '@xueji/contracts/rooms/registration/progress.api'
import {
  ONLY_WORDS,
  PROGRESS_ORDERS,
  type ProgressFilter,
  progressRows,
  sumOf,
} from '@xueji/contracts/rooms/registration/progress-rows'
import { Button, Form, Input, Select } from 'antd'
import { useMemo, useState } from 'react'
import { apiGet } from '../../../shared/api-client.ts'
import { ListExport } from '../../../shared/export/list-export.tsx'
import { ListPage } from '../../../shared/list-page.tsx'
import { PageFrame } from '../../../shared/page-frame.tsx'
import { pageOfAll } from '../../../shared/page-of-all.ts'
import { formatCount } from '../../../shared/time.ts'
import { ROOM } from '../registration.queries.ts'
import '../registration.css'
import { progressColumns } from './progress.columns.tsx'

const REFRESH_MILLIS = 60_000
const EXPORT = {
  room: ROOM,
  list: 'progress',
  askers: ['countyRegistrar', 'cityRegistrar', 'provinceRegistrar'],
} as const

/** 注册进度: this school year's newcomers by organisation, down to the single school; what is behind stands first when one wishes (TIME-001, PRE-018). */
export function ProgressPage() {
  const client = useQueryClient()
  const [orgId, setOrgId] = useState<string>()
  const [view, setView] = useState<ProgressView>()
  const [filter, setFilter] = useState<ProgressFilter>({})
  const columns = useMemo(() => progressColumns((row) => setOrgId(row.orgId)), [])
  const read = async (): Promise<ProgressView> => {
    const fresh = await client.fetchQuery({
      queryKey: ['registration', 'progress', orgId ?? ''],
      queryFn: () => apiGet<ProgressView>(`${ROOM}/progress`, { orgId }),
      staleTime: 1_000,
    })
    setView(fresh)
    return fresh
  }
  const sum = sumOf(view?.rows ?? [])
  return (
    <PageFrame
      title="注册进度"
      extra={
        view ? <span className={view.deadline.overdue ? 'xj-tone-error' : 'xj-muted'}>{deadlineText(view)}</span> : null
      }
    >
      <ListPage<ProgressRow, ProgressFilter>
        key={orgId ?? ''}
        queryKey={['registration', 'progress-list', orgId ?? '']}
        load={async (args) => pageOfAll(progressRows((await read()).rows, args.filter), args)}
        columns={columns}
        rowKey={(row) => row.orgId}
        settingsKey="registration.progress"
        refetchMillis={REFRESH_MILLIS}
        onFilterChange={setFilter}
        onRowOpen={(row) => (row.level === 'school' ? undefined : setOrgId(row.orgId))}
        conditions={
          <>
            <Form.Item name="name" label="机构名称">
              <Input allowClear maxLength={100} />
            </Form.Item>
            <Form.Item name="only" label="只看">
              <Select
                allowClear
                placeholder="全部"
                options={Object.entries(ONLY_WORDS).map(([value, label]) => ({ value, label }))}
              />
            </Form.Item>
            <Form.Item name="order" label="排序">
              <Select allowClear placeholder="机构次序" options={[...PROGRESS_ORDERS]} />
            </Form.Item>
          </>
        }
        toolbar={
          view ? (
            <>
              <nav aria-label="所在机构" className="xj-reg-trail">
                {view.trail.map((one, at) =>
                  at === view.trail.length - 1 ? (
                    <strong key={one.id}>{one.name}</strong>
                  ) : (
                    <Button
                      key={one.id}
                      type="link"
                      size="small"
                      className="xj-reg-link"
                      onClick={() => setOrgId(one.id)}
                    >
                      {one.name}
                    </Button>
                  ),
                )}
              </nav>
              <ListExport source={EXPORT} conditions={{ own: { ...(orgId ? { orgId } : {}), ...filter } }} />
              <span className="xj-reg-sum">
                学校 <b className="xj-number">{formatCount(sum.schools)}</b> 所，已注册{' '}
                <b className="xj-number">{formatCount(sum.registered)}</b> 人，未完成{' '}
                <b className="xj-number">{formatCount(sum.unfinished)}</b> 人
                {sum.overdue > 0 ? (
                  <span className="xj-tone-error">
                    ，超期 {formatCount(sum.overdue)} 人（{formatCount(sum.overdueSchools)} 所学校）
                  </span>
                ) : null}
              </span>
            </>
          ) : null
        }
        emptyText="没有下级机构"
      />
    </PageFrame>
  )
}
