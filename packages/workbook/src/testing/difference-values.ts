/**
 * What our reader and the two libraries make of changed workbooks, where it is not the same; each with its reason, and each is met.
 *
 * - fails: that library does not open the workbook, ours does;
 * - differs: it reads something else than ours does, while the other library agrees with ours or fares worse;
 * - alone: both read something else than ours does;
 * - refused: ours refuses, where they guess or fail.
 */
export type ChangeDifference = {
  readonly change: RegExp
  readonly kind?: RegExp
  readonly why: string
} & (
  | { readonly how: 'fails'; readonly reader: 'xlsx' | 'exceljs'; readonly allows?: undefined }
  | { readonly how: 'refused'; readonly reader?: undefined; readonly allows?: undefined }
  /** What the library may give for what ours gives: every other value is a fault. */
  | {
      readonly how: 'differs'
      readonly reader: 'xlsx' | 'exceljs'
      readonly allows: (theirs: string, ours: string) => boolean
    }
  | { readonly how: 'alone'; readonly reader?: undefined; readonly allows: (theirs: string, ours: string) => boolean }
)

/** A number as we write it, its flag as formula aside. */
export const isNumber = (text: string): boolean => /^-?\d+(\.\d+)?( \[formula\])?$/.test(text)
/** A day as we write it. */
export const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text)
/** A time of day as we write it, or a number of hours. */
export const isTime = (text: string): boolean => /^\d+:\d\d:\d\d$/.test(text)
/** The cell is lost. */
export const isLost = (theirs: string, ours: string): boolean => theirs === '' && ours !== ''
/** Something of it is lost, or all of it: what is left stands in the same order. */
export const isPart = (theirs: string, ours: string): boolean => {
  let at = 0
  for (const character of theirs) at = ours.indexOf(character, at) + 1 || Number.POSITIVE_INFINITY
  return theirs.length < ours.length && Number.isFinite(at)
}
