/** Columns a sheet can have; the last one is XFD. */
export const MAX_COLUMNS = 16_384
/** Rows a sheet can have. */
export const MAX_ROWS = 1_048_576

/** The letters of a 0-based column: 0 is 'A', 27 is 'AB'. Throws outside 0 … 16,383. */
export function columnLetters(index: number): string {
  if (!Number.isInteger(index) || index < 0 || index >= MAX_COLUMNS) throw new RangeError(`no such column: ${index}`)
  let letters = ''
  for (let n = index + 1; n > 0; n = Math.floor((n - 1) / 26)) {
    letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters
  }
  return letters
}

/** The 0-based column of its letters, in either case: 'AB' is 27. Throws for anything that is not a column. */
export function columnIndex(letters: string): number {
  let n = 0
  if (!/^[A-Za-z]{1,3}$/.test(letters)) throw new RangeError(`not a column: ${letters}`)
  for (const letter of letters.toUpperCase()) n = n * 26 + letter.charCodeAt(0) - 64
  if (n > MAX_COLUMNS) throw new RangeError(`no such column: ${letters}`)
  return n - 1
}
