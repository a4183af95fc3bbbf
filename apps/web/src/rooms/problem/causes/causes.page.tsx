import { HANDLING_WORDS } from '@xueji/contracts/rooms/problem/problem.words'
import type { CauseGroup } from '@xueji/contracts/rooms/problem/problem-group.api'
import { HANDLINGS } from '@xueji/domain/rooms/problem/problem-group'
import { Button, Empty, Skeleton } from 'antd'
import { useState } from 'react'
import { ErrorView } from '../../../shared/error-view.tsx'
import { MaskedNumber } from '../../../shared/masked-number.tsx'
import { PageFrame } from '../../../shared/page-frame.tsx'
import { useTabs } from '../../../shared/tabs.tsx'
import { HandlingDialog, type HandlingQuestion } from '../handling/handling-dialog.tsx'
import { useCauses } from '../problem.queries.ts'
import { BulkDialog, type BulkQuestion } from './bulk-dialog.tsx'
import '../problem.css'

/** What awaits this school, grouped by likely cause, so that one kind of slip is answered in one go; nothing is done by itself. */
export function ProblemCausesPage() {
  const { data, error, refetch } = useCauses()
  const [question, setQuestion] = useState<HandlingQuestion>()
  const [bulk, setBulk] = useState<BulkQuestion>()
  return (
    <PageFrame title="按可能原因处理">
      <div className="xj-problem-page">
        {error ? <ErrorView error={error} onRetry={() => void refetch()} /> : null}
        {data?.length === 0 ? <Empty description="没有待本校处理的问题学籍" /> : null}
        {data || error ? null : <Skeleton active />}
        {data?.map((cause) => (
          <Cause key={cause.kind} cause={cause} onHandle={setQuestion} onBulk={setBulk} />
        ))}
      </div>
      <HandlingDialog question={question} onClose={() => setQuestion(undefined)} />
      <BulkDialog question={bulk} onClose={() => setBulk(undefined)} />
    </PageFrame>
  )
}

/** A form of more children than this is no relief. */
const MOST_AT_ONCE = 20

function Cause({
  cause,
  onHandle,
  onBulk,
}: {
  cause: CauseGroup
  onHandle: (question: HandlingQuestion) => void
  onBulk: (question: BulkQuestion) => void
}) {
  const tabs = useTabs()
  const bulks = HANDLINGS.flatMap((handling): BulkQuestion[] => {
    const rows = cause.rows.filter(
      (row) => row.handlings.includes(handling) && (handling !== 'amend' || row.suggestion !== null),
    )
    return rows.length > 1 ? [{ handling, rows: rows.slice(0, MOST_AT_ONCE) }] : []
  })
  return (
    <section className="xj-problem-cause" aria-label={cause.title}>
      <h2>
        {cause.title} <span className="xj-muted xj-number">{cause.count} 名</span>
      </h2>
      <p className="xj-muted">{cause.reason}</p>
      <div className="xj-problem-actions">
        {bulks.map((bulk) => (
          <Button key={bulk.handling} size="small" danger={bulk.handling === 'remove'} onClick={() => onBulk(bulk)}>
            批量{HANDLING_WORDS[bulk.handling]} {bulk.rows.length} 名
          </Button>
        ))}
      </div>
      <table className="xj-problem-parties">
        <thead>
          <tr>
            <th scope="col">学生姓名</th>
            <th scope="col">年级、班级</th>
            <th scope="col">身份证件号</th>
            <th scope="col">可能是</th>
            <th scope="col">处理</th>
          </tr>
        </thead>
        <tbody>
          {cause.rows.map((row) => (
            <tr key={row.groupId + row.studentId}>
              <td>{row.studentName}</td>
              <td>
                {row.gradeName} {row.className ?? '未分班'}
              </td>
              <td>
                <MaskedNumber value={row.identityNumber} />
              </td>
              <td className="xj-number">{row.suggestion ?? '—'}</td>
              <td>
                {row.handlings.map((handling) => (
                  <Button
                    key={handling}
                    type="link"
                    size="small"
                    danger={handling === 'remove'}
                    onClick={() =>
                      onHandle({
                        handling,
                        groupId: row.groupId,
                        studentId: row.studentId,
                        ...(handling === 'amend' && row.suggestion ? { suggestion: row.suggestion } : {}),
                      })
                    }
                  >
                    {HANDLING_WORDS[handling]}
                  </Button>
                ))}
                <Button type="link" size="small" onClick={() => tabs.open(`problem/groups/${row.groupId}`)}>
                  查看
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
