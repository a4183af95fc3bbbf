import { InboxOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'

const LINES = Array.from({ length: 12 }, (_, index) => index)

/** A list before its first answer. */
export function ListSkeleton() {
  return (
    <div className="xj-list-skeleton" role="status" aria-label="正在读取">
      {LINES.map((line) => (
        <span key={line} />
      ))}
    </div>
  )
}

/** A list without rows: says so in the words of the specification, and what to do when conditions may be the reason. */
export function ListEmpty({ text, filtered }: { text?: ReactNode; filtered: boolean }) {
  return (
    <div className="xj-state">
      <span className="xj-state-icon">
        <InboxOutlined aria-hidden />
      </span>
      <strong>{text ?? '没有数据需要显示'}</strong>
      {filtered ? <p>没有符合查询条件的记录，可以放宽条件或点“重置”。</p> : null}
    </div>
  )
}
