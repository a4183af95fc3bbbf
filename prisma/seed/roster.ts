import { cellText } from '@xueji/contracts/template/cell-text'
import { flatten } from '@xueji/contracts/template/row-schema'
import type { RoomTemplate } from '@xueji/contracts/template/template'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { buildChild, type ChildWish } from './children.ts'
import { createChance } from './random.ts'

/** Children with numbers that differ from one another, in a repeatable order. `outcomeOf` steers single rows. */
export function buildChildren(
  count: number,
  seed: number,
  wish: ChildWish,
  outcomeOf: (index: number) => ChildWish['outcome'] = () => undefined,
): StudentValues[] {
  const chance = createChance(seed)
  const used = new Set<string>()
  return Array.from({ length: count }, (_, index) => {
    const outcome = outcomeOf(index)
    for (;;) {
      const child = buildChild(chance, { ...wish, ...(outcome ? { outcome } : {}) })
      if (used.has(child.identityNumber!)) continue
      used.add(child.identityNumber!)
      return child
    }
  })
}

/** A child as a registrar would write it into the template: names of codes, compact dates, text by column. */
export function rosterRow(template: RoomTemplate, child: StudentValues): string[] {
  const flat = flatten(child)
  return template.columns.map((column) => {
    const text = cellText(column, flat[column.key])
    return column.kind === 'date' ? text.replaceAll('-', '') : text
  })
}
