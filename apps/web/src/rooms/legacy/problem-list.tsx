import { PROBLEM_TYPE } from '@xueji/contracts/codes/student-codes'
import type { LegacyProblemRow } from '@xueji/contracts/rooms/legacy/legacy.api'
import { Button, Form, Select } from 'antd'
import { useMemo } from 'react'
import { type ListColumn, ListPage } from '../../shared/list-page.tsx'
import { useOwnPages } from '../../shared/own-pages.ts'
import { useTabs } from '../../shared/tabs.tsx'
import { loadProblems, type ProblemsFilter, problemsKey } from './legacy.queries.ts'

type Column = ListColumn<LegacyProblemRow>

const TYPES = PROBLEM_TYPE.entries.map(({ code, name }) => ({ value: Number(code), label: name }))
const COLUMNS: readonly Column[] = [
  {
    key: 'row',
    title: '数据位置（行）',
    width: 116,
    align: 'right',
    fixed: 'left',
    render: (row) => <span className="xj-number">{row.rowNumber}</span>,
  },
  { key: 'name', title: '姓名', width: 100, render: (row) => row.studentName },
  { key: 'school', title: '学校名称', width: 200, render: (row) => row.schoolName },
  {
    key: 'number',
    title: '学籍号',
    width: 190,
    render: (row) => <span className="xj-number">{row.studentNumber}</span>,
  },
  { key: 'type', title: '问题学籍类型', width: 180, render: (row) => PROBLEM_TYPE.label(String(row.problemType)) },
  {
    key: 'cross',
    title: '范围',
    width: 80,
    render: (row) => (row.parties === 1 ? '' : row.isCrossProvince ? '跨省' : '省内'),
  },
  {
    key: 'parties',
    title: '涉及学生',
    width: 90,
    align: 'right',
    render: (row) => <span className="xj-number">{row.parties}</span>,
  },
  {
    key: 'status',
    title: '状态',
    width: 90,
    render: (row) => (row.isEnded ? <span className="xj-muted">已结束</span> : '处理中'),
  },
]

/** The children a load made 问题学籍; who may see problem records goes on from here to the group. */
export function ProblemList({ batchId }: { batchId: string }) {
  const tabs = useTabs()
  const mayOpen = useOwnPages().some((page) => page.path === 'problem/search')
  const open = (row: LegacyProblemRow): void => tabs.open(`problem/groups/${row.groupId}`)
  const columns = useMemo(
    (): readonly Column[] =>
      mayOpen
        ? [
            ...COLUMNS,
            {
              key: 'actions',
              title: '操作',
              width: 64,
              fixed: 'right',
              render: (row) => (
                <Button type="link" size="small" onClick={() => tabs.open(`problem/groups/${row.groupId}`)}>
                  查看
                </Button>
              ),
            },
          ]
        : COLUMNS,
    [mayOpen, tabs],
  )
  return (
    <ListPage<LegacyProblemRow, ProblemsFilter>
      queryKey={problemsKey(batchId)}
      load={(args) => loadProblems(batchId, args)}
      columns={columns}
      rowKey={(row) => String(row.rowNumber)}
      settingsKey="legacy.problems"
      conditions={
        <Form.Item name="problemType" label="问题学籍类型">
          <Select allowClear placeholder="请选择" options={TYPES} />
        </Form.Item>
      }
      toolbar={
        mayOpen ? (
          <Button size="small" onClick={() => tabs.open('problem/search')}>
            到问题学籍查询
          </Button>
        ) : null
      }
      {...(mayOpen ? { onRowOpen: open } : {})}
      emptyText="这次导入没有产生问题学籍"
    />
  )
}
