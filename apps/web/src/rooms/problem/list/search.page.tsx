import type { ProblemFilter, ProblemRow } from '@xueji/contracts/rooms/problem/problem.api'
import { Form, Select } from 'antd'
import { useMemo, useState } from 'react'
import { ListExport } from '../../../shared/export/list-export.tsx'
import { ListPage } from '../../../shared/list-page.tsx'
import { PageFrame } from '../../../shared/page-frame.tsx'
import { useSession } from '../../../shared/session.tsx'
import { useTabs } from '../../../shared/tabs.tsx'
import { EXPORT, KEYS, loadParties } from '../problem.queries.ts'
import '../problem.css'
import { searchColumns } from './problem.columns.tsx'
import { ProblemConditions, SEARCH_FIELDS } from './problem-conditions.tsx'

const SIDES = [
  { value: false, label: '省内' },
  { value: true, label: '跨省' },
]

/** 问题学籍查询: every problem record one may see, where it stands and who has it. */
export function ProblemSearchPage() {
  const { organization } = useSession()
  const tabs = useTabs()
  const [filter, setFilter] = useState<ProblemFilter>({})
  const isSchool = organization.level === 'school'
  const columns = useMemo(
    () => searchColumns(!isSchool, (row) => tabs.open(`problem/groups/${row.groupId}`)),
    [isSchool, tabs],
  )
  const fields = isSchool ? SEARCH_FIELDS.filter((field) => !field.startsWith('school')) : SEARCH_FIELDS
  return (
    <PageFrame title="问题学籍查询">
      <ListPage<ProblemRow, ProblemFilter>
        queryKey={KEYS.list('all')}
        load={(args) => loadParties('all', args)}
        columns={columns}
        rowKey={(row) => `${row.groupId} ${row.studentId}`}
        settingsKey="problem.search"
        conditions={
          <>
            <Form.Item name="isCrossProvince" label="省内或跨省">
              <Select allowClear placeholder="请选择" options={SIDES} />
            </Form.Item>
            <ProblemConditions fields={fields} />
          </>
        }
        onFilterChange={setFilter}
        toolbar={<ListExport source={EXPORT} conditions={{ own: { ...filter } }} />}
        onRowOpen={(row) => tabs.open(`problem/groups/${row.groupId}`)}
      />
    </PageFrame>
  )
}
