import { makeRowCheck, type ReadRow } from '@xueji/contracts/template/row-check'
import { EXAMPLE_MARK, type RoomTemplate } from '@xueji/contracts/template/template'
import { checkWithinFile, type FileRow } from '@xueji/domain/duplicates/within-file'
import type { Issue } from '@xueji/domain/kernel/issue'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { anySheet } from '@xueji/workbook/any/any-sheet'
import { openWorkbook } from '@xueji/workbook/read/open-workbook'
import type { WorkbookSource } from '@xueji/workbook/read/source'
import { findTable, readTable, type Table, type TableRow } from '@xueji/workbook/read/table'
import { type CheckSummary, createTally } from './check-tally.ts'
import { type FileFault, otherIdentityType, refusedFile, refusedRows, refusedTable } from './file-fault.ts'

/** What the check of a file says while it runs; the last is `refused` or `done`. */
export type CheckNews =
  | { readonly kind: 'progress'; readonly summary: CheckSummary; readonly share: number }
  | { readonly kind: 'refused'; readonly fault: FileFault }
  | { readonly kind: 'done'; readonly summary: CheckSummary }

/** A file to check: against which template, and by which rules beyond its shape. */
export type CheckTask = {
  readonly template: RoomTemplate
  readonly checkValues: (values: StudentValues) => readonly Issue[]
  /** The documents the entry is for, as its card names them (REG-004). */
  readonly identityTypeName: string
}

const MAX_ROWS = 100_000
const TELL_MILLIS = 150
const WRONG_TYPE = 'register.wrongIdentityType'
/** Fewer rows with another document are slips of single rows, not another roster. */
const WRONG_TYPE_SHARE = 0.8

/**
 * Reads a roster as the server will and tells what is wrong with it: the file at once, rows as they come, in the end what only the whole file shows.
 * Nothing is held but a few short texts a row.
 */
export async function checkRoster(
  source: WorkbookSource,
  task: CheckTask,
  tell: (news: CheckNews) => void,
  now: () => number,
): Promise<void> {
  const { template } = task
  const table = await openTable(source, template)
  if ('fault' in table) return tell({ kind: 'refused', ...table })
  const check = makeRowCheck(template, task.checkValues)
  const tally = createTally(template)
  const rows: FileRow[] = []
  const names = new Map<number, string>()
  let wrongType = 0
  let told = Number.NEGATIVE_INFINITY
  for await (const batch of readTable(table)) {
    if (!batch.ok) return tell({ kind: 'refused', fault: refusedFile(batch.refusal) })
    for (const row of batch.rows) {
      const read = toReadRow(row, template)
      if (!read) continue
      const { values, issues } = check(read)
      const name = read.cells.name ?? ''
      tally.add(read.rowNumber, name, issues)
      rows.push({ row: read.rowNumber, values: comparedValues(values) })
      names.set(read.rowNumber, name)
      if (issues.some((issue) => issue.code === WRONG_TYPE)) wrongType++
    }
    if (rows.length > MAX_ROWS) return tell({ kind: 'refused', fault: refusedRows('tooManyRows') })
    if (wrongType > 0 && wrongType >= rows.length * WRONG_TYPE_SHARE) {
      const given = typeNamed(batch.rows, template)
      return tell({ kind: 'refused', fault: otherIdentityType(given, task.identityTypeName) })
    }
    if (now() - told < TELL_MILLIS) continue
    told = now()
    tell({ kind: 'progress', summary: tally.summary(), share: batch.progress })
  }
  if (rows.length === 0) return tell({ kind: 'refused', fault: refusedRows('noRows') })
  for (const [row, issues] of checkWithinFile(rows)) tally.addLate(row, names.get(row) ?? '', issues)
  tell({ kind: 'done', summary: tally.summary() })
}

/** The table of the roster, or why the file is none. */
async function openTable(source: WorkbookSource, { columns }: RoomTemplate): Promise<Table | { fault: FileFault }> {
  const opened = await openWorkbook(source)
  if (!opened.ok) return { fault: refusedFile(opened.refusal) }
  const found = await findTable(opened.sheets.map(anySheet), columns)
  if (found.ok) return found.table
  return { fault: 'refusal' in found ? refusedFile(found.refusal) : refusedTable(found.fault, columns.length) }
}

/** Undefined for the example row, which is never imported. */
function toReadRow(row: TableRow, template: RoomTemplate): ReadRow | undefined {
  const cells: Record<string, string> = {}
  row.texts.forEach((text, index) => {
    if (text !== '') cells[template.columns[index]!.key] = text
  })
  if (cells.identityNumber?.trim().startsWith(EXAMPLE_MARK)) return undefined
  const faults = row.flags.flatMap(([index, flag]) =>
    flag === 'date' ? [] : [[template.columns[index]!.key, flag] as const],
  )
  return { rowNumber: row.row, cells, ...(faults.length > 0 ? { cellFaults: Object.fromEntries(faults) } : {}) }
}

const comparedValues = (values: StudentValues): StudentValues => {
  const { identityType, identityNumber, auxiliaryNumber, classNumber, seatNumber } = values
  return { identityType, identityNumber, auxiliaryNumber, classNumber, seatNumber }
}

/** What most of the rows say of the identity type, as they say it. */
function typeNamed(rows: readonly TableRow[], template: RoomTemplate): string {
  const at = template.columns.findIndex((column) => column.key === 'identityType')
  const counts = new Map<string, number>()
  for (const row of rows) {
    const text = row.texts[at] ?? ''
    if (text && !row.texts.some((one) => one.startsWith(EXAMPLE_MARK))) counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? ''
}
