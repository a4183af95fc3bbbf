import { type BookChange, oneOf, SHEET, STRINGS, STYLES, textChange, WORKBOOK } from './book-change.ts'
import { type Chance, flip, mangle, movePiece } from './mutations.ts'

const PARTS = [SHEET, SHEET, SHEET, STRINGS, STYLES, WORKBOOK]

function damageOf(name: string, damage: (text: string, chance: Chance) => string | Uint8Array): BookChange {
  return {
    name,
    apply: (book, chance) => {
      const damaged = oneOf(chance, PARTS)
      return {
        ...book,
        parts: book.parts.map((part) =>
          part.name === damaged ? { ...part, data: damage(String(part.data), chance) } : part,
        ),
      }
    },
  }
}

/**
 * Damage without sense to one part, packed again. Most of it leaves no workbook; what still opens must not be read as something else. Bytes of the
 * zip itself are left to `fuzz.test.ts`: the checksums refuse such files, and xlsx, which has none, does not come back from some of them.
 */
export const BYTE_CHANGES: readonly BookChange[] = [
  damageOf('one byte of a part', (text, chance) => {
    const bytes = new TextEncoder().encode(text)
    bytes[chance(bytes.length)] = chance(256)
    return bytes
  }),
  damageOf('one character of a part', (text, chance) => {
    const at = chance(text.length)
    return text.slice(0, at) + oneOf(chance, [...'0123456789abcrstv<>/="& ']) + text.slice(at + 1)
  }),
  damageOf('bytes of a part', (text, chance) => flip(new TextEncoder().encode(text), chance)),
  damageOf('a piece of a part moved', movePiece),
  damageOf('pieces of XML in a part', mangle),
]

const TYPED = [...'0123456789.-aZ学 ']

/** One of what the pattern finds in the sheet changed; the markup around it is left alone. */
function slipOf(name: string, pattern: RegExp, slip: (found: string, chance: Chance) => string): BookChange {
  return textChange(name, SHEET, (xml, chance) => {
    const found = [...xml.matchAll(pattern)]
    if (found.length === 0) return xml
    const { index, 0: text } = oneOf(chance, found)
    return xml.slice(0, index) + slip(text, chance) + xml.slice(index + text.length)
  })
}

const oneReplaced = (text: string, chance: Chance): string => {
  const at = chance(text.length)
  return text.slice(0, at) + oneOf(chance, TYPED) + text.slice(at + 1)
}

const VALUE = /(?<=<v>)[^<]+(?=<\/v>)/g
const TEXT = /(?<=<t>)[^<&]+(?=<\/t>)/g

/** Slips that leave the sheet well formed, as a program with a fault or a hand in the XML makes them: what is there is read by all three, and compared. */
export const SLIPS: readonly BookChange[] = [
  slipOf('a slip in a value', VALUE, oneReplaced),
  slipOf('a value cut short', VALUE, (value, chance) => value.slice(0, chance(value.length))),
  slipOf('a slip in a text', TEXT, oneReplaced),
  slipOf('a slip in a style', /(?<= s=")\d+(?=")/g, (_style, chance) => String(chance(20))),
]
