import type { ImportDetail, RowView } from '@xueji/contracts/pipeline/import.api'
import { Button, Checkbox, InputNumber, Segmented } from 'antd'
import { type ReactNode, useState } from 'react'
import { formatCount } from '../../../../shared/time.ts'

const VIEWS: readonly (readonly [RowView, string])[] = [
  ['failing', '有问题'],
  ['warning', '提醒'],
  ['corrected', '已修改'],
  ['dropped', '已删除行'],
  ['clean', '通过'],
  ['all', '全部'],
]

/** How many rows a view holds, as far as the batch says. */
const countOf = ({ batch }: ImportDetail, view: RowView): number | undefined => {
  const counts: Partial<Record<RowView, number>> = {
    failing: batch.invalidRows,
    dropped: batch.droppedRows,
    clean: batch.validRows,
    all: batch.totalRows,
  }
  return counts[view]
}

/** Which rows are looked at, from which row on, and how many of their columns. */
export function ViewBar(props: {
  detail: ImportDetail
  view: RowView
  onView: (view: RowView) => void
  from: number | undefined
  onFrom: (from: number | undefined) => void
  allColumns: boolean
  onAllColumns: (all: boolean) => void
  /** What else stands in the bar. */
  children?: ReactNode
}) {
  const { detail, view, onView, from, onFrom, allColumns, onAllColumns } = props
  const [wanted, setWanted] = useState<number | null>(null)
  return (
    <div className="xj-change-views">
      <Segmented<RowView>
        value={view}
        onChange={onView}
        options={VIEWS.filter(([key]) => key !== 'warning' || detail.warnings > 0 || view === 'warning').map(
          ([key, title]) => {
            const count = countOf(detail, key)
            const tone = key === 'failing' && count ? 'xj-tone-error' : 'xj-muted'
            return {
              value: key,
              label: (
                <>
                  {title}{' '}
                  {count === undefined ? null : <span className={`xj-number ${tone}`}>{formatCount(count)}</span>}
                </>
              ),
            }
          },
        )}
      />
      <form
        className="xj-change-jump"
        onSubmit={(event) => {
          event.preventDefault()
          onFrom(wanted ?? undefined)
        }}
      >
        <label htmlFor="jump-row">从第</label>
        <InputNumber
          id="jump-row"
          size="small"
          min={1}
          precision={0}
          controls={false}
          value={wanted}
          onChange={setWanted}
        />
        <Button size="small" htmlType="submit">
          行看起
        </Button>
        {from ? (
          <Button
            size="small"
            type="link"
            onClick={() => {
              setWanted(null)
              onFrom(undefined)
            }}
          >
            从头看
          </Button>
        ) : null}
      </form>
      <Checkbox checked={allColumns} onChange={(event) => onAllColumns(event.target.checked)}>
        显示全部列
      </Checkbox>
      {props.children}
    </div>
  )
}
