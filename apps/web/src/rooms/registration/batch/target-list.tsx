import { Spin } from 'antd'
import { formatCount } from '../../../shared/time.ts'
import type { TargetCount } from './batch-targets.ts'

/** How many are concerned and where they are: the sentence a batch dialog begins with. */
export function TargetList({ count, concerned, label }: { count: TargetCount; concerned: number; label: string }) {
  return (
    <div className="xj-reg-targets">
      {count.ready ? (
        <>
          共 <b className="xj-number">{formatCount(concerned, count.capped)}</b> 名学生
        </>
      ) : (
        <Spin size="small" />
      )}
      {label ? <span className="xj-muted">（{label}）</span> : null}
      <p className="xj-muted">未完成查重认证或查重不通过的会自动跳过，办完后逐类列出原因。</p>
    </div>
  )
}
