import { DAMAGE_DIFFERENCES } from './damage-differences.ts'
import { type ChangeDifference, isDay, isLost, isNumber, isPart, isTime } from './difference-values.ts'

const PLACES: readonly ChangeDifference[] = [
  {
    change: /^(cells that follow|rows without)/,
    how: 'fails',
    reader: 'exceljs',
    why: 'it does not read cells and rows that do not say where they are, which the standard allows',
  },
  {
    change: /^(a cell|values) twice$/,
    how: 'refused',
    why: 'two contents in one place: they take the first, the last or both',
  },
  {
    change: /^(a row twice|rows out of order|an empty row in between)$/,
    how: 'refused',
    why: 'rows come in order; a number used twice would be two children in one place',
  },
  {
    change: /^addresses of another row$/,
    how: 'differs',
    reader: 'xlsx',
    why: 'it goes by the address of the cell, exceljs and we by the number of its row',
    allows: (theirs, ours) => (theirs === '') !== (ours === ''),
  },
  {
    change: /^(addresses in small letters|absolute addresses)$/,
    how: 'refused',
    why: 'no address of a cell, by the standard',
  },
  {
    change: /^something behind the end$/,
    how: 'fails',
    reader: 'exceljs',
    why: 'it reads on behind the end of the sheet',
  },
]

const WRITING: readonly ChangeDifference[] = [
  {
    change: /prefixes$/,
    how: 'fails',
    reader: 'exceljs',
    why: 'it knows elements by their prefixed names, which any program may choose',
  },
  {
    change: /^(comments|instructions|line ends in tags|texts with comments)$/,
    how: 'differs',
    reader: 'xlsx',
    why: 'it looks for cells and texts by patterns that these do not fit: a part is lost, or what stands in a cell or an element behind is taken for it',
    allows: (theirs, ours) =>
      isPart(theirs, ours) || ours === '' || theirs.endsWith('[formula]') || ['1', '王no'].includes(theirs),
  },
  {
    change: /^(a comment in a text|an instruction in a value)$/,
    how: 'differs',
    reader: 'xlsx',
    why: 'it takes the comment for text',
    allows: (theirs, ours) => theirs.startsWith('NaN') || /<!--|<\?/.test(theirs) || isPart(theirs, ours),
  },
  { change: /CDATA/, how: 'differs', reader: 'exceljs', why: 'it drops CDATA', allows: isPart },
  { change: /CDATA/, how: 'alone', kind: /rich|escaped/, why: 'each of them drops a part', allows: isPart },
  {
    change: /^unknown references$/,
    how: 'fails',
    reader: 'exceljs',
    why: 'its parser gives up at an entity nobody has defined; we leave what stands there',
  },
  {
    change: /^unknown references$/,
    how: 'differs',
    reader: 'xlsx',
    why: 'of the character 0, which XML forbids, it makes that character, which no database takes',
    allows: (theirs) => theirs.includes('\u0000'),
  },
  {
    change: /^escaped controls$/,
    how: 'differs',
    reader: 'exceljs',
    why: 'in inline text it leaves what spreadsheets escape as _xHHHH_',
    allows: (theirs) => theirs.includes('_x'),
  },
  {
    change: /^escaped controls$/,
    how: 'differs',
    reader: 'xlsx',
    why: 'it also takes _XHHHH_, which is no escape',
    allows: (_theirs, ours) => ours.includes('_X'),
  },
  {
    change: /^line ends in texts$/,
    how: 'differs',
    reader: 'xlsx',
    why: 'it keeps carriage returns, of which XML makes line feeds',
    allows: (theirs, ours) => theirs.replace(/\r\n?/g, '\n') === ours,
  },
  {
    change: /^a blank before the declaration$/,
    how: 'fails',
    reader: 'exceljs',
    why: 'its parser insists on the first byte; nothing is lost by not doing so',
  },
]

const CONTENT: readonly ChangeDifference[] = [
  {
    change: /^numbers that are none$/,
    how: 'alone',
    why: 'they take the digits in front, or make NaN of it; we give what stands there, for the check of the column to object to',
    allows: (_theirs, ours) => !isNumber(ours),
  },
  {
    change: /^numbers for days that are none$/,
    how: 'differs',
    reader: 'exceljs',
    why: 'it makes an invalid day of what lies beyond the year 9999',
    allows: (theirs) => theirs.includes('NaN'),
  },
  {
    change: /^a type nobody knows$/,
    how: 'differs',
    reader: 'xlsx',
    why: 'it takes the number for text',
    allows: (theirs) => Number.isFinite(Number(theirs)),
  },
  {
    change: /^truth/,
    how: 'differs',
    reader: 'exceljs',
    why: 'it takes every word for true, false as well',
    allows: (theirs, ours) => theirs === 'TRUE' && ours === 'FALSE',
  },
  {
    change: /^truth that is none$/,
    how: 'differs',
    reader: 'xlsx',
    why: 'it takes every word but true for false, and nothing too',
    allows: (theirs) => theirs === 'FALSE',
  },
  {
    change: /^truth that is none$/,
    how: 'alone',
    why: 'one says true and the other false; we give what stands there',
    allows: (_theirs, ours) => !/TRUE|FALSE/.test(ours),
  },
  {
    change: /^errors nobody knows$/,
    how: 'differs',
    reader: 'xlsx',
    why: 'it drops errors that it does not know, such as those of newer Excel',
    allows: (theirs, ours) => theirs.startsWith(' [') && ours.endsWith(theirs),
  },
  {
    change: /^formulas that are empty$/,
    how: 'differs',
    reader: 'xlsx',
    why: 'it does not say that the cell is a formula',
    allows: (theirs, ours) => ours.replace(' [formula]', '') === theirs,
  },
  {
    change: /^formulas that are empty$/,
    how: 'alone',
    why: 'nor do they where the formula is shared; the text is the same',
    allows: (theirs, ours) => ours.replace(' [formula]', '') === theirs.replace('{}', ''),
  },
  {
    change: /^(an extension in a cell|inline texts with a reading)$/,
    how: 'differs',
    reader: 'exceljs',
    why: 'it drops cells with elements that it does not know, and those behind them',
    allows: isLost,
  },
  { change: /^indexes beyond the texts$/, how: 'refused', why: 'the text is lost; they give nothing, or the index' },
  {
    change: /^ISO days/,
    how: 'alone',
    kind: /^ISO day$/,
    why: 'what is no ISO 8601 day is left as it stands',
    allows: (_theirs, ours) => !/^\d{4}-/.test(ours),
  },
  {
    change: /^styles beyond the table$/,
    how: 'differs',
    reader: 'xlsx',
    why: 'it drops a style whose index has zeros in front or is none',
    allows: isNumber,
  },
]

const MORE_CONTENT: readonly ChangeDifference[] = [
  {
    change: /^numbers for days that are none$/,
    how: 'alone',
    why: 'counted from 1904 it lies beyond the year 9999, where they begin anew with the year 0',
    allows: (theirs, ours) => ours === '2958465' && theirs.startsWith('0'),
  },
  {
    change: /^numbers that are none$/,
    how: 'differs',
    reader: 'exceljs',
    why: 'it drops a result of a formula that is no number',
    allows: (theirs) => theirs === ' [formula]',
  },
]

const TABLES: readonly ChangeDifference[] = [
  {
    change: /^empty items$/,
    how: 'differs',
    reader: 'xlsx',
    why: 'it does not count an empty item, and gives the text behind it',
    allows: (theirs) => theirs === '' || theirs === 'last',
  },
  {
    change: /^empty items$/,
    how: 'differs',
    reader: 'exceljs',
    why: 'it gives an object without text',
    allows: (theirs) => theirs === '{}',
  },
  {
    change: /^items with attributes$/,
    how: 'differs',
    reader: 'xlsx',
    why: 'it looks for items by a pattern that these do not fit',
    allows: isLost,
  },
  {
    change: /^shared texts inline$/,
    how: 'differs',
    reader: 'exceljs',
    why: 'readings and escapes in inline text are beyond it',
    allows: (theirs) => theirs.includes('_x'),
  },
  {
    change: /^(no table of texts|relations never told of)$/,
    how: 'refused',
    why: 'the texts are lost; they give nothing, or look where the table usually lies',
  },
  { change: /^no styles$/, how: 'fails', reader: 'xlsx', why: 'it cannot do without; we give numbers as exceljs does' },
  {
    change: /^(formats|styles beyond|no styles|types of parts|relations never)/,
    how: 'differs',
    reader: 'xlsx',
    kind: /^ISO day$/,
    why: 'it makes a number of a day whose style is no day',
    allows: (theirs) => isNumber(theirs),
  },
  {
    change: /^(formats|styles beyond|no styles|another name of the styles|relations never)/,
    how: 'differs',
    reader: 'exceljs',
    kind: /^ISO day$/,
    why: 'it takes the year for a number',
    allows: (theirs) => isNumber(theirs) || theirs.includes('19'),
  },
  {
    change: /^(formats|styles beyond|relations never)/,
    how: 'alone',
    kind: /^ISO day$/,
    why: 'a cell of the type of days is a day, whatever its style',
    allows: (theirs) => isNumber(theirs) || isTime(theirs),
  },
  {
    change: /^formats/,
    how: 'differs',
    reader: 'exceljs',
    why: 'it makes an invalid day of what lies beyond the year 9999',
    allows: (theirs) => theirs.includes('NaN'),
  },
  {
    change: /^formats by number alone$/,
    how: 'alone',
    why: 'a cell without style has the first one, which may be one of days; they give the number',
    allows: (theirs, ours) => isNumber(theirs) && !isNumber(ours),
  },
  {
    change: /^relations never told of$/,
    how: 'alone',
    why: 'a part belongs to the workbook by its relation; they take the styles that lie at the usual place',
    allows: (theirs, ours) => isNumber(ours) && !isNumber(theirs),
  },
]

const PACKAGE: readonly ChangeDifference[] = [
  {
    change: /^the other epoch$/,
    how: 'differs',
    reader: 'exceljs',
    why: 'it knows no epoch but by the digit 1',
    allows: (theirs, ours) => isDay(theirs.slice(0, 10)) && isDay(ours.slice(0, 10)),
  },
  {
    change: /^another prefix of relations$/,
    how: 'differs',
    reader: 'exceljs',
    why: 'it knows attributes by their prefixed names',
    allows: isLost,
  },
  {
    change: /^targets (with a dot|that go up)$/,
    how: 'alone',
    why: 'they do not resolve the path of a part and read nothing',
    allows: isLost,
  },
  {
    change: /^(targets (with backslashes|in capitals)|another name of)/,
    how: 'differs',
    reader: 'exceljs',
    why: 'it finds parts by their usual names alone',
    allows: (theirs, ours) => isLost(theirs, ours) || isNumber(theirs),
  },
  {
    change: /^relations with comments$/,
    how: 'fails',
    reader: 'xlsx',
    why: 'it takes what is in comments for relations',
  },
  {
    change: /^types of parts missing$/,
    how: 'differs',
    reader: 'xlsx',
    why: 'it finds parts by their types alone, which are not needed where there are relations',
    allows: (theirs, ours) => isLost(theirs, ours) || isNumber(theirs),
  },
  { change: /^no types of parts$/, how: 'fails', reader: 'xlsx', why: 'the same' },
]

const ZIP: readonly ChangeDifference[] = [
  {
    change: /^(sizes in 64 bits|a directory of 64 bits)$/,
    how: 'fails',
    reader: 'xlsx',
    why: 'it does not know zips in 64 bits',
  },
  {
    change: /^names (with backslashes|in capitals)$/,
    how: 'fails',
    reader: 'exceljs',
    why: 'it finds parts by their exact names alone',
  },
  {
    change: /^names in capitals$/,
    how: 'differs',
    reader: 'exceljs',
    why: 'the same',
    allows: (theirs, ours) => isLost(theirs, ours) || isNumber(theirs),
  },
  { change: /^parts in UTF-16$/, how: 'fails', reader: 'exceljs', why: 'it reads everything as UTF-8' },
  {
    change: /^(wrong (checksums|sizes)|a wrong count|a part twice)/,
    how: 'refused',
    why: 'the file is not what its own directory says, or says it twice: they take it as it comes',
  },
]

/** Every difference there may be, by what was changed. */
export const CHANGE_DIFFERENCES: readonly ChangeDifference[] = [
  ...PLACES,
  ...WRITING,
  ...CONTENT,
  ...MORE_CONTENT,
  ...TABLES,
  ...PACKAGE,
  ...ZIP,
  ...DAMAGE_DIFFERENCES,
]
