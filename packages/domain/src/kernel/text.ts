/**
 * The text as its author meant it: full-width ASCII and the ideographic space become half-width, zero-width characters and
 * line breaks go, runs of blanks become one, ends are trimmed. Typing with a Chinese input method on must never cost a row.
 */
export function normalizeText(text: string): string {
  if (PLAIN.test(text)) return text.trim()
  let out = ''
  for (const char of text) {
    const code = char.codePointAt(0)!
    if (code >= 0xff01 && code <= 0xff5e) out += String.fromCodePoint(code - 0xfee0)
    else if (code === 0x3000 || code === 0xa0 || code === 9 || code === 10 || code === 13) out += ' '
    else if (!(code < 32 || (code >= 0x200b && code <= 0x200f) || code === 0xfeff || code === 0x2060)) out += char
  }
  return out.replace(/ {2,}/g, ' ').trim()
}

/** Without any blank at all: for codes, numbers and Chinese names. */
export const withoutBlanks = (text: string): string => text.replace(/\s+/g, '')

// Printable ASCII and common Han without doubled blanks needs no work: nine cells of ten.
const PLAIN = /^(?:[!-~\u4e00-\u9fff]| (?! ))*$/

/** Number of user-visible characters (code points). */
export const lengthOf = (text: string): number => {
  let count = 0
  for (const _ of text) count++
  return count
}
