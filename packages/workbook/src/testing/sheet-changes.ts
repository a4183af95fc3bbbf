import { type BookChange, oneOf, SHEET, someReplaced, textChange } from './book-change.ts'

const CELL = /<c r="[A-Z]+\d+"[^>]*>.*?<\/c>/g
const ROW = /<row r="\d+">.*?<\/row>/g
const INLINE_TEXT = /(?<=<is>(?:<r>)?(?:<rPr><b\/><\/rPr>)?<t>)[^<]+(?=<\/t>)/g
/** The value of a cell that is a number. */
const NUMBER = /(?<=<c r="[A-Z]+\d+"(?: s="\d+")?>(?:<f>[^<]*<\/f>)?<v>)[^<]+(?=<\/v>)/g
const TAG_ATTRIBUTES = /<(?:c|row)( [a-zA-Z]+="[^"]*"){2,}/g

const AGAIN = (address: string) => `<c r="${address}" t="inlineStr"><is><t>again</t></is></c>`
const addressOf = (cell: string): string => /r="([A-Z]+\d+)"/.exec(cell)![1]!
const sheetChange = (name: string, edit: Parameters<typeof textChange>[2]): BookChange => textChange(name, SHEET, edit)

/** Where rows and cells stand, and what stands around them. */
const PLACES: readonly BookChange[] = [
  sheetChange('cells that follow the one before without address', (xml, chance) =>
    xml.replaceAll(ROW, (row) => {
      let before = ''
      return row.replaceAll(CELL, (cell) => {
        const letter = addressOf(cell)[0]!
        const follows = before === '' ? letter === 'A' : letter.charCodeAt(0) === before.charCodeAt(0) + 1
        before = letter
        return follows && chance(2) === 0 ? cell.replace(/ r="[A-Z]+\d+"/, '') : cell
      })
    }),
  ),
  sheetChange('rows without number', (xml, chance) => someReplaced(xml, /<row r="\d+"/g, chance, () => '<row')),
  sheetChange('a cell twice', (xml, chance) =>
    someReplaced(xml, CELL, chance, (cell) => cell + AGAIN(addressOf(cell))),
  ),
  sheetChange('a row twice', (xml, chance) => someReplaced(xml, ROW, chance, (row) => row + row)),
  sheetChange('rows out of order', (xml) =>
    xml.replace(/(?<=<sheetData>).*(?=<\/sheetData>)/, (rows) => (rows.match(ROW) ?? []).reverse().join('')),
  ),
  sheetChange('cells out of order', (xml) =>
    xml.replaceAll(
      ROW,
      (row) => `${/^<row r="\d+">/.exec(row)![0]}${(row.match(CELL) ?? []).reverse().join('')}</row>`,
    ),
  ),
  {
    ...sheetChange('rows far apart', (xml) =>
      xml.replaceAll(/(?<=r="[A-Z]*)\d+(?=")/g, (row) => String(Number(row) * 7)),
    ),
    rows: 7,
  },
  sheetChange('an empty row in between', (xml, chance) =>
    someReplaced(xml, /<row r="2">/g, chance, (row) => `<row/>${row}`),
  ),
  sheetChange('addresses of another row', (xml) => xml.replaceAll(/(?<= r="[A-Z])\d+(?=")/g, '9')),
  sheetChange('addresses in small letters', (xml, chance) =>
    someReplaced(xml, / r="[A-Z]\d+"/g, chance, (address) => address.toLowerCase()),
  ),
  sheetChange('absolute addresses', (xml, chance) =>
    someReplaced(xml, / r="[A-Z]\d+"/g, chance, (address) => address.replace(/([A-Z])(\d)/, '$$$1$$$2')),
  ),
  sheetChange('numbers of rows with zeros in front', (xml) => xml.replaceAll('<row r="', '<row r="0')),
  sheetChange('a dimension', (xml, chance) =>
    xml.replace('<sheetData>', `<dimension ref="${oneOf(chance, ['A1', 'A1:C2', 'A1:XFD1048576', ''])}"/><sheetData>`),
  ),
  sheetChange('attributes of a row', (xml) =>
    xml.replaceAll(
      /<row /g,
      '<row spans="1:3" ht="15.75" customHeight="1" hidden="1" s="1" customFormat="1" x14ac:dyDescent="0.15" ',
    ),
  ),
  sheetChange('elements around the rows', (xml) =>
    xml
      .replace(
        '<sheetData>',
        '<sheetPr><tabColor rgb="FFFF0000"/></sheetPr><sheetViews><sheetView workbookViewId="0"/></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="3" width="9" hidden="1"/></cols><sheetData>',
      )
      .replace(
        '</sheetData>',
        '</sheetData><mergeCells count="1"><mergeCell ref="Z98:Z99"/></mergeCells><pageMargins left="1" right="1" top="1" bottom="1" header="1" footer="1"/><extLst><ext uri="{x}"><row r="1"><c r="A1"><v>9</v></c></row></ext></extLst>',
      ),
  ),
  sheetChange('no rows', (xml, chance) =>
    xml.replace(/<sheetData>.*<\/sheetData>/, oneOf(chance, ['<sheetData/>', '<sheetData></sheetData>', ''])),
  ),
  sheetChange(
    'something behind the end',
    (xml, chance) =>
      xml + oneOf(chance, ['\n', '<!-- end -->', '\u0000\u0000', 'x', '<row r="1"><c r="A1"><v>9</v></c></row>']),
  ),
]

/** How the XML is written. */
const WRITING: readonly BookChange[] = [
  sheetChange('attributes in another order', (xml) =>
    xml.replaceAll(TAG_ATTRIBUTES, (tag) => {
      const [name, ...attributes] = tag.split(/ (?=[a-zA-Z]+=")/)
      return [name, ...attributes.reverse()].join(' ')
    }),
  ),
  sheetChange('prefixes', (xml) => xml.replaceAll(/<(\/?)(?=[a-zA-Z])/g, '<$1x:').replace('xmlns=', 'xmlns:x=')),
  sheetChange('comments', (xml, chance) => someReplaced(xml, /></g, chance, () => '><!-- <c r="A1"><v>1</v></c> --><')),
  sheetChange('instructions', (xml, chance) => someReplaced(xml, /></g, chance, () => '><?x </row> ?><')),
  sheetChange('blanks between tags', (xml, chance) =>
    someReplaced(xml, />(?=<)/g, chance, () => oneOf(chance, ['>\n', '>\r\n  ', '>\t', '> '])),
  ),
  sheetChange('blanks in tags', (xml, chance) =>
    someReplaced(xml, /(?<=<[^<>]*\w)="[^"'<>]*"/g, chance, (value) => ` = ${value.slice(1)} `),
  ),
  sheetChange('line ends in tags', (xml, chance) => someReplaced(xml, /(?<=<c) (?=[rst]=)/g, chance, () => '\r\n')),
  sheetChange('single quotes', (xml, chance) =>
    someReplaced(xml, /(?<=<[^<>]*\w)="[^"'<>]*"/g, chance, (value) => value.replaceAll('"', "'")),
  ),
  sheetChange('texts in CDATA', (xml, chance) =>
    someReplaced(
      xml,
      INLINE_TEXT,
      chance,
      (text) => `<![CDATA[${text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')}]]>`,
    ),
  ),
  sheetChange('half a text in CDATA', (xml, chance) =>
    someReplaced(xml, INLINE_TEXT, chance, (text) => `${text}<![CDATA[ <b>&amp; ]]>`),
  ),
  sheetChange('values in CDATA', (xml, chance) => someReplaced(xml, NUMBER, chance, (text) => `<![CDATA[${text}]]>`)),
  sheetChange('a comment in a text', (xml, chance) =>
    someReplaced(xml, INLINE_TEXT, chance, (text) => `a<!-- b -->${text}`),
  ),
  sheetChange('an instruction in a value', (xml, chance) =>
    someReplaced(xml, NUMBER, chance, (text) => `<?x y?>${text}`),
  ),
  sheetChange('references for letters', (xml, chance) =>
    someReplaced(xml, INLINE_TEXT, chance, (text) =>
      text.replaceAll(/[^&;#\w]/gu, (char) => `&#${oneOf(chance, ['', '0'])}${char.codePointAt(0)};`),
    ),
  ),
  sheetChange('references in sixteens', (xml, chance) =>
    someReplaced(xml, INLINE_TEXT, chance, (text) =>
      text.replaceAll(/[^&;#\w]/gu, (char) => `&#x${char.codePointAt(0)!.toString(16).toUpperCase()};`),
    ),
  ),
  sheetChange('references for digits', (xml, chance) =>
    someReplaced(xml, NUMBER, chance, (text) => text.replaceAll(/\d/g, (digit) => `&#${48 + Number(digit)};`)),
  ),
  sheetChange('unknown references', (xml, chance) =>
    someReplaced(
      xml,
      INLINE_TEXT,
      chance,
      (text) => `${text}${oneOf(chance, ['&nbsp;', '&x;', '& b', '&#x110000;', '&#0;', '&amp'])}`,
    ),
  ),
  sheetChange('escaped controls', (xml, chance) =>
    someReplaced(
      xml,
      INLINE_TEXT,
      chance,
      (text) =>
        `${text}${oneOf(chance, ['_x000D_', '_x0009_', '_x005F_x0041_', '_x4E00_', '_x00', '_X000A_', '_xD83D__xDE00_'])}`,
    ),
  ),
  sheetChange('line ends in texts', (xml, chance) =>
    someReplaced(
      xml,
      INLINE_TEXT,
      chance,
      (text) => `${text}${oneOf(chance, ['\nb', '\r\nb', '\rb', '&#13;b', '&#10;b', '\tb'])}`,
    ),
  ),
  sheetChange('blanks around texts', (xml, chance) => someReplaced(xml, INLINE_TEXT, chance, (text) => ` ${text}  `)),
  sheetChange('blanks kept by order', (xml) => xml.replaceAll('<t>', '<t xml:space="preserve">')),
  sheetChange('no declaration', (xml) => xml.replace(/^<\?xml[^>]*>\s*/, '')),
  sheetChange('a declaration without encoding', (xml) =>
    xml.replace(/^<\?xml[^>]*>/, '<?xml version="1.0" standalone="yes"?>'),
  ),
  sheetChange('a byte order mark', (xml) => `\ufeff${xml}`),
  sheetChange('a blank before the declaration', (xml) => `\n${xml}`),
  sheetChange('strict namespaces', (xml) =>
    xml.replace(
      'http://schemas.openxmlformats.org/spreadsheetml/2006/main',
      'http://purl.oclc.org/ooxml/spreadsheetml/main',
    ),
  ),
  sheetChange('another main namespace', (xml) =>
    xml.replace('http://schemas.openxmlformats.org/spreadsheetml/2006/main', 'urn:other'),
  ),
]

const VALID_NUMBERS = ['1.0', '5.', '.5', '1e3', '1E+3', '1E-3', '-0', '0005', '1.50', '+5', '12.3400', '1e0']
const BLANK_NUMBERS = [' 5', '5 ', '\n5\n']
const NO_NUMBERS = ['NaN', 'Infinity', '1e999', 'abc', '0x10', '1,5', '1_0', '--5', '１２', '', ' ', '1e', '5%', '#N/A']

/** What the cells hold. */
const CONTENT: readonly BookChange[] = [
  sheetChange('numbers in odd notation', (xml, chance) =>
    someReplaced(xml, NUMBER, chance, () => oneOf(chance, VALID_NUMBERS)),
  ),
  sheetChange('numbers with blanks', (xml, chance) =>
    someReplaced(xml, NUMBER, chance, () => oneOf(chance, BLANK_NUMBERS)),
  ),
  sheetChange('numbers that are none', (xml, chance) =>
    someReplaced(xml, NUMBER, chance, () => oneOf(chance, NO_NUMBERS)),
  ),
  sheetChange('numbers for days that are none', (xml, chance) =>
    someReplaced(xml, NUMBER, chance, () =>
      oneOf(chance, [
        '-1',
        '-0.5',
        '2958465',
        '2958466',
        '99999999',
        '0',
        '0.99999999',
        '59.5',
        '60',
        '60.5',
        '1e10',
        '45000.999999',
      ]),
    ),
  ),
  sheetChange('a type for numbers', (xml, chance) =>
    someReplaced(xml, /<c r="[A-Z]+\d+"(?: s="\d+")?(?=>)/g, chance, (tag) => `${tag} t="n"`),
  ),
  sheetChange('a type nobody knows', (xml, chance) =>
    someReplaced(
      xml,
      /<c r="[A-Z]+\d+"(?: s="\d+")?(?=>)/g,
      chance,
      (tag) => `${tag} t="${oneOf(chance, ['x', '', 'N', 'text'])}"`,
    ),
  ),
  sheetChange('truth in words', (xml) =>
    xml.replaceAll(/(?<=t="b"><v>)[01]/g, (bit) => (bit === '1' ? 'true' : 'false')),
  ),
  sheetChange('truth that is none', (xml, chance) =>
    xml.replaceAll(/(?<=t="b"><v>)[01]/g, () => oneOf(chance, ['2', 'TRUE', 'yes', ''])),
  ),
  sheetChange('errors nobody knows', (xml, chance) =>
    xml.replaceAll(/(?<=t="e">(?:<f>[^<]*<\/f>)?<v>)[^<]+/g, () =>
      oneOf(chance, ['#SPILL!', '#GETTING_DATA', '#N/A', 'x']),
    ),
  ),
  sheetChange('formulas of several kinds', (xml, chance) =>
    xml.replaceAll(/<f>[^<]*<\/f>/g, () =>
      oneOf(chance, [
        '<f>1+1</f>',
        '<f t="array" ref="A1:A2">1+1</f>',
        '<f ca="1">NOW()</f>',
        '<f>\n1+1 </f>',
        '<f t="shared" ref="A1:H9" si="0">1+1</f>',
      ]),
    ),
  ),
  sheetChange('formulas that are empty', (xml, chance) =>
    xml.replaceAll(/<f>[^<]*<\/f>/g, () => oneOf(chance, ['<f/>', '<f></f>', '<f t="shared" si="9"/>'])),
  ),
  sheetChange('formulas behind their values', (xml) => xml.replaceAll(/(<f>[^<]*<\/f>)(<v>[^<]*<\/v>)/g, '$2$1')),
  sheetChange('an extension in a cell', (xml, chance) =>
    someReplaced(xml, /(?<=<\/(?:v|is)>)(?=<\/c>)/g, chance, () => '<extLst><ext uri="{x}"/></extLst>'),
  ),
  sheetChange('values twice', (xml, chance) => someReplaced(xml, /<v>[^<]*<\/v>/g, chance, (value) => value + value)),
  sheetChange('runs without text', (xml, chance) =>
    someReplaced(xml, /<r>(?=<t>)/g, chance, () => '<r><rPr><sz val="9"/></rPr></r><r>'),
  ),
  sheetChange('inline texts with a reading', (xml, chance) =>
    someReplaced(
      xml,
      /(?<=<\/t>)(?=<\/is>)/g,
      chance,
      () => '<rPh sb="0" eb="1"><t>yomi</t></rPh><phoneticPr fontId="1"/>',
    ),
  ),
  sheetChange('attributes of a cell', (xml) => xml.replaceAll(/(?<=<c r="[A-Z]+\d+")/g, ' cm="0" vm="0" ph="1"')),
  sheetChange('styles beyond the table', (xml, chance) =>
    someReplaced(xml, /(?<=<c [^>]*s=")\d+/g, chance, () => oneOf(chance, ['99', '14', '0', '007', '-1', 'x'])),
  ),
  sheetChange('indexes beyond the texts', (xml, chance) =>
    someReplaced(xml, /(?<=t="s"><v>)\d+/g, chance, () =>
      oneOf(chance, ['7', '99', '-1', '0x1', '1.0', '1e0', '', 'x']),
    ),
  ),
  sheetChange('indexes with blanks and zeros', (xml, chance) =>
    someReplaced(xml, /(?<=t="s"><v>)\d+/g, chance, (index) => oneOf(chance, [`0${index}`, ` ${index}`, `${index}\n`])),
  ),
  sheetChange('ISO days of several kinds', (xml, chance) =>
    xml.replaceAll(/(?<=t="d"><v>)[^<]+/g, (text) =>
      oneOf(chance, [
        text.slice(0, 10),
        `${text}Z`,
        `${text}.250`,
        text.replace(/T.*/, 'T12:30'),
        text.replace(/T.*/, 'T12:30:15'),
        '12:30:15',
        'x',
      ]),
    ),
  ),
]

/** Changes of the worksheet itself. */
export const SHEET_CHANGES: readonly BookChange[] = [...PLACES, ...WRITING, ...CONTENT]
