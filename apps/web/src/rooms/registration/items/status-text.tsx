import type { ItemRow } from '@xueji/contracts/pipeline/review.api'
import { type Tone, ToneTag } from './tone-tag.tsx'

const TONES: Readonly<Record<string, Tone>> = {
  effective: 'success',
  returned: 'warning',
  duplicate: 'error',
  ended: 'error',
  rejected: 'error',
  refused: 'error',
}

/** 当前环节/状态: what waits is plain text, what ended or came back stands out. */
export function StatusText({ item }: { item: Pick<ItemRow, 'status' | 'statusText'> }) {
  const tone = TONES[item.status]
  return tone ? <ToneTag tone={tone}>{item.statusText}</ToneTag> : <span>{item.statusText}</span>
}

/** 问题学籍 beside a number that was given without a verified identity (NUM-006). */
export function ProblemMark({ item }: { item: Pick<ItemRow, 'isProblem'> }) {
  return item.isProblem ? (
    <ToneTag tone="error" title="身份认证不通过，已分配临时学籍号并生成问题学籍">
      问题学籍
    </ToneTag>
  ) : null
}
