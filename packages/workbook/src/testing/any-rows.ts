import type { AnySheet } from '../any/any-sheet.ts'
import { openAnyWorkbook } from '../any/any-workbook.ts'
import type { OpenOptions } from '../read/open-workbook.ts'
import type { Refusal } from '../read/refusal.ts'
import type { Row } from '../read/row.ts'
import type { WorkbookSource } from '../read/source.ts'

/** The sheets of a file that must be good. */
export async function anySheets(source: WorkbookSource, options?: OpenOptions): Promise<readonly AnySheet[]> {
  const opened = await openAnyWorkbook(source, options)
  if (!opened.ok) throw new Error(`refused: ${JSON.stringify(opened.refusal)}`)
  return opened.sheets
}

/** Every row of one sheet of a file that must be good. */
export async function anyRows(source: WorkbookSource, sheetIndex = 0, options?: OpenOptions): Promise<Row[]> {
  const rows: Row[] = []
  for await (const batch of (await anySheets(source, options))[sheetIndex]!.rows()) {
    if (!batch.ok) throw new Error(`refused: ${JSON.stringify(batch.refusal)}`)
    rows.push(...batch.rows)
  }
  return rows
}

/** The refusal met while opening the file or reading any of its sheets; undefined when all is read. */
export async function refusalOfAny(source: WorkbookSource, options?: OpenOptions): Promise<Refusal | undefined> {
  const opened = await openAnyWorkbook(source, options)
  if (!opened.ok) return opened.refusal
  for (const sheet of opened.sheets) for await (const batch of sheet.rows()) if (!batch.ok) return batch.refusal
  return undefined
}
