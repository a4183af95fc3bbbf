import { wordIssue } from '@xueji/contracts/issues/catalogue'
import type { RowIssue } from '@xueji/contracts/pipeline/import.api'
import { makeShapeCheck, type RowCells } from '@xueji/contracts/template/row-schema'
import type { RoomTemplate } from '@xueji/contracts/template/template'
import type { Issue } from '@xueji/domain/kernel/issue'
import type { RegistrationFacts } from '@xueji/domain/rooms/registration/registration.facts'
import { checkRegistration } from '@xueji/domain/rooms/registration/registration.rules'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { followsNumber } from './derived-values.ts'

/** Checks the cells of a form; every issue that can be found without asking the nation. */
export type FormCheck = (cells: RowCells) => readonly RowIssue[]

/**
 * The same shape check and the same rules the server runs, in the order of the columns; the rules as soon as the school's facts are known. The server
 * checks again and has the last word.
 */
export function makeFormCheck(template: RoomTemplate, facts: RegistrationFacts | undefined): FormCheck {
  const checkShape = makeShapeCheck(template)
  const order = new Map(template.columns.map((column, index) => [column.key, index]))
  const labels = new Map(template.columns.map((column) => [column.key, column.header]))
  const place = (issue: RowIssue): number => order.get(issue.field ?? '') ?? 999
  return (cells) => {
    const shaped = checkShape(cells)
    const ruled = facts ? checkRegistration(shaped.values, facts) : []
    return [...shaped.issues, ...ruled]
      .filter((issue) => !isConsequence(issue, shaped.values))
      .map((issue) => inWords(issue, labels.get(issue.field ?? '') ?? ''))
      .sort((a, b) => place(a) - place(b))
  }
}

// While the number is incomplete, what follows from it is missing too: that is one mistake, not three (IDN-006).
const isConsequence = (issue: Issue, values: StudentValues): boolean =>
  issue.code === 'shape.required' &&
  (issue.field === 'gender' || issue.field === 'birthDate') &&
  followsNumber(values.identityType) &&
  values.identityNumber !== undefined

/** An issue in the words of the catalogue. */
export function inWords(issue: Issue, label: string): RowIssue {
  return {
    ...(issue.field ? { field: issue.field } : {}),
    label,
    code: issue.code,
    severity: issue.severity,
    ...(issue.value ? { value: issue.value } : {}),
    ...wordIssue(issue, label),
  }
}
