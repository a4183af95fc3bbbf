import { wordIssue } from '@xueji/contracts/issues/catalogue'
import type { ImportDetail } from '@xueji/contracts/pipeline/import.api'
import type { RoomTemplate } from '@xueji/contracts/template/template'
import { type Issue, passes } from '@xueji/domain/kernel/issue'

/** What is known of a file so far. Small whatever the size of the file: it crosses from the worker to the page many times. */
export type CheckSummary = {
  readonly rows: number
  /** Rows with at least one error. */
  readonly invalid: number
  /** Kinds of issues, the most frequent first, at most `KINDS_SHOWN`. */
  readonly kinds: ImportDetail['kinds']
  /** The first rows with errors. */
  readonly first: readonly { readonly rowNumber: number; readonly name: string; readonly text: string }[]
}

/** Counts the issues of a file row by row. */
export type CheckTally = {
  /** A row as it is read. */
  readonly add: (rowNumber: number, name: string, issues: readonly Issue[]) => void
  /** Issues found later, by comparing rows; the row was added before. */
  readonly addLate: (rowNumber: number, name: string, issues: readonly Issue[]) => void
  readonly summary: () => CheckSummary
}

const KINDS_SHOWN = 60
const ROWS_SHOWN = 20

/** An empty tally for a file of the template. */
export function createTally(template: RoomTemplate): CheckTally {
  const labels = new Map(template.columns.map((column) => [column.key, column.header]))
  const kinds = new Map<string, { readonly sample: Issue; readonly label: string; rows: number }>()
  const failing = new Set<number>()
  const first: { rowNumber: number; name: string; text: string }[] = []
  let rows = 0

  const worded = (issue: Issue): string => wordIssue(issue, labels.get(issue.field ?? '') ?? '').message
  const count = (rowNumber: number, name: string, issues: readonly Issue[]): void => {
    for (const issue of issues) {
      const key = `${issue.code}\n${issue.field ?? ''}`
      const kind = kinds.get(key)
      if (kind) kind.rows++
      else kinds.set(key, { sample: issue, label: labels.get(issue.field ?? '') ?? '', rows: 1 })
    }
    if (passes(issues)) return
    failing.add(rowNumber)
    if (first.length >= ROWS_SHOWN) return
    const errors = issues.filter((issue) => issue.severity === 'error')
    first.push({ rowNumber, name, text: errors.map(worded).join('，') })
  }
  return {
    add: (rowNumber, name, issues) => {
      rows++
      if (issues.length > 0) count(rowNumber, name, issues)
    },
    addLate: count,
    summary: () => ({
      rows,
      invalid: failing.size,
      kinds: [...kinds.values()]
        .sort((a, b) => b.rows - a.rows)
        .slice(0, KINDS_SHOWN)
        .map(({ sample, label, rows: times }) => ({
          code: sample.code,
          label,
          message: worded(sample),
          severity: sample.severity,
          rows: times,
        })),
      first: [...first].sort((a, b) => a.rowNumber - b.rowNumber),
    }),
  }
}
