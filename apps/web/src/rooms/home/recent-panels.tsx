import type { HomeView } from '@xueji/contracts/platform/home.api'
import { Link } from 'react-router'
import { MaskedNumber } from '../../shared/masked-number.tsx'
import { formatCount, formatInstant } from '../../shared/time.ts'

type ImportLine = HomeView['imports'][number]

const IMPORT_LOOK: Readonly<Record<string, { tone: string; text: string }>> = {
  pending: { tone: 'muted', text: '未处理' },
  running: { tone: 'accent', text: '处理中' },
  succeeded: { tone: 'success', text: '处理成功' },
  failed: { tone: 'error', text: '处理失败' },
  ready: { tone: 'accent', text: '待提交' },
  cancelled: { tone: 'muted', text: '已取消' },
}

/** The latest uploads of this school with their outcome. */
export function RecentImports({ imports }: { imports: readonly ImportLine[] }) {
  if (imports.length === 0) return <p className="xj-home-empty">还没有导入过文件。</p>
  return (
    <ul className="xj-home-lines">
      {imports.map((line) => (
        <li key={line.id}>
          <Link to={`/registration/import/${line.id}`} title={line.fileName}>
            {line.fileName}
          </Link>
          <ImportOutcome line={line} />
          <span className="xj-muted">{line.uploaderName}</span>
          <time className="xj-muted xj-number" dateTime={line.uploadedAt}>
            {formatInstant(line.uploadedAt)}
          </time>
        </li>
      ))}
    </ul>
  )
}

function ImportOutcome({ line }: { line: ImportLine }) {
  const { tone, text } = IMPORT_LOOK[line.status] ?? { tone: 'muted', text: line.status }
  const rows = line.totalRows > 0 ? `${formatCount(line.totalRows)} 条` : ''
  const wrong = line.status === 'failed' && line.invalidRows > 0 ? `，失败 ${formatCount(line.invalidRows)} 条` : ''
  return (
    <span>
      <span className={`xj-tone-${tone}`}>{text}</span>
      <span className="xj-muted xj-number"> {rows + wrong}</span>
    </span>
  )
}

const COMMAND_TEXT: Readonly<Record<string, string>> = {
  approve: '审核通过',
  refuse: '审核不通过',
  escalate: '上报',
  remove: '删除',
}

/** The latest batch commands of this education department: who gave them, and how far they went. */
export function RecentBatches({ batches }: { batches: HomeView['batches'] }) {
  if (batches.length === 0) return <p className="xj-home-empty">还没有批量审核过。</p>
  return (
    <ul className="xj-home-lines xj-home-batches">
      {batches.map((line) => (
        <li key={line.id}>
          <span>{COMMAND_TEXT[line.command] ?? line.command}</span>
          <span className="xj-number">
            {line.status === 'running' ? (
              <span className="xj-tone-accent">处理中</span>
            ) : (
              `${formatCount(line.done)} 条`
            )}
            {line.done < line.total ? <span className="xj-muted">，共 {formatCount(line.total)} 条</span> : null}
          </span>
          <span className="xj-muted">{line.actorName}</span>
          <time className="xj-muted xj-number" dateTime={line.createdAt}>
            {formatInstant(line.createdAt)}
          </time>
        </li>
      ))}
    </ul>
  )
}

/** The latest decisions about pupils of this school. */
export function RecentResults({ results }: { results: HomeView['results'] }) {
  if (results.length === 0) return <p className="xj-home-empty">还没有办结的业务。</p>
  return (
    <ul className="xj-home-lines xj-home-results">
      {results.map((line) => (
        <li key={line.itemId}>
          <span className="xj-home-name" title={line.studentName}>
            {line.studentName}
          </span>
          <span title={line.statusText}>{line.statusText}</span>
          <MaskedNumber value={line.studentNumber} />
          <time className="xj-muted xj-number" dateTime={line.at}>
            {formatInstant(line.at)}
          </time>
        </li>
      ))}
    </ul>
  )
}
