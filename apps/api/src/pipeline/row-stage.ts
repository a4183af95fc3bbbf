import { type CheckedRow, makeRowCheck as makeSharedCheck, type ReadRow } from '@xueji/contracts/template/row-check'
import { formTemplate, type RoomTemplate } from '@xueji/contracts/template/template'
import type { FileRow } from '@xueji/domain/duplicates/within-file'
import type { Issue } from '@xueji/domain/kernel/issue'
import { passes } from '@xueji/domain/kernel/issue'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { missingPinyin } from './name-pinyin.ts'
import type { RowChecker } from './room.ts'

/**
 * An issue as staged: `file` came from comparing the rows of one file, `holder` from asking the nation, the rest from the row alone. Each layer is taken
 * off and put back by itself.
 */
export type StagedIssue = Issue & { readonly layer?: 'file' | 'holder' }

/** A row checked by itself, and what it is compared by with the others of its file. */
type ComparedRow = CheckedRow & { readonly compared: ComparedValues }

/**
 * Checks one row by itself: the reader's remarks, its shape and the room's rules; 姓名拼音 is filled in where none was written (fields.md 1.2). Rows of
 * workbooks and of forms alike.
 */
export function makeRowCheck(
  template: RoomTemplate,
  checker: RowChecker,
): <Row extends ReadRow>(row: Row) => Row & ComparedRow {
  const check = makeSharedCheck(formTemplate(template), (values) => checker.checkRow(values))
  return (row) => {
    const checked = check(row)
    const namePinyin = missingPinyin(checked.values)
    // Row and values are this check's own: copying sixty values for one more would cost as much as reading the name.
    if (namePinyin) Object.assign(checked.values, { namePinyin })
    return Object.assign(checked, { compared: comparedOf(checked.values) })
  }
}

// Two rows are in one group only when one of the last three is equal: what is asked of the staged rows when one of them was corrected.
const COMPARED = ['identityType', 'classNumber', 'identityNumber', 'auxiliaryNumber', 'seatNumber'] as const

/** The few short values by which rows of one file are compared. */
export type ComparedValues = { readonly [Key in (typeof COMPARED)[number]]?: string }

/** What a comparison within the file reads of a row; empty fields are absent. */
export function comparedOf(values: StudentValues): ComparedValues {
  const compared: Record<string, string> = {}
  for (const key of COMPARED) if (values[key]) compared[key] = values[key]
  return compared
}

/** Keeps, row by row, only what the comparison within the file needs: a few short strings a row, not the row. */
export function createFileComparison(): {
  add: (row: Pick<ComparedRow, 'rowNumber' | 'compared'>) => void
  rows: () => readonly FileRow[]
} {
  const rows: FileRow[] = []
  return {
    add: ({ rowNumber, compared }) => {
      rows.push({ row: rowNumber, values: compared })
    },
    rows: () => rows,
  }
}

/** True when nothing keeps the row out. */
export const isValid = (row: Pick<CheckedRow, 'issues'>): boolean => passes(row.issues)

/** The columns of `copyLine`. */
export const COPY_COLUMNS = 'id, batch_id, org_path, row_number, cells, values, issues, compared, cell_faults, valid'

/** A checked row, and its cells as the JSON text they were read as: what is text already is not made text once more. */
export type StagedRow = ComparedRow & { readonly cellsText: string }

/** A staged row as one line of COPY text format. */
export function copyLine(id: string, batchId: string, orgPath: string, row: StagedRow): string {
  const { rowNumber, cellsText, cellFaults } = row
  const [values, issues, compared] = [copyJson(row.values), copyJson(row.issues), copyJson(row.compared)]
  const faults = cellFaults ? copyJson(cellFaults) : '\\N'
  return `${id}\t${batchId}\t${orgPath}\t${rowNumber}\t${escapeJson(cellsText)}\t${values}\t${issues}\t${compared}\t${faults}\t${isValid(row) ? 't' : 'f'}\n`
}

const copyJson = (value: unknown): string => escapeJson(JSON.stringify(value))

// JSON holds tab, line ends and NUL as escapes only, so the backslash is all that COPY's text format must be told of. NUL cannot be stored; it never
// survives normalisation, but a cell's text may hold it.
const escapeJson = (json: string): string =>
  json.includes('\\')
    ? json.replace(/\\(?:u0000|.)/g, (code) => (code === '\\u0000' ? '' : code.replaceAll('\\', '\\\\')))
    : json
