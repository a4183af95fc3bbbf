import { wordIssue } from '@xueji/contracts/issues/catalogue'
import type { RowIssue, StagedRow } from '@xueji/contracts/pipeline/import.api'
import { parseCell } from '@xueji/contracts/template/parse-cell'
import type { TemplateColumn } from '@xueji/contracts/template/template'
import type { Edits } from './edit-buffer.ts'

/** A row with what was written into it and not yet sent. */
export type ShownRow = { readonly stored: StagedRow; readonly edits: ReadonlyMap<string, string> | undefined }

/** What is said of one cell: the server's issues, or of a cell edited since what its own column says of the new text. */
export type CellState = {
  readonly text: string
  readonly stored: string
  readonly edited: boolean
  readonly issues: readonly RowIssue[]
  /** What the text is likely to mean (汉 → 汉族). */
  readonly suggestion?: string
}

/** Rows with their edits; a row without a change is the same object as before, so that it need not be drawn again. */
export function makeShowRows(): (rows: readonly StagedRow[], edits: Edits) => readonly ShownRow[] {
  const known = new WeakMap<StagedRow, ShownRow>()
  return (rows, edits) =>
    rows.map((stored) => {
      const own = edits.get(stored.rowNumber)
      const before = known.get(stored)
      if (before && before.edits === own) return before
      const shown = { stored, edits: own }
      known.set(stored, shown)
      return shown
    })
}

/** The state of one cell. */
export function cellState({ stored, edits }: ShownRow, column: TemplateColumn): CellState {
  const before = stored.cells[column.key] ?? ''
  const text = edits?.get(column.key) ?? before
  const edited = edits?.has(column.key) ?? false
  const issues = edited ? ownIssues(column, text) : stored.issues.filter((issue) => issue.field === column.key)
  const fault = issues.length > 0 ? parseCell(column, text).fault : undefined
  const suggestion = fault?.code === 'shape.code' && column.kind === 'code' ? fault.params?.suggestion : undefined
  return { text, stored: before, edited, issues, ...(suggestion ? { suggestion: String(suggestion) } : {}) }
}

/** Issues that still stand: those of cells written anew are to be seen. */
export const standingIssues = ({ stored, edits }: ShownRow): readonly RowIssue[] =>
  edits ? stored.issues.filter((issue) => !edits.has(issue.field ?? '')) : stored.issues

// What children of one school may well have in common; names, numbers, days and addresses are each child's own.
const COMMON: ReadonlySet<string> = new Set(['code', 'yesNo', 'region', 'yearMonth', 'digits', 'postcode'])

/** The other cells of the column that stand as this one stood, wrong and not yet written anew; none where each child has its own. */
export const sameCells = (rows: readonly ShownRow[], cell: ShownRow, column: TemplateColumn): readonly ShownRow[] => {
  if (!COMMON.has(column.kind)) return []
  const stood = cell.stored.cells[column.key] ?? ''
  return rows.filter(
    (row) =>
      row !== cell &&
      !row.stored.dropped &&
      (row.stored.cells[column.key] ?? '') === stood &&
      !row.edits?.has(column.key) &&
      row.stored.issues.some((issue) => issue.field === column.key),
  )
}

function ownIssues(column: TemplateColumn, text: string): readonly RowIssue[] {
  const { fault } = parseCell(column, text)
  if (!fault) return []
  const issue = { code: fault.code, value: text, ...(fault.params ? { params: fault.params } : {}) }
  return [
    {
      field: column.key,
      label: column.header,
      code: fault.code,
      severity: 'error',
      value: text,
      ...wordIssue(issue, column.header),
    },
  ]
}
