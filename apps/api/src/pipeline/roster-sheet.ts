import type { AnySheet } from '@xueji/workbook/any/any-sheet'
import { findTable, type Table, type TableFault } from '@xueji/workbook/read/table'
import type { ExampleRow, RosterColumn } from './roster-protocol.ts'

/** The table of a roster on the sheet whose header fits best; or why none does, by a code of FILE_REFUSALS. */
export async function findRoster<Sheet extends AnySheet>(
  sheets: readonly Sheet[],
  columns: readonly RosterColumn[],
): Promise<Table<Sheet> | { readonly code: string; readonly detail?: string }> {
  const found = await findTable(sheets, columns)
  if (found.ok) return found.table
  return 'refusal' in found ? found.refusal : { code: found.fault.code, ...detailOf(found.fault, columns.length) }
}

function detailOf(fault: TableFault, wanted: number): { detail?: string } {
  if (fault.code === 'headerMissing') return {}
  return {
    detail: fault.code === 'otherTemplate' ? `只找到 ${fault.found} 列，应有 ${wanted} 列` : fault.headers.join('、'),
  }
}

/** Whether the texts are the template's example row. */
export const isExample = (texts: readonly string[], { exampleColumn, exampleMark }: ExampleRow): boolean =>
  exampleColumn >= 0 && texts[exampleColumn]!.trim().startsWith(exampleMark)
