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
import type { ExportList } from './export-list.ts'

/** Settings in force for an organisation. */
export type Settings = Awaited<ReturnType<typeof loadSettings>>

/** One way into a room: a category with its template and business number in the workflow configuration. */
export type RoomEntry = {
  readonly category: string
  readonly name: string
  readonly business: number
  readonly identityClass: IdentityClass
  /** Absent where the specification allows no import (REG-002, REG-003). */
  readonly template?: RoomTemplate
}

/** What lists show of an item besides the child: grade and class it is filed for. */
export type ItemPlace = {
  readonly gradeId: string
  readonly gradeName: string
  readonly classIds: ReadonlyMap<string, { id: string; name: string }>
}

/** Checks bound to the facts of one school at one time; pure from here on. */
export type RowChecker = {
  /** Issues of a row; `holder` is the live holder of its identity number, when the nation has been asked. */
  readonly checkRow: (values: StudentValues, holder?: IdentityHolder) => readonly Issue[]
  /** Issues that only the holder decides: asked after staging, when the nation has answered. */
  readonly checkHolder: (values: StudentValues, holder: IdentityHolder) => readonly Issue[]
  readonly checkFile: (rows: readonly FileRow[]) => IssuesByRow
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

/** An item the system is to end, locked by whoever says so. */
export type ItemToEnd = {
  readonly id: string
  readonly orgPath: string
  readonly step: number
  readonly round: number
  readonly applicantId: string
}

/** Effects of a set of finally approved items, as data; an item that can't take effect says why. */
export type EffectPlan =
  | {
      readonly itemId: string
      readonly changes: readonly RecordChange[]
      /** Items of others that this decision leaves without an object: the system ends them. */
      readonly ends?: readonly ItemToEnd[]
    }
  | { readonly itemId: string; readonly refusal: RefusalId }

/** What the review of items needs of a room, whether its items come from files or from elsewhere. */
export type ReviewRoom = {
  readonly name: string
  readonly title: string
  /** 完成 in the room's own words (codes 3.3 D5). */
  readonly doneText: string
  readonly policy: (settings: Settings) => ReviewPolicy
  /** Lists of the room's own that can be exported; the items of a `Room` always can. */
  readonly exportLists?: readonly ExportList[]
  readonly planEffects: (
    tx: Transaction,
    today: PlainDate,
    items: readonly EffectItem[],
  ) => Promise<readonly EffectPlan[]>
}

/** A business module: data joined to functions. The corridor serves every room by this object and knows none by name. */
export type Room = ReviewRoom & {
  readonly entries: readonly RoomEntry[]
  readonly filers: readonly Role[]
  /** 上报 by the school follows its own review (REG-027). */
  readonly escalateAfterSchool: boolean
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

/** The school that files. */
export type FilingSchool = { readonly id: string; readonly path: string; readonly name: string }

/** The entry of a category; undefined for a category the room has not. */
export const findEntry = (room: Room, category: string): RoomEntry | undefined =>
  room.entries.find((entry) => entry.category === category)

/** The filing school of an actor. */
export const schoolOf = (actor: Pick<Actor, 'orgId' | 'orgPath' | 'orgName'>): FilingSchool => ({
  id: actor.orgId,
  path: actor.orgPath,
  name: actor.orgName,
})
