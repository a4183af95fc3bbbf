import type { SampleBook } from './cell-samples.ts'
import { dayText, general } from './oracle-readers.ts'

/**
 * Workbooks with cells in every way the format has of writing them, read by us and by two libraries. Where what they give is not what we
 * give, the difference stands here with its reason, and is met: a difference nobody meets any more is no difference.
 *
 * Not listed, since it is the form and not the content: what the libraries give as a number or a date is put into our form, numbers
 * without thousands separators, decimals or percent of their format, days as YYYY-MM-DD, times as HH:mm:ss.
 */
export const DIFFERENCES: readonly Difference[] = [
  {
    reader: 'xlsx',
    kind: /^shared escaped$/,
    why: 'it makes one line feed of a carriage return and a line feed; we keep what was typed, as exceljs does',
    allows: (theirs, ours) => theirs === ours.replaceAll('\r\n', '\n'),
  },
  {
    reader: 'xlsx',
    kind: /^day of Chinese Excel$/,
    why: 'it does not know that the formats 27–36 and 50–58, named by number alone, are days in Chinese Excel',
    allows: (theirs, ours, { epoch1904 }) => dayText(Number(theirs), epoch1904) === ours,
  },
  {
    reader: 'exceljs',
    kind: /^day of Chinese Excel$/,
    why: 'the same',
    allows: (theirs, ours, { epoch1904 }) => dayText(Number(theirs), epoch1904) === ours,
  },
  {
    reader: 'xlsx',
    kind: /^zeros in front$/,
    why: 'it gives the number; in a roster the zeros are what was meant, and the sheet shows them',
    allows: (theirs, ours) => theirs.padStart(6, '0') === ours,
  },
  {
    reader: 'exceljs',
    kind: /^zeros in front$/,
    why: 'the same',
    allows: (theirs, ours) => theirs.padStart(6, '0') === ours,
  },
  {
    reader: 'xlsx',
    kind: /^long$/,
    why: 'it rounds to a double; we give the digits of the file and flag the cell, as they are not what was typed',
    allows: (theirs, ours) => Number(theirs) === Number(general(Number(ours))),
  },
  {
    reader: 'exceljs',
    kind: /^long$/,
    why: 'the same',
    allows: (theirs, ours) => Number(theirs) === Number(general(Number(ours))),
  },
  {
    reader: 'exceljs',
    kind: /^day of early 1900$/,
    why: 'it has no 29 February 1900, which Excel shows, and so is a day behind before it',
    allows: (_theirs, ours) => ours < '1900-03-01',
  },
  {
    reader: 'exceljs',
    kind: /^ISO day$/,
    why: 'it takes the year of an ISO 8601 cell, which strict files have, for the number of a day',
    allows: (theirs, ours, { epoch1904 }) => theirs === dayText(Number(ours.slice(0, 4)), epoch1904),
  },
  {
    reader: 'exceljs',
    kind: /^formula number$/,
    why: 'it drops the value of a formula when that is zero',
    allows: (theirs, ours) => theirs.trim() === '[formula]' && ours === '0 [formula]',
  },
  {
    reader: 'exceljs',
    kind: /./,
    why: 'it does not read rows and cells that do not say where they are, which the standard allows',
    allows: (theirs, _ours, { addressed }) => theirs === '' && !addressed,
  },
]

export type Difference = {
  readonly reader: 'xlsx' | 'exceljs'
  readonly kind: RegExp
  readonly why: string
  readonly allows: (theirs: string, ours: string, book: SampleBook) => boolean
}
