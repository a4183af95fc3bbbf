import { type BookChange, oneOf, SHEET, STRINGS, STYLES, WORKBOOK } from './book-change.ts'
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
