/**
 * Spreadsheets write a character that XML cannot hold as `_x000D_`, and a literal `_x000D_` as `_x005F_x000D_`. One pass
 * from the left undoes both.
 */
export function unescapeControls(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
}
