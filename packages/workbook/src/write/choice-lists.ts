import type { Column, SheetSpec } from './spec.ts'
import { attributeXml } from './xml-escape.ts'

/** Characters a list inside a validation may have; Excel repairs a file that has more. */
const MAX_INLINE = 255

export type ChoiceLists = {
  /** The formula of a column's drop-down list, ready for XML; undefined without choices. */
  formulaOf(column: Column): string | undefined
  /** Lists that need cells of their own, one column of the hidden sheet each, with the name that refers to them. */
  readonly stored: readonly { readonly name: string; readonly items: readonly string[] }[]
}

/**
 * Decides how each drop-down list is kept: short ones inside the validation itself, long ones and those with a comma in
 * cells of a hidden sheet. Equal lists are stored once.
 */
export function planChoiceLists(sheets: readonly SheetSpec[]): ChoiceLists {
  const stored = new Map<string, { name: string; items: readonly string[] }>()
  const formulas = new Map<Column, string>()
  for (const sheet of sheets) {
    if (sheet.kind === 'notes') continue
    for (const column of sheet.columns) {
      const items = (column.choices ?? []).filter((item) => item !== '')
      if (items.length === 0) continue
      if (isInline(items)) formulas.set(column, attributeXml(`"${items.join(',')}"`))
      else formulas.set(column, store(stored, items))
    }
  }
  return { formulaOf: (column) => formulas.get(column), stored: [...stored.values()] }
}

function store(stored: Map<string, { name: string; items: readonly string[] }>, items: readonly string[]): string {
  const key = JSON.stringify(items)
  const list = stored.get(key) ?? { name: `choices_${stored.size + 1}`, items }
  stored.set(key, list)
  return list.name
}

/** Inline items are parted by commas and lose blanks at their ends; a quotation mark would end the list. */
function isInline(items: readonly string[]): boolean {
  return items.join(',').length <= MAX_INLINE && items.every((item) => !/[,"\r\n]/.test(item) && item.trim() === item)
}
