import type { RowIssue } from '@xueji/contracts/pipeline/import.api'
import { Alert } from 'antd'

/** What keeps the form from being filed, at the top; each line jumps to its field. */
export function IssueList({ issues, onJump }: { issues: readonly RowIssue[]; onJump: (field: string) => void }) {
  if (issues.length === 0) return null
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={`有 ${issues.length} 处需要改正，改正后再提交`}
      description={
        <ul className="xj-reg-issue-list">
          {issues.map((issue) => (
            <li key={`${issue.field}:${issue.code}`}>
              <button type="button" disabled={!issue.field} onClick={() => issue.field && onJump(issue.field)}>
                {issue.message}
              </button>
              <span className="xj-muted">{issue.advice}</span>
            </li>
          ))}
        </ul>
      }
    />
  )
}
