import type { TemplateColumn } from '@xueji/contracts/template/template'
import { Button } from 'antd'
import type { MouseEvent, ReactNode } from 'react'
import { formatCount } from '../../../../shared/time.ts'
import { RegionText } from '../../items/region-text.tsx'
import { type CellState, cellState, type ShownRow, standingIssues } from './shown-row.ts'

/** For buttons that act on the sheet: pressing one leaves the cursor there. */
export const keepCursor = (event: MouseEvent): void => event.preventDefault()

/** What is to be said of the cell one is at: where, what is wrong, what to do, and the mending that needs no typing. */
export function CellNote({
  row,
  column,
  same,
  partly,
  onSet,
}: {
  row: ShownRow
  /** Undefined on a column that is not of the template: then the whole row is meant. */
  column: TemplateColumn | undefined
  /** Other cells of the column with the same slip. */
  same: readonly ShownRow[]
  /** True while there are rows not yet read, which may have it too. */
  partly: boolean
  /** Undefined where nothing may be changed. */
  onSet: ((rows: readonly ShownRow[], text: string) => void) | undefined
}) {
  const state = column && cellState(row, column)
  const issues = state ? state.issues : standingIssues(row)
  const { rowNumber, name, kind, changes, dropped } = row.stored
  return (
    <div className="xj-change-note" role="status">
      <div className="xj-change-where">
        <span>
          第 <b className="xj-number">{rowNumber}</b> 行 {name || '（无姓名）'}
          {column ? ` · ${column.header}` : ''}
        </span>
        {state ? <Written state={state} region={column?.kind === 'region'} /> : null}
        {dropped ? <span className="xj-tone-warning">本行已删除，不会导入</span> : null}
        {kind === 'conflict' ? <span className="xj-tone-error">证件号与他人冲突</span> : null}
      </div>
      <div className="xj-change-said">
        {issues.slice(0, 3).map((issue) => (
          <span key={`${issue.field}:${issue.code}`}>
            <b className={issue.severity === 'error' ? 'xj-tone-error' : 'xj-tone-warning'}>{issue.message}。</b>
            {issue.advice}。
          </span>
        ))}
        {issues.length > 3 ? <span className="xj-muted">等 {issues.length} 处</span> : null}
        {issues.length === 0 && changes.length > 0 ? <Changes row={row} column={column} /> : null}
        {issues.length === 0 && changes.length === 0 && column?.note ? (
          <span className="xj-muted">{column.note}</span>
        ) : null}
        {state && onSet && !dropped ? (
          <Mending row={row} state={state} same={same} partly={partly} onSet={onSet} />
        ) : null}
      </div>
    </div>
  )
}

function Written({ state, region }: { state: CellState; region: boolean }): ReactNode {
  const { text, stored, edited } = state
  return (
    <>
      <span className="xj-muted">
        {region && /^\d{6}(\d{6})?$/.test(text) ? <RegionText code={text} /> : `填写：${text || '（空）'}`}
      </span>
      {edited ? <span className="xj-tone-accent">未保存，原为：{stored || '（空）'}</span> : null}
    </>
  )
}

/** What would become of the record that exists, field by field; at a cell only its own. */
function Changes({ row, column }: { row: ShownRow; column: TemplateColumn | undefined }) {
  const { changes } = row.stored
  const shown = column ? changes.filter((change) => change.field === column.key) : changes
  return shown.slice(0, 4).map((change) => (
    <span key={change.field}>
      {change.label}：{change.before || '（空）'} → <b>{change.after || '（空）'}</b>
    </span>
  ))
}

function Mending({
  row,
  state,
  same,
  partly,
  onSet,
}: {
  row: ShownRow
  state: CellState
  same: readonly ShownRow[]
  partly: boolean
  onSet: (rows: readonly ShownRow[], text: string) => void
}) {
  const { suggestion, text, stored, edited, issues } = state
  const meant = suggestion ?? (edited && issues.length === 0 ? text : undefined)
  if (!meant) return null
  const others = `同列${partly ? '已读取的' : ''}其余 ${formatCount(same.length)} 处“${stored || '空白'}”`
  return (
    <span className="xj-change-mend">
      {suggestion ? (
        <Button size="small" onMouseDown={keepCursor} onClick={() => onSet([row], meant)}>
          改为“{meant}”
        </Button>
      ) : null}
      {same.length > 0 ? (
        <Button size="small" onMouseDown={keepCursor} onClick={() => onSet([row, ...same], meant)}>
          {suggestion ? `${others}一起改为“${meant}”` : `${others}也改为“${meant}”`}
        </Button>
      ) : null}
    </span>
  )
}
