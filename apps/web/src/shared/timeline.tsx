import { CheckCircleFilled, ClockCircleFilled, CloseCircleFilled, MinusCircleOutlined } from '@ant-design/icons'
import type { TimelineEntry } from '@xueji/contracts/pipeline/review.api'
import { Timeline } from 'antd'
import { formatAge, formatInstant } from './time.ts'

const LOOK = {
  done: { icon: <CheckCircleFilled aria-hidden />, tone: 'success', word: '已办' },
  refused: { icon: <CloseCircleFilled aria-hidden />, tone: 'error', word: '未通过' },
  current: { icon: <ClockCircleFilled aria-hidden />, tone: 'accent', word: '办理中' },
  coming: { icon: <MinusCircleOutlined aria-hidden />, tone: 'muted', word: '待办' },
} as const

/** 审核过程: what happened, who has it now and since when, and who is next. */
export function ReviewTimeline({ entries }: { entries: readonly TimelineEntry[] }) {
  return (
    <Timeline
      className="xj-timeline"
      items={entries.map((entry, index) => ({
        key: `${index}`,
        icon: <span className={`xj-tone-${LOOK[entry.state].tone}`}>{LOOK[entry.state].icon}</span>,
        content: <TimelineLine entry={entry} />,
      }))}
    />
  )
}

function TimelineLine({ entry }: { entry: TimelineEntry }) {
  const { tone, word } = LOOK[entry.state]
  const place = [entry.org, entry.who].filter(Boolean).join(' · ')
  return (
    <div className={`xj-timeline-line xj-timeline-${entry.state}`}>
      <div>
        <strong>{entry.title}</strong> <span className={`xj-tone-${tone}`}>{word}</span>
        {entry.at ? (
          <time className="xj-number" dateTime={entry.at}>
            {formatInstant(entry.at)}
            {entry.state === 'current' ? `（已等待 ${formatAge(entry.at)}）` : ''}
          </time>
        ) : null}
      </div>
      {place ? <div className="xj-muted">{place}</div> : null}
      {entry.opinion ? <div className="xj-timeline-opinion">意见：{entry.opinion}</div> : null}
    </div>
  )
}
