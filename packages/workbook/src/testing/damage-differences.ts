import { type ChangeDifference, isDay, isNumber, isTime } from './difference-values.ts'
import { dayText } from './oracle-readers.ts'

const DAMAGE = /^(bytes of|one |a piece of|pieces of|a slip|a value cut)/
const SLIP = /^a (slip|value cut)/
const isTruth = (text: string): boolean => text === 'TRUE' || text === 'FALSE'

/** What damage may come to: each of these says what the library may give for what we give, and nothing else passes. */
export const DAMAGE_DIFFERENCES: readonly ChangeDifference[] = [
  {
    change: DAMAGE,
    how: 'alone',
    why: 'a stray character in a number: they take the digits in front of it, we give what stands there',
    allows: (_theirs, ours) => !isNumber(ours) && !isDay(ours),
  },
  {
    change: DAMAGE,
    how: 'alone',
    kind: /^ISO day$/,
    why: 'a cell of the type of days is a day, whatever is left of its style; they make numbers or times of it',
    allows: (theirs) => isNumber(theirs) || isTime(theirs),
  },
  {
    change: DAMAGE,
    how: 'differs',
    reader: 'exceljs',
    why: 'it drops cells with elements that it does not know, and those behind them',
    allows: (theirs, ours) => theirs === '' && ours !== '',
  },
  {
    change: SLIP,
    how: 'alone',
    kind: /^boolean$/,
    why: 'truth that is neither 0 nor 1: one says true and the other false; we give what stands there',
    allows: (theirs, ours) => isTruth(theirs) && !isTruth(ours),
  },
  {
    change: /^a value cut short$/,
    how: 'differs',
    reader: 'xlsx',
    kind: /^boolean$/,
    why: 'it takes nothing for false',
    allows: (theirs, ours) => theirs === 'FALSE' && ours === '',
  },
  {
    change: SLIP,
    how: 'differs',
    reader: 'xlsx',
    kind: /error$/,
    why: 'it drops the words of errors that it does not know; that the cell is one, it says',
    allows: (theirs, ours) => theirs.startsWith(' [') && ours.endsWith(theirs),
  },
  {
    change: /^a value cut short$/,
    how: 'differs',
    reader: 'xlsx',
    kind: /error$/,
    why: 'it takes an error without words for one all the same',
    allows: (theirs, ours) => theirs === `${ours} [error]`,
  },
  {
    change: SLIP,
    how: 'differs',
    reader: 'xlsx',
    kind: /^ISO day$/,
    why: 'it has JavaScript complete and roll over what is no ISO 8601 day; we leave it, or take the day that is written',
    allows: (theirs, ours) => theirs === 'NaN' || (isDay(theirs) && theirs.slice(0, 4) === ours.slice(0, 4)),
  },
  {
    change: /^a value cut short$/,
    how: 'differs',
    reader: 'xlsx',
    why: 'at an empty value it goes on by a pattern, and loses the cells up to the next one',
    allows: (theirs, ours) => theirs === '' && ours !== '',
  },
  {
    change: /^a slip in a style$/,
    how: 'differs',
    reader: 'exceljs',
    why: 'it makes an invalid day of what lies beyond the year 9999',
    allows: (theirs, ours) => theirs.includes('NaN') && isNumber(ours),
  },
  {
    change: /^a slip in a style$/,
    how: 'alone',
    why: 'they do not know that the formats 27–36 and 50–58, named by number alone, are days in Chinese Excel',
    allows: (theirs, ours) =>
      isNumber(theirs) && [false, true].some((epoch1904) => dayText(Number(theirs), epoch1904) === ours),
  },
]
