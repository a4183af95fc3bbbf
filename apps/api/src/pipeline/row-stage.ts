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

/**
 * Checks one row by itself: the reader's remarks, its shape and the room's rules; 姓名拼音 is filled in where none was written (fields.md 1.2). Rows of
 * workbooks and of forms alike.
 */
export function makeRowCheck(
  template: RoomTemplate,
  checker: RowChecker,
): <Row extends ReadRow>(row: Row) => Row & CheckedRow {
  const check = makeSharedCheck(formTemplate(template), (values) => checker.checkRow(values))
  return (row) => {
    const checked = check(row)
    const namePinyin = missingPinyin(checked.values)
    // The values are this check's own: copying sixty of them for one more would cost as much as reading the name.
    if (namePinyin) Object.assign(checked.values, { namePinyin })
    return checked
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
export function createFileComparison(): { add: (row: CheckedRow) => void; rows: () => readonly FileRow[] } {
  const rows: FileRow[] = []
  return {
    add: ({ rowNumber, values }) => {
      rows.push({ row: rowNumber, values: comparedOf(values) })
    },
    rows: () => rows,
  }
}

/** True when nothing keeps the row out. */
export const isValid = (row: Pick<CheckedRow, 'issues'>): boolean => passes(row.issues)

/** The columns of `copyLine`. */
export const COPY_COLUMNS = 'id, batch_id, org_path, row_number, cells, values, issues, compared, cell_faults, valid'

/** A checked row, and its cells as the JSON text they were read as: what is text already is not made text once more. */
export type StagedRow = CheckedRow & { readonly cellsText: string }

/** A staged row as one line of COPY text format. */
export function copyLine(id: string, batchId: string, orgPath: string, row: StagedRow): string {
  const json = `${escapeCopy(row.cellsText)}\t${[row.values, row.issues, comparedOf(row.values)]
    .map((value) => escapeCopy(JSON.stringify(value)))
    .join('\t')}`
  const faults = row.cellFaults ? escapeCopy(JSON.stringify(row.cellFaults)) : '\\N'
  return `${id}\t${batchId}\t${escapeCopy(orgPath)}\t${row.rowNumber}\t${json}\t${faults}\t${isValid(row) ? 't' : 'f'}\n`
}

// COPY text format: backslash, tab and line ends are escaped; NUL cannot be stored and never survives normalisation, but a cell text may hold it.
const escapeCopy = (text: string): string =>
  /[\\\t\n\r\0]|\\u0000/.test(text)
    ? text
        .replaceAll('\\u0000', '')
        .replace(/[\\\t\n\r]/g, (char) => ({ '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' })[char] ?? '')
        .replaceAll('\0', '')
    : text
