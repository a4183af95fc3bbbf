import type { ProblemFilter, ProblemRow } from '@xueji/contracts/rooms/problem/problem.api'
import { HANDLING_WORDS } from '@xueji/contracts/rooms/problem/problem.words'
import { HANDLINGS, type Handling } from '@xueji/domain/rooms/problem/problem-group'
import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { ListExport } from '../../../shared/export/list-export.tsx'
import { ListPage } from '../../../shared/list-page.tsx'
import { PageFrame } from '../../../shared/page-frame.tsx'
import { useTabs } from '../../../shared/tabs.tsx'
import { HandlingDialog, type HandlingQuestion } from '../handling/handling-dialog.tsx'
import { EXPORT, KEYS, loadParties } from '../problem.queries.ts'
import '../problem.css'
import { handleColumns } from './problem.columns.tsx'
import { HANDLE_FIELDS, ProblemConditions } from './problem-conditions.tsx'

const REFRESH_MILLIS = 60_000
const NONE: ReadonlyMap<string, ProblemRow> = new Map()

/** 省内问题学籍处理 (menu §3.1). */
export const NearHandlePage = () => <HandlePage isCross={false} />

/** 跨省问题学籍处理 (menu §3.4). */
export const CrossHandlePage = () => <HandlePage isCross />

function HandlePage({ isCross }: { isCross: boolean }) {
  const tabs = useTabs()
  const [selected, setSelected] = useState(NONE)
  const [question, setQuestion] = useState<HandlingQuestion>()
  const [filter, setFilter] = useState<ProblemFilter>({})
  const columns = useMemo(
    () => handleColumns({ isCross, open: (row) => tabs.open(`problem/groups/${row.groupId}`) }),
    [isCross, tabs],
  )
  const [row] = selected.values()
  return (
    <PageFrame title={isCross ? '跨省问题学籍处理' : '省内问题学籍处理'}>
      <ListPage<ProblemRow, ProblemFilter>
        queryKey={KEYS.list('handle', isCross)}
        load={(args) => loadParties('handle', { ...args, filter: { ...args.filter, isCrossProvince: isCross } })}
        columns={columns}
        rowKey={(one) => `${one.groupId} ${one.studentId}`}
        settingsKey={`problem.handle.${isCross ? 'cross' : 'near'}`}
        refetchMillis={REFRESH_MILLIS}
        conditions={<ProblemConditions fields={HANDLE_FIELDS} />}
        onFilterChange={setFilter}
        selection={{ mode: 'one', selected, onChange: setSelected }}
        onRowOpen={(one) => tabs.open(`problem/groups/${one.groupId}`)}
        toolbar={
          <>
            {HANDLINGS.map((handling) => (
              <Button
                key={handling}
                {...(handling === 'amend' ? { type: 'primary' as const } : {})}
                danger={handling === 'remove'}
                disabled={!row?.handlings.includes(handling)}
                title={whyNot(row, handling)}
                onClick={() => row && setQuestion({ handling, groupId: row.groupId, studentId: row.studentId })}
              >
                {HANDLING_WORDS[handling]}
              </Button>
            ))}
            <ListExport source={EXPORT} conditions={{ own: { view: 'handle', isCrossProvince: isCross, ...filter } }} />
            <Button disabled={!row} onClick={() => row && tabs.open(`problem/groups/${row.groupId}`)}>
              查看
            </Button>
          </>
        }
        emptyText="没有待本校处理的问题学籍"
      />
      <HandlingDialog
        question={question}
        onClose={(filed) => {
          setQuestion(undefined)
          if (filed) setSelected(NONE)
        }}
      />
    </PageFrame>
  )
}

function whyNot(row: ProblemRow | undefined, handling: Handling): string | undefined {
  if (!row) return '请先选择一名学生'
  if (row.handlings.includes(handling)) return undefined
  return row.isLocked ? '须由对方先处理，本方锁定' : `现在不能${HANDLING_WORDS[handling]}：${row.statusText}`
}
