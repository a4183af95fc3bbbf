import type { ProblemFilter, ProblemRow } from '@xueji/contracts/rooms/problem/problem.api'
import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { ListExport } from '../../../shared/export/list-export.tsx'
import { ListPage } from '../../../shared/list-page.tsx'
import { PageFrame } from '../../../shared/page-frame.tsx'
import { useTabs } from '../../../shared/tabs.tsx'
import { EXPORT, KEYS, loadParties } from '../problem.queries.ts'
import '../problem.css'
import { ProblemReviewDialog } from '../handling/review-dialog.tsx'
import { reviewColumns } from './problem.columns.tsx'
import { ProblemConditions, REVIEW_FIELDS } from './problem-conditions.tsx'

const REFRESH_MILLIS = 60_000
const NONE: ReadonlyMap<string, ProblemRow> = new Map()

/** 省内问题学籍审核 (menu §3.2): school leaders and bureaus share the page. */
export const NearReviewPage = () => <ReviewPage isCross={false} />

/** 跨省问题学籍审核 (menu §3.4). */
export const CrossReviewPage = () => <ReviewPage isCross />

function ReviewPage({ isCross }: { isCross: boolean }) {
  const tabs = useTabs()
  const [selected, setSelected] = useState(NONE)
  const [filter, setFilter] = useState<ProblemFilter>({})
  const [reviewed, setReviewed] = useState<readonly ProblemRow[]>()
  const columns = useMemo(
    () => reviewColumns({ isCross, open: (row) => tabs.open(`problem/groups/${row.groupId}`) }),
    [isCross, tabs],
  )
  return (
    <PageFrame title={isCross ? '跨省问题学籍审核' : '省内问题学籍审核'}>
      <ListPage<ProblemRow, ProblemFilter>
        queryKey={KEYS.list('review', isCross)}
        load={(args) => loadParties('review', { ...args, filter: { ...args.filter, isCrossProvince: isCross } })}
        columns={columns}
        rowKey={(row) => row.itemId ?? row.studentId}
        settingsKey={`problem.review.${isCross ? 'cross' : 'near'}`}
        refetchMillis={REFRESH_MILLIS}
        conditions={<ProblemConditions fields={REVIEW_FIELDS} />}
        onFilterChange={setFilter}
        selection={{ mode: 'many', selected, onChange: setSelected, disabledRow: whyNotReviewable }}
        onRowOpen={(row) => tabs.open(`problem/groups/${row.groupId}`)}
        toolbar={
          <>
            <Button
              type="primary"
              disabled={selected.size === 0}
              title={selected.size === 0 ? '请先勾选学生' : undefined}
              onClick={() => setReviewed([...selected.values()])}
            >
              审核
            </Button>
            <ListExport source={EXPORT} conditions={{ own: { view: 'review', isCrossProvince: isCross, ...filter } }} />
          </>
        }
        emptyText="没有等待本单位审核的问题学籍"
      />
      <ProblemReviewDialog
        rows={reviewed}
        onClose={(settled) => {
          setReviewed(undefined)
          if (settled) setSelected(NONE)
        }}
      />
    </PageFrame>
  )
}

const whyNotReviewable = (row: ProblemRow): string | undefined =>
  row.commands.length > 0 ? undefined : '提交人不能审核自己提交的处理'
