import './check.css'
import { Alert, Button, Upload } from 'antd'
import { formatCount } from '../../../../shared/time.ts'
import { ROOM } from '../../registration.queries.ts'
import { groupKinds, type KindGroup } from '../kind-groups.ts'
import { ACCEPTED } from '../upload-file.ts'
import type { CheckSummary } from './check-tally.ts'
import type { FileFault } from './file-fault.ts'

const KINDS_SHOWN = 8
const ROWS_SHOWN = 4
const COLUMNS_NAMED = 2

/** What the check on this computer found, and the choice it leaves: correct here after uploading, or take another file. */
export function CheckReport({
  summary,
  onSend,
  onReplace,
}: {
  summary: CheckSummary
  onSend: () => void
  onReplace: (file: File) => void
}) {
  const groups = groupKinds(summary.kinds).filter((group) => group.severity === 'error')
  const more = groups.length - KINDS_SHOWN
  return (
    <section className="xj-check" aria-label="上传前检查结果">
      <ul className="xj-check-kinds">
        {groups.slice(0, KINDS_SHOWN).map((group) => (
          <li key={group.code}>
            {group.title}
            <span className="xj-muted">{columnsOf(group)}</span> <b className="xj-number">{formatCount(group.count)}</b>
          </li>
        ))}
        {more > 0 ? <li className="xj-muted">等 {groups.length} 种问题</li> : null}
      </ul>
      <table className="xj-check-rows" aria-label="最前面的几行">
        <tbody>
          {summary.first.slice(0, ROWS_SHOWN).map((row) => (
            <tr key={row.rowNumber}>
              <td className="xj-number xj-right">第 {row.rowNumber} 行</td>
              <td>{row.name || '（空）'}</td>
              <td title={row.text}>{row.text}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="xj-check-choice">
        <Button type="primary" onClick={onSend}>
          上传
        </Button>
        <OtherFile onReplace={onReplace} />
        <span className="xj-muted">
          上传后可以在网页上逐格改正这 {formatCount(summary.invalid)} 人，不必回到 Excel；全部改正以前不会发起注册。
        </span>
      </div>
    </section>
  )
}

/** Which columns a kind stands in, where its title does not say. */
function columnsOf({ places }: KindGroup): string {
  if (places.length < 2) return ''
  const named = places.slice(0, COLUMNS_NAMED).map((place) => place.label)
  return `（${named.join('、')}${places.length > COLUMNS_NAMED ? `等 ${places.length} 列` : ''}）`
}

/** A file that cannot be imported as it is: what is wrong, what was expected, and the way to the template. */
export function FaultReport({
  fault,
  category,
  onSend,
  onReplace,
}: {
  fault: FileFault
  category: string
  onSend: () => void
  onReplace: (file: File) => void
}) {
  return (
    <Alert
      type="error"
      title={fault.title}
      description={
        <div className="xj-reg-stack">
          <div>
            {fault.advice}。{fault.detail ? `${fault.detail}。` : ''}
          </div>
          <div className="xj-check-choice">
            <OtherFile primary onReplace={onReplace} />
            <Button href={`${ROOM}/template/${category}`} download>
              下载模板
            </Button>
            {fault.mayUpload ? <Button onClick={onSend}>仍然上传</Button> : null}
          </div>
        </div>
      }
    />
  )
}

function OtherFile({ primary = false, onReplace }: { primary?: boolean; onReplace: (file: File) => void }) {
  return (
    <Upload
      accept={ACCEPTED}
      showUploadList={false}
      beforeUpload={(file) => {
        onReplace(file)
        return false
      }}
    >
      <Button type={primary ? 'primary' : 'default'}>换一个文件</Button>
    </Upload>
  )
}
