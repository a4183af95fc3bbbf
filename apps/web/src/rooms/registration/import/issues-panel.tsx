import type { ImportDetail } from '@xueji/contracts/pipeline/import.api'
import { Alert, Segmented } from 'antd'
import { useMemo, useState } from 'react'
import { formatCount } from '../../../shared/time.ts'
import { IssueExport } from './issue-export.tsx'
import { type ChosenKind, IssueKinds } from './issue-kinds.tsx'
import { IssueTable } from './issue-table.tsx'
import { groupKinds } from './kind-groups.ts'
import { MarkedFileButton } from './marked-file-button.tsx'

type Severity = 'error' | 'warning'

/** All issues of a file for those who may see them but not the rows: kinds with counts on the left, rows on the right; warnings, which keep nothing out, on a tab of their own. */
export function IssuesPanel({ detail }: { detail: ImportDetail }) {
  const { batch, kinds, warnings } = detail
  const failed = batch.status === 'failed'
  const groups = useMemo(() => groupKinds(kinds), [kinds])
  const [severity, setSeverity] = useState<Severity>(failed ? 'error' : 'warning')
  const [chosen, setChosen] = useState<ChosenKind>()
  const shown = groups.filter((group) => group.severity === severity)
  if (groups.length === 0) return null
  return (
    <section className="xj-reg-issues-panel" aria-label="问题">
      {failed ? (
        <Alert
          type="error"
          showIcon
          title={`${formatCount(batch.invalidRows)} 名学生未通过校验，整份 ${formatCount(batch.totalRows)} 人都没有导入`}
          action={<MarkedFileButton batchId={batch.id} />}
          description="由学籍管理员在本页逐格改正后提交，或改好文件后重新上传。"
        />
      ) : null}
      {failed && warnings > 0 ? (
        <Segmented<Severity>
          value={severity}
          onChange={(next) => {
            setSeverity(next)
            setChosen(undefined)
          }}
          options={[
            { value: 'error', label: '必须改正' },
            { value: 'warning', label: `提醒 ${formatCount(warnings)} 处（不影响导入）` },
          ]}
        />
      ) : null}
      {failed ? null : <p className="xj-reg-note">以下 {formatCount(warnings)} 处提醒不影响导入，请核对。</p>}
      <div className="xj-reg-bar">
        <IssueExport batchId={batch.id} filter={{ severity, ...chosen }} />
      </div>
      <div className="xj-reg-split">
        <IssueKinds groups={shown} chosen={chosen} onChoose={setChosen} />
        <IssueTable key={JSON.stringify([severity, chosen])} batchId={batch.id} filter={{ severity, ...chosen }} />
      </div>
    </section>
  )
}
