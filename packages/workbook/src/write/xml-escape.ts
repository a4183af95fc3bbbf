/** Characters of a cell, at most; Excel repairs a file that has more. */
export const MAX_CELL_TEXT = 32_767

/** Anything but characters that stand for themselves; an emoji is looked at again, which is harmless. */
const SPECIAL = /[^\t\n -%'-;=?-\ud7ff\ue000-\ufffd]|_x/
/** What XML cannot hold: control characters, halves of surrogate pairs, two code points that are no characters. */
const UNWRITABLE = /(?![\t\n\r\u007f-\u009f])\p{Cc}|[\p{Cs}\ufffe\uffff]/gu
const UNWRITABLE_OR_ESCAPE = new RegExp(`${UNWRITABLE.source}|\\r|_(?=x[0-9A-Fa-f]{4})`, 'gu')
const EDGE_BLANK = /^\s|\s$|\n/

/**
 * Text for a cell's <t>: markup escaped, and what XML cannot hold or would change (a carriage return) in the `_x000D_` form
 * that spreadsheets read back; a literal `_x000D_` is escaped alike.
 */
export function cellXml(text: string): string {
  if (!SPECIAL.test(text)) return text
  return markupXml(text.replace(UNWRITABLE_OR_ESCAPE, escapeControl))
}

/** Text for an attribute or an element outside of cells: what XML cannot hold is dropped; line breaks stay. */
export function attributeXml(text: string): string {
  return markupXml(text.replace(UNWRITABLE, ''))
    .replaceAll('"', '&quot;')
    .replace(/\r\n?|\n/g, '&#10;')
    .replaceAll('\t', '&#9;')
}

/** Whether a reader would drop blanks of this text without xml:space="preserve". */
export function needsPreserve(text: string): boolean {
  return EDGE_BLANK.test(text)
}

/** The first `length` characters, without cutting a surrogate pair in two. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text
  const last = text.charCodeAt(length - 1)
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length)
}

function escapeControl(c: string): string {
  return `_x${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`
}

function markupXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
