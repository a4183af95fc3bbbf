import type { Page } from '@xueji/contracts/common/wire'
import type { StagedRow } from '@xueji/contracts/pipeline/import.api'
import type { RowFilter } from '../import.queries.ts'

/** True when a row belongs into what is looked at: the same question the server answers. */
export function isShown(row: StagedRow, filter: RowFilter): boolean {
  const { code, field, from } = filter
  if (from !== undefined && row.rowNumber < from) return false
  if ((code || field) && !row.issues.some((issue) => fits(issue, code, field))) return false
  switch (filter.view) {
    case 'failing':
      return !row.valid && !row.dropped
    case 'warning':
      return !row.dropped && row.issues.some((issue) => issue.severity === 'warning')
    case 'corrected':
      return row.corrected.length > 0
    case 'dropped':
      return row.dropped
    case 'clean':
      return row.valid && !row.dropped
    case 'all':
      return true
  }
}

const fits = (issue: StagedRow['issues'][number], code: string | undefined, field: string | undefined): boolean =>
  (!code || issue.code === code) && (!field || issue.field === field)

/**
 * The loaded pages after a correction: rows in their place as they are now, those that no longer belong here gone, those that have come to belong here
 * put in by number. Rows beyond what is loaded come with the pages to follow.
 */
export function mergeRows(
  pages: readonly Page<StagedRow>[],
  answer: readonly StagedRow[],
  filter: RowFilter,
): Page<StagedRow>[] {
  const fresh = new Map(answer.map((row) => [row.rowNumber, row]))
  const bounds = pages.map((page) => page.rows.at(-1)?.rowNumber ?? 0)
  const placed = new Set<number>()
  return pages.map((page, index) => {
    const kept = page.rows.map((row) => fresh.get(row.rowNumber) ?? row)
    for (const row of page.rows) placed.add(row.rowNumber)
    const after = index === 0 ? Number.NEGATIVE_INFINITY : bounds[index - 1]!
    const open = index === pages.length - 1 && page.next === undefined
    const come = answer.filter(
      (row) => row.rowNumber > after && (open || row.rowNumber <= bounds[index]!) && !placed.has(row.rowNumber),
    )
    for (const row of come) placed.add(row.rowNumber)
    const rows = [...kept, ...come].filter((row) => isShown(row, filter)).sort((a, b) => a.rowNumber - b.rowNumber)
    return { ...page, rows }
  })
}
