import type { FiledEvidence } from '@xueji/contracts/pipeline/evidence.api'

/** Pictures that were filed together. */
export type Filing = {
  readonly key: string
  readonly title: string
  readonly uploader: string
  readonly filedAt: string
  readonly evidence: readonly FiledEvidence[]
}

/** Evidence of an item by filing, in the order of filing: each round of an item is a submission of its own. */
export function filings(evidence: readonly FiledEvidence[]): Filing[] {
  const found = new Map<string, Filing>()
  for (const one of evidence) {
    const key = `${one.round} ${one.step} ${one.filedAt} ${one.uploader}`
    const filing = found.get(key)
    const { uploader, filedAt, round } = one
    found.set(key, {
      key,
      title: `第 ${round + 1} 次提交`,
      uploader,
      filedAt,
      evidence: [...(filing?.evidence ?? []), one],
    })
  }
  return [...found.values()]
}
