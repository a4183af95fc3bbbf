/**
 * What a number format makes of a number, as far as it changes what the author saw as text: a day, a day with time, a time
 * of day, a duration, or a fixed count of digits with zeros in front ('0000' shows 7 as 0007). Everything else shows the
 * number.
 */
export type NumberKind = typeof GENERAL | typeof DATE | typeof DATE_TIME | typeof TIME | typeof DURATION | number

export const GENERAL = 0
export const DATE = 1
export const DATE_TIME = 2
export const TIME = 3
export const DURATION = 4
/** ZERO_PADDED + n: at least n digits. */
export const ZERO_PADDED = 16

const MAX_PADDING = 64

/** Formats that files name by number alone; 27–36 and 50–58 are those of Chinese Excel. */
const BUILT_IN: ReadonlyMap<number, NumberKind> = new Map([
  ...[14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map((id) => [id, DATE] as const),
  ...[18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56].map((id) => [id, TIME] as const),
  [22, DATE_TIME],
  [46, DURATION],
])

/** The kind of a number format; `code` is the workbook's own definition of `id`, when it has one. */
export function numberKind(id: number, code: string | undefined): NumberKind {
  return code === undefined ? (BUILT_IN.get(id) ?? GENERAL) : kindOfCode(code)
}

/**
 * The first section of the code decides (positive numbers). Quoted text, escaped characters, fillers and bracketed colours,
 * conditions and locales are not tokens; 'General' and its Chinese form hold letters that would look like tokens. Every pattern
 * takes one step a character, whatever the code.
 */
function kindOfCode(code: string): NumberKind {
  const bare = code.replace(/"[^"]*"?|\\.|_.|\*./g, '')
  const section = bare.split(';', 1)[0]!.toLowerCase()
  if (/\[(h+|m+|s+)\]/.test(section)) return DURATION
  const tokens = section
    .replace(/\[[^\][]*\]/g, '')
    .replace(/general|g\/\u901a\u7528\u683c\u5f0f|e[+-]|am\/pm|a\/p/g, '')
  const day = /[yde]|aaa|b[0-9]/.test(tokens)
  const clock = /[hs]/.test(tokens)
  if (day) return clock ? DATE_TIME : DATE
  if (clock) return TIME
  if (tokens.includes('m')) return DATE
  return /^0{2,}$/.test(tokens) ? ZERO_PADDED + Math.min(tokens.length, MAX_PADDING) : GENERAL
}
