import type { RefusalId } from '@xueji/contracts/issues/refusals'
import type { RoomTemplate } from '@xueji/contracts/template/template'
import type { Actor, Role } from '@xueji/domain/access/roles'
import type { IdentityHolder } from '@xueji/domain/duplicates/holder'
import type { FileRow, IssuesByRow } from '@xueji/domain/duplicates/within-file'
import type { IdentityClass } from '@xueji/domain/identity/identity-type'
import type { Issue } from '@xueji/domain/kernel/issue'
import type { PlainDate } from '@xueji/domain/kernel/plain-date'
import type { ReviewPolicy } from '@xueji/domain/review/machine'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import type { RecordChange } from '@xueji/domain/student/record-change'
import type { ZodType } from 'zod'
import type { Executor, Transaction } from '../platform/db.ts'
import type { loadSettings } from '../platform/settings.ts'

/** Settings in force for an organisation. */
export type Settings = Awaited<ReturnType<typeof loadSettings>>

/** One kind of file a room takes. */
export type ImportEntry = {
  readonly category: string
  readonly name: string
  /** Absent where the specification allows no import (REG-002, REG-003). */
  readonly template?: RoomTemplate
}

/** One way into a room of reviewed business: also its number in the workflow configuration. */
export type RoomEntry = ImportEntry & {
  readonly business: number
  readonly identityClass: IdentityClass
}

/** What lists show of an item besides the child: grade and class it is filed for. */
export type ItemPlace = {
  readonly gradeId: string
  readonly gradeName: string
  readonly classIds: ReadonlyMap<string, { id: string; name: string }>
}

/** Where rows go that become no review items. */
export const NO_PLACE: ItemPlace = { gradeId: '', gradeName: '', classIds: new Map() }

/** Rows to be asked about as one set: a select of `row_number` and `values`, and its parameters. */
export type RowSet = { readonly select: string; readonly parameters: readonly unknown[] }

/** Checks bound to the facts of one school at one time; pure from here on. */
export type RowChecker = {
  /** Issues of a row; `holder` is the live holder of its identity number, when the nation has been asked. */
  readonly checkRow: (values: StudentValues, holder?: IdentityHolder) => readonly Issue[]
  /** Issues that only the holder decides: asked after staging, when the nation has answered. */
  readonly checkHolder: (values: StudentValues, holder: IdentityHolder) => readonly Issue[]
  readonly checkFile: (rows: readonly FileRow[]) => IssuesByRow
  /** Issues that only the database can tell, asked for a whole set in a constant number of statements, when the nation is asked. */
  readonly checkSet?: (rows: RowSet) => Promise<IssuesByRow>
  /** Fingerprint of the facts: rows checked under another one are checked again before they are submitted. */
  readonly factsKey: string
  readonly place: ItemPlace
}

/** An approved item as effects read it. */
export type EffectItem = {
  readonly id: string
  readonly orgId: string
  readonly orgPath: string
  readonly orgName: string
  readonly regionCode: string
  readonly identityClass: IdentityClass
  readonly identityNumber: string | null
  readonly gender: string
  readonly birthDate: PlainDate
  readonly duplicateStatus: 0 | 1 | 2 | 3
  readonly verificationStatus: 0 | 1 | 2 | 3
  readonly verificationFault: 'notFound' | 'nameMismatch' | null
}

/** Effects of a set of finally approved items, as data; an item that can't take effect says why. */
export type EffectPlan =
  | { readonly itemId: string; readonly changes: readonly RecordChange[] }
  | { readonly itemId: string; readonly refusal: RefusalId }

/** A batch whose rows may enter, as whoever enters them needs it. */
export type EnteringBatch = {
  readonly id: string
  readonly orgId: string
  readonly orgPath: string
  readonly fileName: string
  readonly filerId: string
}

/** What a business that takes files tells the corridor: enough for upload, check, preview and records. */
type FileDoor<Entry extends ImportEntry> = {
  readonly name: string
  readonly title: string
  readonly entries: readonly Entry[]
  readonly filers: readonly Role[]
  /** May the clean rows of a batch be filed without the others? Where not, a batch enters whole or not at all (REG-007). */
  readonly mayFileCleanRows: boolean
  /** Loads the facts of a school in bulk; a refusal when the school cannot file at all. */
  readonly loadChecker: (
    db: Executor,
    today: PlainDate,
    school: FilingSchool,
    settings: Settings,
  ) => Promise<RowChecker | { readonly refusal: RefusalId }>
  /** The facts of a school as a page needs them to run the same row rules before the upload. */
  readonly checkFacts?: {
    readonly schema: ZodType
    readonly load: (
      db: Executor,
      today: PlainDate,
      school: FilingSchool,
      settings: Settings,
    ) => Promise<{ readonly facts: unknown } | { readonly refusal: RefusalId }>
  }
  /**
   * What the records say today that some staged rows would change, by row number: one statement for all of them. Absent where every row is a new
   * record. The preview compares both field by field.
   */
  readonly findExisting?: (
    db: Executor,
    staged: { readonly batchId: string; readonly rowNumbers: readonly number[] },
  ) => Promise<ReadonlyMap<number, StudentValues>>
}

/** A business whose rows become records of its own instead of review items. */
export type EnteringRoom = FileDoor<ImportEntry> & {
  /** Who else may look at its batches; `filers` may. */
  readonly readers: readonly Role[]
  /** Rows that may not enter are left out by themselves, and named in the result. */
  readonly leavesOutInvalid: boolean
  /**
   * Enters the staged rows of a clean batch in the transaction given, as sets; returns counts for its record. `ClaimLost` when somebody was quicker with a
   * number: everything rolls back and the rows are asked about again.
   */
  readonly enterRows: (tx: Transaction, batch: EnteringBatch, now: Date) => Promise<Readonly<Record<string, number>>>
}

/** A business module: data joined to functions. The corridor serves every room by this object and knows none by name. */
export type Room = FileDoor<RoomEntry> & {
  readonly enterRows?: undefined
  /** 完成 in the room's own words (codes 3.3 D5). */
  readonly doneText: string
  /** 上报 by the school follows its own review (REG-027). */
  readonly escalateAfterSchool: boolean
  readonly policy: (settings: Settings) => ReviewPolicy
  readonly planEffects: (
    tx: Transaction,
    today: PlainDate,
    items: readonly EffectItem[],
  ) => Promise<readonly EffectPlan[]>
}

/** Whatever takes files. */
export type FileRoom = Room | EnteringRoom

/** The school that files. */
export type FilingSchool = { readonly id: string; readonly path: string; readonly name: string }

/** The entry of a category; undefined for a category the room has not. */
export const findEntry = <Entry extends ImportEntry>(
  room: { readonly entries: readonly Entry[] },
  category: string,
): Entry | undefined => room.entries.find((entry) => entry.category === category)

/** The filing school of an actor. */
export const schoolOf = (actor: Pick<Actor, 'orgId' | 'orgPath' | 'orgName'>): FilingSchool => ({
  id: actor.orgId,
  path: actor.orgPath,
  name: actor.orgName,
})
