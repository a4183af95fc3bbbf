import type { Limits } from '../read/limits.ts'
import type { OpenOptions, Sheet } from '../read/open-workbook.ts'
import { type ReadOptions, type RowBatch, readRows } from '../read/read-rows.ts'
import type { RandomAccess } from '../read/source.ts'

/** A sheet of any kind of file, whose rows can be read as often as wished while the source stays readable. */
export type AnySheet = {
  readonly name: string
  readonly hidden: boolean
  rows(options?: ReadOptions): AsyncGenerator<RowBatch>
}

/** A sheet of an .xlsx as one of any kind of file. */
export const anySheet = (sheet: Sheet): AnySheet => ({
  name: sheet.name,
  hidden: sheet.hidden,
  rows: (options) => readRows(sheet, options),
})

/** What the readers of .xls, .ods and .csv are given. */
export type SlowInput = { readonly source: RandomAccess; readonly limits: Limits; readonly options: OpenOptions }
