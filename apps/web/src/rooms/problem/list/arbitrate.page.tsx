import type { ProblemFilter, ProblemRow } from '@xueji/contracts/rooms/problem/problem.api'
import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { ListPage } from '../../../shared/list-page.tsx'
import { PageFrame } from '../../../shared/page-frame.tsx'
import { useTabs } from '../../../shared/tabs.tsx'
import { ArbitrationDialog } from '../handling/arbitration-dialog.tsx'
import { KEYS, loadParties } from '../problem.queries.ts'
import '../problem.css'
import { arbitrateColumns } from './problem.columns.tsx'
import { ARBITRATE_FIELDS, ProblemConditions } from './problem-conditions.tsx'

const NONE: ReadonlyMap<string, ProblemRow> = new Map()

/** 省内问题学籍仲裁 (menu §3.3). */
export const NearArbitratePage = () => <ArbitratePage isCross={false} />

/** 跨省问题学籍仲裁 (menu §3.4), at the ministry. */
export const CrossArbitratePage = () => <ArbitratePage isCross />

function ArbitratePage({ isCross }: { isCross: boolean }) {
  const tabs = useTabs()
  const [selected, setSelected] = useState(NONE)
  const [groupId, setGroupId] = useState<string>()
  const columns = useMemo(
    () => arbitrateColumns({ isCross, open: (row) => tabs.open(`problem/groups/${row.groupId}`) }),
    [isCross, tabs],
  )
  const [row] = selected.values()
  return (
    <PageFrame title={isCross ? '跨省问题学籍仲裁' : '省内问题学籍仲裁'}>
      <ListPage<ProblemRow, ProblemFilter>
        queryKey={KEYS.list('arbitrate', isCross)}
        load={(args) => loadParties('arbitrate', args)}
        columns={columns}
        rowKey={(one) => `${one.groupId} ${one.studentId}`}
        settingsKey={`problem.arbitrate.${isCross ? 'cross' : 'near'}`}
        conditions={<ProblemConditions fields={ARBITRATE_FIELDS} />}
        selection={{ mode: 'one', selected, onChange: setSelected }}
        onRowOpen={(one) => tabs.open(`problem/groups/${one.groupId}`)}
        toolbar={
          <Button
            type="primary"
            disabled={!row}
            title={row ? undefined : '请先选择一组问题学籍'}
            onClick={() => setGroupId(row?.groupId)}
          >
            仲裁
          </Button>
        }
        emptyText="没有等待本单位仲裁的问题学籍"
      />
      <ArbitrationDialog
        groupId={groupId}
        onClose={(settled) => {
          setGroupId(undefined)
          if (settled) setSelected(NONE)
        }}
      />
    </PageFrame>
  )
}
