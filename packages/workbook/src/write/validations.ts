import { columnLetters } from '../column-letters.ts'
import type { ChoiceLists } from './choice-lists.ts'
import type { Column } from './spec.ts'
import { attributeXml, cut } from './xml-escape.ts'

/** Lengths that Excel allows; it repairs a file that has more. */
const MAX_PROMPT_TITLE = 32
const MAX_PROMPT = 255

/** The <dataValidations> of a table: drop-down lists and prompts from row 2 to `lastRow`; '' when no column has any. */
export function validationsXml(columns: readonly Column[], lists: ChoiceLists, lastRow: number): string {
  const validations = columns.flatMap((column, index) => validationXml(column, lists, columnLetters(index), lastRow))
  if (validations.length === 0) return ''
  return `<dataValidations count="${validations.length}">${validations.join('')}</dataValidations>`
}

function validationXml(column: Column, lists: ChoiceLists, letters: string, lastRow: number): string[] {
  const formula = lists.formulaOf(column)
  const { prompt } = column
  if (formula === undefined && prompt === undefined) return []
  const list = formula === undefined ? '' : ' type="list" showErrorMessage="1"'
  const shown =
    prompt === undefined
      ? ''
      : ` showInputMessage="1"${titleXml(prompt.title)} prompt="${attributeXml(cut(prompt.text, MAX_PROMPT))}"`
  const start = `<dataValidation${list} allowBlank="1"${shown} sqref="${letters}2:${letters}${lastRow}"`
  return [formula === undefined ? `${start}/>` : `${start}><formula1>${formula}</formula1></dataValidation>`]
}

function titleXml(title: string | undefined): string {
  return title === undefined ? '' : ` promptTitle="${attributeXml(cut(title, MAX_PROMPT_TITLE))}"`
}
