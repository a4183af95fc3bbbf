import type { HomeView } from '@xueji/contracts/platform/home.api'
import { Link } from 'react-router'
import { useOwnPages } from '../../shared/own-pages.ts'
import { formatAge, formatCount } from '../../shared/time.ts'
import { urgencyOf } from './weekday.ts'

type QueueLine = HomeView['queue'][number]

/** What awaits me, by business; a line opens the page that deals with it. Lines with nothing to do stay, but step back. */
export function QueuePanel({ lines }: { lines: readonly QueueLine[] }) {
  if (lines.length === 0) return <OwnPages />
  const waiting = lines.some((line) => line.count > 0)
  return (
    <>
      <table className="xj-home-table">
        <thead>
          <tr>
            <th scope="col">业务</th>
            <th scope="col" className="xj-right">
              件数
            </th>
            <th scope="col" className="xj-right">
              最早一件已等待
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={`${line.page}.${line.act}`} className={line.count === 0 ? 'xj-home-idle' : undefined}>
              <td>
                <Link to={`/${line.page}`}>{line.title}</Link>
              </td>
              <td className="xj-right xj-number">
                <b>{formatCount(line.count, line.capped)}</b>
              </td>
              <td className="xj-right xj-number">
                <Waiting line={line} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {waiting ? null : <p className="xj-home-empty">目前没有待办事项。</p>}
    </>
  )
}

/** For roles without a queue: what they can do here. */
function OwnPages() {
  const pages = useOwnPages()
  return (
    <>
      <p className="xj-home-empty">您的角色没有需要逐件办理的业务。可以使用的功能：</p>
      <ul className="xj-home-pages">
        {pages.map((page) => (
          <li key={page.path}>
            <Link to={`/${page.path}`}>{page.title}</Link>
            <span className="xj-muted">{[page.section, page.group].filter(Boolean).join(' / ')}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

function Waiting({ line }: { line: QueueLine }) {
  if (line.count === 0 || !line.oldestAt) return <span className="xj-none">—</span>
  const urgency = urgencyOf(line.oldestAt)
  return (
    <span className={urgency === 'none' ? undefined : `xj-tone-${urgency}`}>
      {formatAge(line.oldestAt)}
      {urgency === 'error' ? '，请尽快办理' : ''}
    </span>
  )
}
