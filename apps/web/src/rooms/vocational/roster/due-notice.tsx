import { Alert } from 'antd'
import { formatCount } from '../../../shared/time.ts'
import { useVocationalSummary } from '../vocational.queries.ts'

/** How the list stands, and by when newcomers are to be registered: late is said, never held against anybody (TIME-002). */
export function DueNotice() {
  const { data } = useVocationalSummary()
  if (!data || data.matched + data.unsure + data.none === 0) return null
  const { matched, unsure, none, open, workingDays, dueOn, overdue } = data
  const counts = `已匹配 ${formatCount(matched)}、待确认 ${formatCount(unsure)}、未查到 ${formatCount(none)}，待接续 ${formatCount(open)} 人。`
  const due = `中职须在新生入学 ${workingDays} 个工作日内（${dueOn.slice(0, 4)}年${Number(dueOn.slice(5, 7))}月${Number(dueOn.slice(8))}日前）完成注册`
  return (
    <Alert
      className="xj-voc-due"
      type={overdue && open > 0 ? 'warning' : 'info'}
      showIcon
      title={`${counts}${due}${overdue && open > 0 ? '，已超过期限，请尽快办理' : ''}。`}
    />
  )
}
