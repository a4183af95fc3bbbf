import { useQuery } from '@tanstack/react-query'
import { deadlineText } from '@xueji/contracts/rooms/registration/deadline-text'
import type { RegisterReminder } from '@xueji/contracts/rooms/registration/progress.api'
import { Alert } from 'antd'
import { Link } from 'react-router'
import { apiGet } from '../../shared/api-client.ts'
import { useHasRole } from '../../shared/session.tsx'
import { formatCount } from '../../shared/time.ts'

// From two weeks before the last day the reminder is a warning.
const SOON_DAYS = 14

/** On the home page: how long there is to register newcomers, and how many are not done; nothing once all are (TIME-001, PRE-018: a reminder only). */
export function RegisterReminderLine() {
  const isBureau = useHasRole('countyRegistrar', 'cityRegistrar', 'provinceRegistrar')
  const mayRead = useHasRole('schoolRegistrar', 'schoolLeader', 'newcomerClerk') || isBureau
  const { data } = useQuery({
    queryKey: ['registration', 'reminder'],
    queryFn: () => apiGet<RegisterReminder>('/api/rooms/registration/reminder'),
    enabled: mayRead,
    staleTime: 60_000,
  })
  if (!data || (data.unfinished === 0 && data.deadline.overdue)) return null
  const { deadline, unfinished, schools } = data
  const type = deadline.overdue ? 'error' : deadline.daysLeft <= SOON_DAYS && unfinished > 0 ? 'warning' : 'info'
  return (
    <Alert
      className="xj-home-reminder"
      type={type}
      showIcon
      title={
        <>
          {deadlineText(data)}；
          {unfinished === 0
            ? '没有未完成的注册'
            : `${deadline.overdue ? '超期' : ''}未完成 ${formatCount(unfinished)} 人`}
          {schools === null || unfinished === 0 ? '' : `，涉及 ${formatCount(schools)} 所学校`}
          {'。'}
          {unfinished > 0 ? <Link to={isBureau ? '/registration/progress' : '/registration/search'}>查看</Link> : null}
        </>
      }
    />
  )
}
