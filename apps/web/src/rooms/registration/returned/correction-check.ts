import { wordIssue } from '@xueji/contracts/issues/catalogue'
import type { RowIssue } from '@xueji/contracts/pipeline/import.api'
import { RESIDENT_NEWCOMER_FORM } from '@xueji/contracts/rooms/registration/registration.form'
import { makeShapeCheck, type RowCells } from '@xueji/contracts/template/row-schema'
import type { Issue } from '@xueji/domain/kernel/issue'
import type { PlainDate } from '@xueji/domain/kernel/plain-date'
import { checkRegistration } from '@xueji/domain/rooms/registration/registration.rules'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { followsNumber } from './derived-values.ts'

/** What the browser knows of the facts a row is checked against. */
export type CorrectionFacts = {
  readonly today: string
  readonly schoolCode: string
  readonly entryYear: number
  readonly classNumbers: ReadonlySet<string>
}

const checkShape = makeShapeCheck(RESIDENT_NEWCOMER_FORM)

const labels = new Map(RESIDENT_NEWCOMER_FORM.columns.map((column) => [column.key, column.header]))
const order = new Map(RESIDENT_NEWCOMER_FORM.columns.map((column, index) => [column.key, index]))

// Decided by facts only the server has: region tables, provincial parameters, campuses, founders, the nation.
const SERVER_ONLY: ReadonlySet<string> = new Set([
  'region.unknown',
  'identity.regionUnknown',
  'register.entryAge',
  'register.noSuchCampus',
  'category.purchasedPlaceInPublicSchool',
])
const EVERYTHING: ReadonlySet<string> = { ...new Set<string>(), has: () => true } as ReadonlySet<string>

/**
 * Every issue of a corrected row that can be found without asking the server: the same shape check and the same rules it runs, in the order of the
 * columns. The server checks again and has the last word.
 */
export function checkCorrection(cells: RowCells, facts: CorrectionFacts): readonly RowIssue[] {
  const shaped = checkShape(cells)
  const ruled = checkRegistration(shaped.values, {
    today: facts.today as PlainDate,
    schoolCode: facts.schoolCode,
    entryYear: facts.entryYear,
    entryAge: 6,
    countyCodes: EVERYTHING,
    classNumbers: facts.classNumbers,
    campusNumbers: EVERYTHING,
    isPrivateSchool: true,
    holders: new Map(),
  }).filter((issue) => !SERVER_ONLY.has(issue.code))
  return [...shaped.issues, ...ruled]
    .filter((issue) => !isConsequence(issue, shaped.values))
    .map(inWords)
    .sort(byColumn)
}

// While the number is incomplete, what follows from it is missing too: that is one mistake, not three (IDN-006).
const isConsequence = (issue: Issue, values: StudentValues): boolean =>
  issue.code === 'shape.required' &&
  (issue.field === 'gender' || issue.field === 'birthDate') &&
  followsNumber(values.identityType) &&
  values.identityNumber !== undefined

function inWords(issue: Issue): RowIssue {
  const label = labels.get(issue.field ?? '') ?? ''
  return {
    ...(issue.field ? { field: issue.field } : {}),
    label,
    code: issue.code,
    severity: issue.severity,
    ...(issue.value ? { value: issue.value } : {}),
    ...wordIssue(issue, label),
  }
}

const byColumn = (a: RowIssue, b: RowIssue): number =>
  (order.get(a.field ?? '') ?? 999) - (order.get(b.field ?? '') ?? 999)
