import type { ItemFilter, ItemRow } from '@xueji/contracts/pipeline/review.api'
import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { codeText } from '../../../shared/code-text.ts'
import { type ListColumn, ListPage } from '../../../shared/list-page.tsx'
import { MaskedNumber } from '../../../shared/masked-number.tsx'
import { PageFrame } from '../../../shared/page-frame.tsx'
import { useTabs } from '../../../shared/tabs.tsx'
import { formatAge, formatInstant } from '../../../shared/time.ts'
import { StudentConditions } from '../items/item-conditions.tsx'
import { StatusText } from '../items/status-text.tsx'
import { useItemExport } from '../items/use-item-export.tsx'
import { KEYS, loadItems } from '../registration.queries.ts'
import '../registration.css'

/** 退回待修改 (REG-024, REG-029): what came back to the school, why, and the way to correct it. */
export function ReturnedPage() {
  const tabs = useTabs()
  const open = useMemo(() => (item: ItemRow) => tabs.open(`registration/returned/${item.id}`), [tabs])
  const [filter, setFilter] = useState<ItemFilter>({})
  const exporting = useItemExport('returned', filter)
  const columns = useMemo(() => returnedColumns(open), [open])
  return (
    <PageFrame title="退回待修改">
      <ListPage<ItemRow, ItemFilter>
        queryKey={KEYS.items('returned')}
        load={(args) => loadItems('returned', args)}
        columns={columns}
        rowKey={(item) => item.id}
        settingsKey="registration.returned"
        conditions={<StudentConditions />}
        onFilterChange={setFilter}
        toolbar={exporting}
        onRowOpen={open}
        emptyText="没有退回待修改的学生"
      />
    </PageFrame>
  )
}

const returnedColumns = (open: (item: ItemRow) => void): readonly ListColumn<ItemRow>[] => [
  { key: 'name', title: '学生姓名', width: 90, fixed: 'left', render: (item) => item.studentName },
  { key: 'gender', title: '性别', width: 56, render: (item) => codeText('GENDER', item.gender) },
  {
    key: 'idNumber',
    title: '身份证件号',
    width: 160,
    render: (item) => <MaskedNumber value={item.identityNumber} />,
  },
  { key: 'class', title: '班级名称', width: 112, render: (item) => item.className ?? '未分班' },
  { key: 'status', title: '退回环节', width: 190, render: (item) => <StatusText item={item} /> },
  { key: 'reason', title: '退回原因', width: 300, render: (item) => item.refusalOpinion },
  {
    key: 'since',
    title: '退回时间',
    width: 170,
    render: (item) => (
      <span className="xj-number">
        {formatInstant(item.waitingSince)}
        <span className="xj-muted">（{formatAge(item.waitingSince)}）</span>
      </span>
    ),
  },
  {
    key: 'actions',
    title: '操作',
    width: 64,
    fixed: 'right',
    render: (item) => (
      <Button type="link" size="small" className="xj-reg-link" onClick={() => open(item)}>
        修改
      </Button>
    ),
  },
]
