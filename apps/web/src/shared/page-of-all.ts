import type { Page } from '@xueji/contracts/common/wire'

/** A page out of rows that are all here already, in the form lists read; the key of a page is the index of its first row. */
export function pageOfAll<Row>(rows: readonly Row[], { after, limit }: { after?: string; limit: number }): Page<Row> {
  const from = Number(after ?? 0)
  const to = from + limit
  return { rows: rows.slice(from, to), total: rows.length, ...(to < rows.length ? { next: String(to) } : {}) }
}
