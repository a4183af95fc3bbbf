import {
  type BookChange,
  type BookParts,
  editPart,
  oneOf,
  SHEET,
  STRINGS,
  STYLES,
  someReplaced,
  textChange,
} from './book-change.ts'

const ITEM = /<si>.*?<\/si>/gs
const INLINE_CELL = / t="inlineStr"><is>(.*?)<\/is>/g
const SHARED_CELL = / t="s"><v>(\d+)<\/v>/g
const stringsChange = (name: string, edit: Parameters<typeof textChange>[2]): BookChange =>
  textChange(name, STRINGS, edit)
const stylesChange = (name: string, edit: Parameters<typeof textChange>[2]): BookChange =>
  textChange(name, STYLES, edit)
const itemsOf = (book: BookParts): string[] =>
  String(book.parts.find(({ name }) => name === STRINGS)!.data).match(ITEM) ?? []

/** Changes of the table of texts. */
const TEXTS: readonly BookChange[] = [
  stringsChange('counts of texts', (xml, chance) =>
    xml.replace(
      '<sst ',
      `<sst ${oneOf(chance, ['count="7" uniqueCount="7" ', 'count="1" ', 'uniqueCount="99999999" ', 'count="x" uniqueCount="-1" '])}`,
    ),
  ),
  stringsChange('texts nobody uses', (xml) => xml.replace('</sst>', '<si><t>unused</t></si></sst>')),
  stringsChange('texts edited', (xml, chance) =>
    someReplaced(xml, /(?<=<t>)[^<]+(?=<\/t>)/g, chance, () =>
      oneOf(chance, ['王小一', 'a&amp;b', '&#x738b;', ' ', 'x\ny', '="1"', '007']),
    ),
  ),
  stringsChange('texts with prefixes', (xml) =>
    xml.replaceAll(/<(\/?)(?=[a-zA-Z])/g, '<$1x:').replace('xmlns=', 'xmlns:x='),
  ),
  stringsChange('texts with comments', (xml, chance) =>
    someReplaced(xml, /></g, chance, () => '><!-- <si><t>no</t></si> --><'),
  ),
  stringsChange('texts with blanks between', (xml, chance) => someReplaced(xml, /><(?!\/t)/g, chance, () => '>\n <')),
  stringsChange('texts in CDATA there', (xml, chance) =>
    someReplaced(xml, /(?<=<t>)[^<]+(?=<\/t>)/g, chance, (text) => `<![CDATA[${text}]]>`),
  ),
  stringsChange('empty items', (xml) => xml.replaceAll('<si><t/></si>', '<si/>')),
  stringsChange('items with attributes', (xml) => xml.replaceAll('<si>', '<si x="1">')),
  {
    name: 'texts in another order',
    apply: (book) => {
      const items = itemsOf(book)
      const turned = editPart(book, STRINGS, (xml) => xml.replace(/<si>.*<\/si>/s, () => [...items].reverse().join('')))
      return editPart(turned, SHEET, (xml) =>
        xml.replaceAll(SHARED_CELL, (_, index) => ` t="s"><v>${items.length - 1 - Number(index)}</v>`),
      )
    },
  },
  {
    name: 'inline texts shared',
    apply: (book, chance) => {
      const items = itemsOf(book)
      const moved = editPart(book, SHEET, (xml) =>
        xml.replaceAll(INLINE_CELL, (cell, text) =>
          chance(2) === 0 ? cell : ` t="s"><v>${items.push(`<si>${text}</si>`) - 1}</v>`,
        ),
      )
      return editPart(moved, STRINGS, (xml) => xml.replace(/<si>.*<\/si>/s, () => items.join('')))
    },
  },
  {
    name: 'shared texts inline',
    apply: (book, chance) => {
      const items = itemsOf(book)
      return editPart(book, SHEET, (xml) =>
        xml.replaceAll(SHARED_CELL, (cell, index) =>
          chance(2) === 0 ? cell : ` t="inlineStr"><is>${items[Number(index)]!.slice(4, -5)}</is>`,
        ),
      )
    },
  },
  {
    name: 'no table of texts',
    apply: (book) => ({ ...book, parts: book.parts.filter(({ name }) => name !== STRINGS) }),
  },
]

/** Changes of the table of styles. */
const LOOKS: readonly BookChange[] = [
  { name: 'no styles', apply: (book) => ({ ...book, parts: book.parts.filter(({ name }) => name !== STYLES) }) },
  stylesChange('counts of styles', (xml, chance) =>
    xml.replaceAll(
      /<(numFmts|cellXfs|cellStyleXfs)>/g,
      (_, name) => `<${name} count="${oneOf(chance, ['0', '3', '999', 'x'])}">`,
    ),
  ),
  stylesChange('formats behind the cells', (xml) =>
    xml.replace(/(<numFmts>.*<\/numFmts>)(.*)(?=<\/styleSheet>)/, '$2$1'),
  ),
  stylesChange('formats not applied', (xml, chance) =>
    someReplaced(xml, /(?<=<xf numFmtId="\d+")/g, chance, () =>
      oneOf(chance, [' applyNumberFormat="0"', ' applyNumberFormat="1"', ' applyNumberFormat="false"']),
    ),
  ),
  stylesChange('formats of their own', (xml, chance) =>
    xml.replaceAll(/formatCode="[^"]*"/g, () => `formatCode="${oneOf(chance, CODES)}"`),
  ),
  stylesChange('formats by number alone', (xml, chance) =>
    xml.replaceAll(/(?<=<xf numFmtId=")\d+/g, () => String(oneOf(chance, NUMBERS))),
  ),
  stylesChange('formats of Excel defined anew', (xml) =>
    xml.replace(
      '<numFmts>',
      '<numFmts><numFmt numFmtId="14" formatCode="0.00"/><numFmt numFmtId="2" formatCode="yyyy-mm-dd"/>',
    ),
  ),
  stylesChange('formats never defined', (xml) => xml.replace(/<numFmt numFmtId="164"[^>]*>/, '')),
  stylesChange('formats defined twice', (xml) =>
    xml.replace('</numFmts>', '<numFmt numFmtId="164" formatCode="0"/></numFmts>'),
  ),
  stylesChange('styles with children', (xml) =>
    xml.replaceAll(/<xf ([^>]*)\/>/g, '<xf $1><alignment horizontal="center"/><protection locked="0"/></xf>'),
  ),
  stylesChange('styles with comments', (xml, chance) =>
    someReplaced(xml, /></g, chance, () => '><!-- <xf numFmtId="14"/> --><'),
  ),
  stylesChange('styles with prefixes', (xml) =>
    xml.replaceAll(/<(\/?)(?=[a-zA-Z])/g, '<$1x:').replace('xmlns=', 'xmlns:x='),
  ),
  stylesChange('styles of differences', (xml) =>
    xml.replace(
      '</styleSheet>',
      '<dxfs count="1"><dxf><numFmt numFmtId="164" formatCode="0"/></dxf></dxfs></styleSheet>',
    ),
  ),
  stylesChange('styles with blanks', (xml, chance) => someReplaced(xml, /></g, chance, () => '>\r\n  <')),
]

const CODES = [
  'yyyy/m/d;@',
  '[$-804]yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@',
  'm/d/yyyy h:mm',
  'h:mm AM/PM',
  '[h]:mm:ss',
  'mmm-yy',
  'dddd',
  'aaaa',
  '0.00_ ',
  '#,##0;[Red]-#,##0',
  '0.00E+00',
  '@',
  'General',
  '0000',
  '00000000',
  '&quot;第&quot;0&quot;天&quot;',
  '# ?/?',
  '0&quot;d&quot;',
  '\\d0',
  '[Blue]General',
  '[DBNum1][$-804]yyyy&quot;年&quot;m&quot;月&quot;',
  'yyyymmdd',
  '',
]
const NUMBERS = [
  0, 1, 2, 3, 4, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 37, 38, 39, 40, 45, 46, 47, 48, 49, 163, 999,
]

/** Changes of the tables that cells point into. */
export const TABLE_CHANGES: readonly BookChange[] = [...TEXTS, ...LOOKS]
