import type { Chance } from './mutations.ts'
import { type TinyEntry, type TinyZipOptions, tinyZip } from './tiny-zip.ts'

/** A workbook on its way into a zip. */
export type BookParts = {
  readonly parts: readonly TinyEntry[]
  readonly zip?: TinyZipOptions
}

/** A change of a workbook after which some program might still read it; the name is what differences between readers are listed by. */
export type BookChange = {
  readonly name: string
  readonly apply: (book: BookParts, chance: Chance) => BookParts
  /** What row numbers are multiplied by. */
  readonly rows?: number
}

export const SHEET = 'xl/worksheets/sheet1.xml'
export const STRINGS = 'xl/sharedStrings.xml'
export const STYLES = 'xl/styles.xml'
export const WORKBOOK = 'xl/workbook.xml'
export const WORKBOOK_RELATIONS = 'xl/_rels/workbook.xml.rels'
export const CONTENT_TYPES = '[Content_Types].xml'

/** The bytes of the file. */
export const packBook = ({ parts, zip }: BookParts): Uint8Array => tinyZip(parts, zip)

/** A change of the text of one part. */
export function textChange(name: string, part: string, edit: (xml: string, chance: Chance) => string): BookChange {
  return { name, apply: (book, chance) => editPart(book, part, (xml) => edit(xml, chance)) }
}

/** The book with the text of one part, or of every part for which `part` is undefined, edited. */
export function editPart(book: BookParts, part: string | undefined, edit: (xml: string) => string): BookParts {
  return {
    ...book,
    parts: book.parts.map((one) =>
      part === undefined || one.name === part ? { ...one, data: edit(String(one.data)) } : one,
    ),
  }
}

/** Some of what the pattern finds replaced, each by an even chance. */
export function someReplaced(xml: string, pattern: RegExp, chance: Chance, replace: (found: string) => string): string {
  return xml.replaceAll(pattern, (found) => (chance(2) === 0 ? replace(found) : found))
}

/** One of the list. */
export function oneOf<Item>(chance: Chance, items: readonly Item[]): Item {
  return items[chance(items.length)]!
}
