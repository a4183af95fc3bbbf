import { CaretDownOutlined, CaretRightOutlined } from '@ant-design/icons'
import type { IssueRow, RowIssue } from '@xueji/contracts/pipeline/import.api'

const FOUND = { error: 'xj-reg-found', warning: 'xj-reg-found-warning' } as const

/** One student of the file: row, name and the joined sentence; opened, one line for each issue with column, content and advice. */
export function IssueRows({
  row,
  issues,
  open,
  onToggle,
}: {
  row: IssueRow
  issues: readonly RowIssue[]
  open: boolean
  onToggle: () => void
}) {
  const summary = issues[0]?.severity === 'error' ? row.summary : issues.map((issue) => issue.message).join('，')
  return (
    <tbody>
      <tr className="xj-reg-issue-head">
        <td className="xj-number xj-right">{row.rowNumber}</td>
        <td title={row.name}>{row.name || <span className="xj-none">（空）</span>}</td>
        <td colSpan={3}>
          <button type="button" aria-expanded={open} onClick={onToggle}>
            {open ? <CaretDownOutlined aria-hidden /> : <CaretRightOutlined aria-hidden />}
            {summary}
          </button>
        </td>
      </tr>
      {open
        ? issues.map((issue) => (
            <tr key={`${issue.field}:${issue.code}`} className="xj-reg-issue-line">
              <td colSpan={2} />
              <td>{issue.label || '整行'}</td>
              <td className={`xj-number ${FOUND[issue.severity]}`}>
                {issue.value || <span className="xj-none">（空）</span>}
              </td>
              <td>{issue.advice}</td>
            </tr>
          ))
        : null}
    </tbody>
  )
}
