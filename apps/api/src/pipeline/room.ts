import type { RefusalId } from '@xueji/contracts/issues/refusals'
import type { ItemFilter } from '@xueji/contracts/pipeline/review.api'
import type { RoomTemplate } from '@xueji/contracts/template/template'
import type { Actor, Role } from '@xueji/domain/access/roles'
import type { IdentityHolder } from '@xueji/domain/duplicates/holder'
import type { FileRow, IssuesByRow } from '@xueji/domain/duplicates/within-file'
import type { IdentityClass } from '@xueji/domain/identity/identity-type'
import type { Issue } from '@xueji/domain/kernel/issue'
import type { PlainDate } from '@xueji/domain/kernel/plain-date'
import type { Stage } from '@xueji/domain/organization/school-kind'
import type { ReviewPolicy } from '@xueji/domain/review/machine'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import type { RecordChange } from '@xueji/domain/student/record-change'
import type { ZodType } from 'zod'
import type { Executor, Transaction } from '../platform/db.ts'
import type { loadSettings } from '../platform/settings.ts'
import type { ExportRoom } from './export-list.ts'

/** Settings in force for an organisation. */
export type Settings = Awaited<ReturnType<typeof loadSettings>>

/** One kind of file a room takes. */
export type ImportEntry = {
  readonly category: string
  readonly name: string
  /** Entries of one group share their pages (menu §2.3–2.5). */
  readonly group?: EntryGroup
  /** 导入 (REG-002, REG-003). */
  readonly importable: boolean
  /** Its fields: columns of the file, fields of the form. */
  readonly template: RoomTemplate
}

/** One way into a room of reviewed business: a category with its business number in the workflow configuration, and 录入 beside 导入. */
export type RoomEntry = ImportEntry & {
  readonly business: number
  readonly identityClass: IdentityClass
  readonly group: EntryGroup
  /** 录入 (REG-002, REG-003). */
  readonly fileable: boolean
}

/** Name of a group of entries. */
export type EntryGroup = NonNullable<ItemFilter['group']>

/** A grade items are filed for, with its classes by number: what lists show of an item besides the child. */
export type PlaceGrade = {
  readonly id: string
  readonly name: string
  readonly stage: Stage
  readonly classIds: ReadonlyMap<string, { readonly id: string; readonly name: string }>
}

/** The grades of a school an entry is for. Where rows do not name theirs (`gradeName`) there is one, and it is everybody's. */
export type ItemPlace = { readonly grades: readonly PlaceGrade[]; readonly named: boolean }

/** Where rows go that become no review items. */
export const NO_PLACE: ItemPlace = { grades: [], named: false }

/** Rows to be asked about as one set: a select of `row_number` and `values`, and its parameters. */
export type RowSet = { readonly select: string; readonly parameters: readonly unknown[] }

/** Checks bound to the facts of one school at one time; pure from here on. */
export type RowChecker = {
  /** Issues of a row; `holder` is the live holder of its identity number, when the nation has been asked. */
  readonly checkRow: (values: StudentValues, holder?: IdentityHolder) => readonly Issue[]
  /** Issues that only the holder decides: asked after staging, when the nation has answered. Absent where a holder is nothing against a row. */
  readonly checkHolder?: (values: StudentValues, holder: IdentityHolder) => readonly Issue[]
  /** Issues of the evidence filed with a child by its number of pieces (REG-019). */
  readonly checkEvidence: (pieces: number) => readonly Issue[]
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
  readonly studentName: string
  readonly gender: string
  readonly birthDate: PlainDate
  readonly duplicateStatus: 0 | 1 | 2 | 3
  readonly verificationStatus: 0 | 1 | 2 | 3
  readonly verificationFault: 'notFound' | 'nameMismatch' | null
}

/** An item the system is to end, locked by whoever says so. */
export type ItemToEnd = {
  readonly id: string
  readonly orgPath: string
  readonly step: number
  readonly round: number
  readonly applicantId: string
  /** What its timeline says of the end; nothing where it speaks for itself. */
  readonly reason?: string
}

/**
 * Effects of a set of finally approved items, as data. An item that can't take effect says why: refused, it waits where it was; returned, the system has
 * found what only the applicant can mend, and it goes back there.
 */
export type EffectPlan =
  | {
      readonly itemId: string
      readonly changes: readonly RecordChange[]
      /** Items of others that this decision leaves without an object: the system ends them. */
      readonly ends?: readonly ItemToEnd[]
    }
  | { readonly itemId: string; readonly refusal: RefusalId }
  | { readonly itemId: string; readonly returned: RefusalId }

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
  /** Loads the facts of a school and one entry in bulk; a refusal when the school cannot file there at all. */
  readonly loadChecker: (
    db: Executor,
    today: PlainDate,
    school: FilingSchool,
    settings: Settings,
    entry: ImportEntry,
  ) => Promise<RowChecker | { readonly refusal: RefusalId }>
  /** The facts of a school as a page needs them to run the same row rules before the upload. */
  readonly checkFacts?: {
    readonly schema: ZodType
    readonly load: (
      db: Executor,
      today: PlainDate,
      school: FilingSchool,
      settings: Settings,
      entry: ImportEntry,
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
export type EnteringRoom = FileDoor<ImportEntry> &
  ExportRoom & {
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

/** What the review of items needs of a room, whether its items come from files or from elsewhere. */
export type ReviewRoom = ExportRoom & {
  /** 完成 in the room's own words (codes 3.3 D5). */
  readonly doneText: string
  readonly policy: (settings: Settings) => ReviewPolicy
  /** Locks what stands above items, before these are locked: where decisions on one item may end another's, all of them meet here first. */
  readonly lockFirst?: (tx: Transaction, itemIds: readonly string[]) => Promise<void>
  readonly planEffects: (
    tx: Transaction,
    today: PlainDate,
    items: readonly EffectItem[],
    settings: Settings,
  ) => Promise<readonly EffectPlan[]>
}

/** A business module: data joined to functions. The corridor serves every room by this object and knows none by name. */
export type Room = FileDoor<RoomEntry> &
  ReviewRoom & {
    readonly enterRows?: undefined
    /** What the groups are called and where their pages live: `<path>/review`, `<path>/escalate`. */
    readonly groups: readonly { readonly key: EntryGroup; readonly title: string; readonly path: string }[]
    /** 上报 by the school follows its own review (REG-027). */
    readonly escalateAfterSchool: boolean
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

/** Rows in hand as a set to be asked about: as they are about to be written. */
export const givenRows = (rows: readonly { row_number: number; values: StudentValues }[]): RowSet => ({
  select: 'select row_number, values from jsonb_to_recordset($1::jsonb) as given (row_number int, values jsonb)',
  parameters: [JSON.stringify(rows)],
})

/** The grade a row is filed for; undefined when it names none of them. */
export const placeOf = ({ grades, named }: ItemPlace, values: StudentValues): PlaceGrade | undefined =>
  named ? grades.find((grade) => grade.name === values.gradeName) : grades[0]

/** The stages an entry's grades belong to: each has a chain of its own (WF-001). */
export const stagesOf = ({ grades }: ItemPlace): readonly Stage[] => [...new Set(grades.map((grade) => grade.stage))]

/** 学校标识码 of a school by its path. */
export const schoolCodeOf = ({ orgPath }: { readonly orgPath: string }): string => orgPath.split(':')[1] ?? ''

/** The filing school of an actor. */
export const schoolOf = (actor: Pick<Actor, 'orgId' | 'orgPath' | 'orgName'>): FilingSchool => ({
  id: actor.orgId,
  path: actor.orgPath,
  name: actor.orgName,
})
