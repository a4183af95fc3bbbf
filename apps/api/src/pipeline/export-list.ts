import type { RefusalId } from '@xueji/contracts/issues/refusals'
import type {
  ConditionWords,
  ExportColumn,
  ExportConditions,
  ExportListName,
} from '@xueji/contracts/pipeline/export.api'
import type { ExportMatter } from '@xueji/domain/access/may-export'
import type { Actor, Role } from '@xueji/domain/access/roles'
import type { PutRow } from '@xueji/workbook/write/spec'
import type { Executor, Reading } from '../platform/db.ts'
import type { FileStore } from '../platform/files.ts'

/** A column as it is written: what pages are told of it, and its width in characters. */
export type WrittenColumn = ExportColumn & { readonly width: number }

/** Where a reading stands: the key of the last row read. */
export type ExportKey = readonly unknown[]

/** Rows by chosen column, as a workbook takes them: texts, or what puts them. To be gone through once, for they may be made only then. */
export type ExportRows = Iterable<readonly string[] | PutRow> & { readonly length: number }

/** Some rows in the order of the list. `last` is absent when none came. */
export type ExportPage = { readonly rows: ExportRows; readonly last?: ExportKey }

/** Whose list it is, and as of when; the scope layer gives the range besides. */
export type ExportReader = Pick<Actor, 'orgId' | 'orgPath'> & {
  readonly now: Date
  /** The whole country: only for the named fields that a list tells of what lies out of range (DUP-007). */
  readonly nation: Executor
}

/**
 * A list that can be exported. The corridor brings authorisation, job, file and audit; the list says what its columns are, what its conditions mean and
 * how its rows are read by key, so that a reading of any length costs the same per page. Every reading happens inside the asker's range.
 */
export type ExportList = ExportMatter & {
  readonly name: ExportListName
  /** Title of the list, of its file and of its sheet. */
  readonly title: string
  /** Who may authorise an export of it: who may read the list, and for lists of accounts also who answers for the organisation. */
  readonly readers: readonly Role[]
  readonly columns: readonly WrittenColumn[]
  /** The conditions in words, for people and for the record. */
  readonly describe: (db: Executor, conditions: ExportConditions) => Promise<ConditionWords[]>
  /** How many rows meet the conditions, counted up to `most`. */
  readonly count: (db: Executor, reader: ExportReader, conditions: ExportConditions, most: number) => Promise<number>
  /** Prepares a reading; each call of the result takes the same few statements and gives the rows after a key. */
  readonly read: (
    reader: ExportReader,
    conditions: ExportConditions,
    columns: readonly string[],
  ) => (db: Reading, after: ExportKey | undefined, limit: number) => Promise<ExportPage>
  /** Where it is no workbook: how the file is made of the rows, what its name ends in, and how many rows fit. */
  readonly file?: {
    readonly extension: 'zip'
    readonly most: number
    readonly tooMany: RefusalId
    readonly write: (pages: AsyncIterable<ExportRows>, files: Pick<FileStore, 'open'>) => AsyncIterable<Uint8Array>
  }
}

/** Whatever has lists: a room, or a page of the house itself. */
export type ExportRoom = {
  readonly name: string
  readonly title: string
  readonly lists?: readonly ExportList[]
}
