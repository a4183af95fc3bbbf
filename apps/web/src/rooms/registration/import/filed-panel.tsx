import { useQueries } from '@tanstack/react-query'
import type { ImportBatchRow } from '@xueji/contracts/pipeline/import.api'
import type { ItemFilter } from '@xueji/contracts/pipeline/review.api'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import { formatCount } from '../../../shared/time.ts'
import { countItems, KEYS } from '../registration.queries.ts'

type Status = NonNullable<ItemFilter['status']>

const PLACES: readonly (readonly [Status, string])[] = [
  ['checking', '查重认证中'],
  ['schoolReview', '待学校审核'],
  ['escalate', '待上报'],
  ['bureauReview', '待主管部门审核'],
  ['returned', '退回待修改'],
  ['duplicate', '查重不通过'],
  ['ended', '查重不通过已结束'],
  ['effective', '注册完成'],
]

// Fresh items pass from check to review within seconds.
const MOVING_MILLIS = 20_000

/** How many registrations a file filed and where they stand now, each number a way to the list. */
export function FiledPanel({ batch, onSearch }: { batch: ImportBatchRow; onSearch: (status?: Status) => void }) {
  const [shownAt] = useState(() => Date.now())
  const counts = useQueries({
    queries: PLACES.map(([status]) => ({
      queryKey: [...KEYS.allItems, 'count', batch.id, status],
      queryFn: () => countItems('all', { importBatchId: batch.id, status }),
      refetchInterval: () => (Date.now() - shownAt < MOVING_MILLIS ? 2_000 : 20_000),
    })),
  })
  return (
    <Alert
      type="success"
      showIcon
      title={`已为 ${formatCount(batch.validRows)} 名学生发起注册`}
      description={
        <div className="xj-reg-stack">
          {batch.failure ? (
            <div className="xj-tone-warning">
              <strong>{batch.failure.title}：</strong>
              {batch.failure.advice}。
            </div>
          ) : null}
          <div>系统自动查重认证，通过后由学校学籍主管领导审核，再由学籍管理员上报主管教育部门。现在的情况：</div>
          <div className="xj-reg-filed">
            <div className="xj-reg-counts">
              {PLACES.map(([status, title], index) => {
                const count = counts[index]?.data?.total ?? 0
                return count > 0 ? (
                  <button key={status} type="button" onClick={() => onSearch(status)}>
                    <span className="xj-number">{formatCount(count)}</span>
                    {title}
                  </button>
                ) : null
              })}
            </div>
            <Button type="primary" onClick={() => onSearch()}>
              在学籍注册查询中查看这批学生
            </Button>
          </div>
        </div>
      }
    />
  )
}
