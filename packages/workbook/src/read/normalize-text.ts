/**
 * A column name as people mean it: full-width letters, digits and punctuation made half-width, blanks and line breaks
 * removed, and the asterisk dropped that marks a required column.
 */
export function normalizeName(text: string): string {
  return toHalfWidth(text)
    .replace(BLANKS, '')
    .replace(/^\*+|\*+$/g, '')
}

/** Full-width letters, digits, punctuation and the ideographic space as their ASCII counterparts; everything else as it is. */
export function toHalfWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e\u3000]/g, (c) =>
    c === '\u3000' ? ' ' : String.fromCharCode(c.charCodeAt(0) - 0xfee0),
  )
}

/** Blanks of every kind, those without width included, which come along when text is copied from a web page. */
const BLANKS = /[\s\u00a0\u200b-\u200d\u2060\ufeff]+/g
