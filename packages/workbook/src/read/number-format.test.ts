import { expect, test } from 'vitest'
import { DATE, DATE_TIME, DURATION, GENERAL, numberKind, TIME, ZERO_PADDED } from './number-format.ts'
import { parseStyles } from './styles.ts'

test.each([
  [0, GENERAL],
  [1, GENERAL],
  [9, GENERAL],
  [11, GENERAL],
  [14, DATE],
  [17, DATE],
  [20, TIME],
  [22, DATE_TIME],
  [31, DATE],
  [32, TIME],
  [46, DURATION],
  [49, GENERAL],
  [57, DATE],
  [164, GENERAL],
])('format %i of the built-in ones', (id, kind) => {
  expect(numberKind(id, undefined)).toBe(kind)
})

test.each([
  ['yyyy-mm-dd', DATE],
  ['yyyy"年"m"月"d"日"', DATE],
  ['yyyy年m月d日', DATE],
  ['[$-804]yyyy"年"m"月"', DATE],
  ['[DBNum1][$-804]yyyy"年"m"月"d"日";@', DATE],
  ['m"月"d"日"', DATE],
  ['mmm', DATE],
  ['aaaa', DATE],
  ['e', DATE],
  ['[$-411]ge.m.d', DATE],
  ['YYYY/M/D', DATE],
  ['yyyy/m/d h:mm;@', DATE_TIME],
  ['m/d/yy h:mm AM/PM', DATE_TIME],
  ['h:mm:ss', TIME],
  ['上午/下午h"时"mm"分"', TIME],
  ['mm:ss', TIME],
  ['[h]:mm', DURATION],
  ['[mm]:ss', DURATION],
  ['General', GENERAL],
  ['G/通用格式', GENERAL],
  ['0.00E+00', GENERAL],
  ['##0.0E+0', GENERAL],
  ['#,##0.00', GENERAL],
  ['0%', GENERAL],
  ['0" days"', GENERAL],
  ['\\d0', GENERAL],
  ['[Red]0', GENERAL],
  ['0;[Red]-0;"day"', GENERAL],
  ['_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)', GENERAL],
  ['@', GENERAL],
  ['', GENERAL],
  ['0', GENERAL],
  ['000000', ZERO_PADDED + 6],
  ['00000000000;@', ZERO_PADDED + 11],
])('code %s', (code, kind) => {
  expect(numberKind(200, code)).toBe(kind)
})

test('a workbook’s own definition of a number wins', () => expect(numberKind(14, '0.00')).toBe(GENERAL))

test('formats of conditional formatting are for themselves alone, though they use the same numbers', () => {
  const own =
    '<numFmts><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/></numFmts><cellXfs><xf numFmtId="164"/></cellXfs>'
  const other = '<dxfs><dxf><numFmt numFmtId="164" formatCode="0"/></dxf></dxfs>'
  expect([...parseStyles(`<styleSheet>${own}${other}</styleSheet>`)]).toEqual([DATE])
})
