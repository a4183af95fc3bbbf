import type { Issue } from '../kernel/issue.ts'
import { errorOn } from '../kernel/issue.ts'
import type { StudentValues } from '../student/field-catalogue.ts'

/** One row as the comparison within its file needs it; `row` is the Excel row. */
export type FileRow = { readonly row: number; readonly values: StudentValues }

/** Issues by Excel row. */
export type IssuesByRow = ReadonlyMap<number, readonly Issue[]>

const ROWS_NAMED = 5

/**
 * Values that must differ within one file: identity number (REG-010), auxiliary number within the school, seat number within the class
 * (fields 1.3). Every row that shares a value is named, each with the rows it collides with.
 */
export function checkWithinFile(rows: readonly FileRow[]): IssuesByRow {
  const issues = new Map<number, Issue[]>()
  const unique = (field: string, code: string, keyOf: (values: StudentValues) => string | undefined): void => {
    for (const [, group] of groupBy(rows, (row) => keyOf(row.values))) {
      if (group.length < 2) continue
      for (const { row, values } of group) {
        const list = issues.get(row) ?? []
        const value = values[field as 'identityNumber']
        list.push(errorOn(field, code, value, { rows: describeOthers(group, row) }))
        issues.set(row, list)
      }
    }
  }
  unique(
    'identityNumber',
    'duplicate.inFile',
    (values) => values.identityNumber && `${values.identityType ?? '1'}:${values.identityNumber}`,
  )
  unique('auxiliaryNumber', 'duplicate.auxiliaryNumberInFile', (values) => values.auxiliaryNumber)
  unique(
    'seatNumber',
    'duplicate.seatNumberInFile',
    (values) => values.classNumber && values.seatNumber && `${values.classNumber}:${values.seatNumber}`,
  )
  return issues
}

/** The first five other rows of a group and how many there are: a roster of one value must not cost rows × rows. */
function describeOthers(group: readonly FileRow[], row: number): string {
  const named: number[] = []
  for (const other of group) {
    if (named.length === ROWS_NAMED) break
    if (other.row !== row) named.push(other.row)
  }
  const others = group.length - 1
  return others > ROWS_NAMED ? `${named.join('、')}等${others}` : named.join('、')
}

function groupBy(rows: readonly FileRow[], keyOf: (row: FileRow) => string | undefined): Map<string, FileRow[]> {
  const groups = new Map<string, FileRow[]>()
  for (const row of rows) {
    const key = keyOf(row)
    if (!key) continue
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return groups
}
