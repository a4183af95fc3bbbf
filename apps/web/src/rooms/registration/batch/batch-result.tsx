import { Progress } from 'antd'
import { formatCount } from '../../../shared/time.ts'
import type { Tone } from '../items/tone-tag.tsx'
import type { BatchSum } from './batch-sum.ts'

/** Progress of a batch command and, in the end, what became of every target: done, skipped, failed, with reasons and examples (F-010). */
export function BatchResult({ sum }: { sum: BatchSum }) {
  return (
    <div className="xj-reg-stack" role="status" aria-live="polite">
      <Progress percent={sum.percent} status={sum.finished ? 'success' : 'active'} />
      <div className="xj-reg-numbers">
        <Figure label="成功" count={sum.done} tone="success" />
        <Figure label="跳过" count={sum.skipped} tone={sum.skipped > 0 ? 'warning' : 'muted'} />
        <Figure label="失败" count={sum.failed} tone={sum.failed > 0 ? 'error' : 'muted'} />
        <Figure label="共" count={sum.total} />
      </div>
      {sum.finished ? (
        <Reasons reasons={sum.reasons} />
      ) : (
        <p className="xj-muted">可以关闭本窗口办理其他业务，处理不会中断；列表上方随时可以找回进度和结果。</p>
      )}
    </div>
  )
}

function Figure({ label, count, tone }: { label: string; count: number; tone?: Tone }) {
  return (
    <span>
      {label} <b className={`xj-number ${tone ? `xj-tone-${tone}` : ''}`}>{formatCount(count)}</b>
    </span>
  )
}

function Reasons({ reasons }: { reasons: BatchSum['reasons'] }) {
  if (reasons.length === 0) return <p>全部办理完毕，没有跳过或失败。</p>
  return (
    <table className="xj-reg-issues xj-reg-reasons">
      <thead>
        <tr>
          <th>结果</th>
          <th>原因</th>
          <th className="xj-right">人数</th>
          <th>例如</th>
        </tr>
      </thead>
      <tbody>
        {reasons.map((reason) => (
          <tr key={`${reason.outcome}:${reason.reason}`}>
            <td>{reason.outcome === 'skipped' ? '跳过' : '失败'}</td>
            <td>{reason.message}</td>
            <td className="xj-number xj-right">{formatCount(reason.count)}</td>
            <td>{reason.examples.join('、')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
