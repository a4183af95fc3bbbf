import { columnLetters } from '../column-letters.ts'
import type { ChoiceLists } from './choice-lists.ts'
import type { SheetSpec } from './spec.ts'
import { attributeXml } from './xml-escape.ts'

/**
 * The <definedNames> of a workbook: the filtered ranges, without which LibreOffice shows no filter, and the long lists.
 * `lastRows` are those of the sheets.
 */
export function definedNamesXml(
  sheets: readonly SheetSpec[],
  lastRows: readonly number[],
  { stored }: ChoiceLists,
  choicesSheet: string,
): string {
  const filters = sheets.flatMap((sheet, i) => {
    if (sheet.kind !== 'table' || !sheet.autoFilter) return []
    const range = `${quoted(sheet.name)}!$A$1:$${columnLetters(sheet.columns.length - 1)}$${lastRows[i]}`
    return [`<definedName name="_xlnm._FilterDatabase" localSheetId="${i}" hidden="1">${range}</definedName>`]
  })
  const lists = stored.map(({ name, items }, column) => {
    const letters = columnLetters(column)
    const range = `${quoted(choicesSheet)}!$${letters}$1:$${letters}$${items.length}`
    return `<definedName name="${name}">${range}</definedName>`
  })
  const names = [...filters, ...lists]
  return names.length === 0 ? '' : `<definedNames>${names.join('')}</definedNames>`
}

function quoted(sheetName: string): string {
  return attributeXml(`'${sheetName.replaceAll("'", "''")}'`)
}
