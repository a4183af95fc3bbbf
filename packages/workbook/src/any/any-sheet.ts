import type { Limits } from '../read/limits.ts'
import type { OpenOptions } from '../read/open-workbook.ts'
import type { ReadOptions, RowBatch } from '../read/read-rows.ts'
import type { RandomAccess } from '../read/source.ts'

/** A sheet of any kind of file, whose rows can be read as often as wished while the source stays readable. */
export type AnySheet = {
  readonly name: string
  readonly hidden: boolean
  rows(options?: ReadOptions): AsyncGenerator<RowBatch>
}

/** What the readers of .xls, .ods and .csv are given. */
export type SlowInput = { readonly source: RandomAccess; readonly limits: Limits; readonly options: OpenOptions }
