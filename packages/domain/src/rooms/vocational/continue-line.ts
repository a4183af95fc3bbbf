import type { PlainDate } from '../../kernel/plain-date.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import type { Stage } from '../../organization/school-kind.ts'
import { type ChildBusiness, whyNotFree } from '../../student/free-child.ts'
import type { RecordChange } from '../../student/record-change.ts'
import { gradeLevelIn } from '../../student/school-year.ts'
import type { StudyStatus } from '../../student/study-status.ts'
import { admissionOf } from './admission.ts'
import { type LineHindrance, type LineStanding, lineHindrance } from './line-matrix.ts'

/** The record of a child as the decision reads it. */
export type ChildRecord = ChildBusiness & {
  readonly studentId: string
  readonly orgPath: string
  readonly studyStatus: StudyStatus
  readonly stage: Stage | null
  readonly entryYear: number | null
  /** How long the stage takes at its school. */
  readonly years: number
}

/** A registration of the child that a senior school has under way. */
export type ChildRegistration = { readonly itemId: string; readonly stage: Stage | null }

/** A line to be decided, with what the nation knows of its child. */
export type LineToDecide = Pick<LineStanding, 'match' | 'state'> & {
  readonly record?: ChildRecord
  readonly registration?: ChildRegistration
}

/** 继续 or 不继续; `despiteAdmission` says that whoever decides has read the warning (PRE-019). */
export type LineCommand = { readonly decision: 'continue' | 'stop'; readonly despiteAdmission: boolean }

/** Why a child cannot be continued; the id of a refusal. */
export type ContinueHindrance =
  | LineHindrance
  | 'vocational.admitted'
  | 'vocational.elsewhere'
  | 'vocational.statusForbids'
  | 'vocational.tooEarly'
  | 'business.problem'
  | 'business.open'

// flows §13 as for other ways into another school: who is away or has dropped out comes back first.
const LEAVES_FROM: ReadonlySet<StudyStatus> = new Set(['ZX', 'BY', 'JY', 'YY', 'TX', 'KC', 'QTLX'])
const FINISHED: ReadonlySet<StudyStatus> = new Set(['BY', 'JY', 'YY'])

/**
 * Why the record of a child cannot go to a vocational school; undefined when it can. From junior school its last year or its end is needed, from senior
 * school nothing (codes 2.23b: 初三、高中); business about the child under way, its problem record too, comes first.
 */
export function recordHindrance(record: ChildRecord, schoolYear: number): ContinueHindrance | undefined {
  const { studyStatus, stage, entryYear, years } = record
  if (studyStatus === 'QZZ') return 'vocational.elsewhere'
  if (!LEAVES_FROM.has(studyStatus)) return 'vocational.statusForbids'
  const finishesJunior = stage === 2 && entryYear !== null && gradeLevelIn(schoolYear, entryYear) >= years
  const farEnough = stage === 3 || finishesJunior || (stage === 2 && FINISHED.has(studyStatus))
  if (!farEnough) return 'vocational.tooEarly'
  return whyNotFree(record, 'vocationalContinuation')
}

/**
 * What a command makes of a line (PRE-019). A child whom a senior school has admitted is continued only by who has been told so: without that the answer
 * is the warning itself.
 */
export function decideLine(
  line: LineToDecide,
  { decision, despiteAdmission }: LineCommand,
  schoolYear: number,
): Result<'continued' | 'stopped', ContinueHindrance> {
  const admission = admissionOf(line)
  const hindrance = lineHindrance(decision, { ...line, admitted: admission !== undefined })
  if (hindrance) return refused(hindrance)
  if (decision === 'stop') return ok('stopped')
  const inTheWay = line.record && recordHindrance(line.record, schoolYear)
  if (inTheWay) return refused(inTheWay)
  return admission && !despiteAdmission ? refused('vocational.admitted') : ok('continued')
}

/** What continuing does: the record leaves for the vocational school, and a registration it leaves without an object ends. */
export type ContinuePlan = { readonly changes: readonly RecordChange[]; readonly endsItemId?: string }

/** Plans the effects of a line continued into a school (codes 2.22 QZZ). The record and its number stay the child's for life; only the enrolment ends. */
export function planContinuation(
  { record, registration }: LineToDecide,
  school: { readonly code: string; readonly name: string },
  today: PlainDate,
): ContinuePlan {
  if (!record) return { changes: [], ...(registration ? { endsItemId: registration.itemId } : {}) }
  const change: RecordChange = {
    kind: 'goVocational',
    studentId: record.studentId,
    orgPath: record.orgPath,
    vocationalSchool: school,
    occurredOn: today,
    summary: `去中职就读：学籍接续到${school.name}`,
  }
  return { changes: [change] }
}
