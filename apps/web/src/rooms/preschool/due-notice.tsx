import { Alert, Button } from 'antd'
import { useTabs } from '../../shared/tabs.tsx'
import { formatCount } from '../../shared/time.ts'
import { useRosterSummary } from './preschool.queries.ts'

/** How the roster stands, and by when newcomers are to be registered: late is said, never held against anybody (PRE-018). */
export function DueNotice() {
  const { data } = useRosterSummary()
  const tabs = useTabs()
  if (!data || data.matched + data.unsure + data.none === 0) return null
  const { matched, unsure, none, unregistered, dueOn, overdue } = data
  const counts = `已匹配 ${formatCount(matched)}、待确认 ${formatCount(unsure)}、未查到 ${formatCount(none)}，未完成注册 ${formatCount(unregistered)} 人。`
  const due = `小学须在新生入学 1 个月内（${dueOn.slice(0, 4)}年${Number(dueOn.slice(5, 7))}月${Number(dueOn.slice(8))}日前）完成学籍注册`
  return (
    <Alert
      className="xj-pre-due"
      type={overdue ? 'warning' : 'info'}
      showIcon
      title={`${counts}${due}${overdue ? '，已超过期限，请尽快办理' : ''}。`}
      action={
        matched > 0 ? (
          <Button size="small" type="link" onClick={() => tabs.open('preschool/supplement')}>
            去补录
          </Button>
        ) : null
      }
    />
  )
}
