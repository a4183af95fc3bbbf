import type { RequestFilter, RequestRow } from '@xueji/contracts/rooms/vocational/vocational-request.api'
import { useMemo, useState } from 'react'
import { ListExport } from '../../../shared/export/list-export.tsx'
import { ListPage } from '../../../shared/list-page.tsx'
import { PageFrame } from '../../../shared/page-frame.tsx'
import { useSession } from '../../../shared/session.tsx'
import '../vocational.css'
import { EXPORT, KEYS, loadRequests } from '../vocational.queries.ts'
import { requestColumns } from './request.columns.tsx'
import { RequestConditions } from './request-conditions.tsx'

/** 中职调档查询 (menu §1): which of one's students vocational schools have asked for, and what became of it. */
export function RequestsPage() {
  const { organization } = useSession()
  const isSchool = organization.level === 'school'
  const [filter, setFilter] = useState<RequestFilter>({})
  const columns = useMemo(() => requestColumns(!isSchool), [isSchool])
  return (
    <PageFrame title="中职调档查询">
      <ListPage<RequestRow, RequestFilter>
        title="被中职学校调档的学生"
        queryKey={KEYS.requests('all')}
        load={(args) => loadRequests('all', args)}
        columns={columns}
        rowKey={(row) => row.id}
        settingsKey="vocational.requests"
        conditions={<RequestConditions withSchool={!isSchool} />}
        onFilterChange={setFilter}
        emptyText="还没有中职学校调取学生的学籍；有中职学校把学生列入新生名单并查到学籍时，会列在这里"
        toolbar={<ListExport source={EXPORT} conditions={{ view: 'all', own: { ...filter } }} />}
      />
    </PageFrame>
  )
}
