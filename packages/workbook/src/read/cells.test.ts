import { describe, expect, test } from 'vitest'
import {
  allRows,
  refusalOfFile,
  sheetXml,
  type TinyParts,
  tinyWorkbook,
  workbookXml,
} from '../testing/tiny-workbook.ts'
import { hasFlag } from './row.ts'

async function cellOf(xml: string, parts: TinyParts = {}): Promise<[string | undefined, ...string[]]> {
  const rows = await allRows(tinyWorkbook({ rows: `<row r="1">${xml}</row>`, ...parts }))
  return [rows[0]?.cells[0], ...(rows[0]?.flags.map(({ flag }) => flag) ?? [])]
}

describe('the text of a cell', () => {
  test.each([
    ['a number', '<c r="A1"><v>42</v></c>', ['42']],
    ['a number of type n', '<c r="A1" t="n"><v>42</v></c>', ['42']],
    ['a negative one', '<c r="A1"><v>-42</v></c>', ['-42']],
    ['a fraction', '<c r="A1"><v>85.099999999999994</v></c>', ['85.1']],
    ['an exponent', '<c r="A1"><v>1.2E3</v></c>', ['1200']],
    ['zeros in front', '<c r="A1"><v>007</v></c>', ['7']],
    ['zero', '<c r="A1"><v>0</v></c>', ['0']],
    ['15 digits', '<c r="A1"><v>123456789012345</v></c>', ['123456789012345']],
    ['an identity number', '<c r="A1"><v>1.10101199001011E+17</v></c>', ['110101199001011000', 'precisionLost']],
    ['16 digits', '<c r="A1"><v>1234567890123456</v></c>', ['1234567890123456', 'precisionLost']],
    ['true', '<c r="A1" t="b"><v>1</v></c>', ['TRUE']],
    ['false', '<c r="A1" t="b"><v>0</v></c>', ['FALSE']],
    ['true in words', '<c r="A1" t="b"><v>true</v></c>', ['TRUE']],
    ['neither true nor false', '<c r="A1" t="b"><v>yes</v></c>', ['yes']],
    ['a number among blanks', '<c r="A1"><v> 42\n</v></c>', ['42']],
    ['a value of an extension', '<c r="A1"><v>1</v><extLst><ext><x:v>2</x:v></ext></extLst></c>', ['1']],
    ['an empty cell before it in its place', '<c r="A1"/><c r="A1"><v>1</v></c>', ['1']],
    ['an error', '<c r="A1" t="e"><v>#N/A</v></c>', ['#N/A', 'error']],
    ['a formula', '<c r="A1"><f>1+1</f><v>2</v></c>', ['2', 'formula']],
    ['a formula for text', '<c r="A1" t="str"><f>"a"&amp;"b"</f><v>a&lt;b</v></c>', ['a<b', 'formula']],
    ['a formula never calculated', '<c r="A1"><f>1+1</f></c>', ['', 'formula']],
    ['a shared formula', '<c r="A1"><f t="shared" si="0"/><v>2</v></c>', ['2', 'formula']],
    ['a formula in error', '<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', ['#DIV/0!', 'formula', 'error']],
    ['text of type str', '<c r="A1" t="str"><v>a b</v></c>', ['a b']],
    ['an ISO date', '<c r="A1" t="d"><v>2024-09-01T00:00:00</v></c>', ['2024-09-01', 'date']],
    ['an ISO moment', '<c r="A1" t="d"><v>2024-09-01T08:30</v></c>', ['2024-09-01 08:30:00', 'date']],
    ['inline text', '<c r="A1" t="inlineStr"><is><t>学籍</t></is></c>', ['学籍']],
    ['blanks kept', '<c r="A1" t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>', [' a ']],
    ['line breaks', '<c r="A1" t="inlineStr"><is><t>a\nb\r\nc</t></is></c>', ['a\nb\nc']],
    ['a carriage return', '<c r="A1" t="inlineStr"><is><t>a_x000D_\nb</t></is></c>', ['a\r\nb']],
    ['an escaped escape', '<c r="A1" t="inlineStr"><is><t>_x005F_x000D_ _x_</t></is></c>', ['_x000D_ _x_']],
    ['an escape in type str', '<c r="A1" t="str"><v>a_x0041_</v></c>', ['aA']],
    [
      'entities',
      '<c r="A1" t="inlineStr"><is><t>&lt;&amp;&gt;&quot;&apos;&#23398;&#x7C4D;&#x1F600;</t></is></c>',
      ['<&>"\'学籍😀'],
    ],
    ['unknown entities', '<c r="A1" t="inlineStr"><is><t>&nbsp;&#x110000;&#0;</t></is></c>', ['&nbsp;\ufffd\ufffd']],
    ['CDATA', '<c r="A1" t="inlineStr"><is><t><![CDATA[<a>&amp;</c>]]>!</t></is></c>', ['<a>&amp;</c>!']],
    ['comments', '<c r="A1" t="inlineStr"><!-- </c> --><is><t>a<!-- > -->b<?x </c>?></t></is></c>', ['ab']],
    [
      'rich text',
      '<c r="A1" t="inlineStr"><is><r><rPr><b/></rPr><t>王</t></r><r><t>一</t></r><rPh sb="0" eb="1"><t>wang</t></rPh></is></c>',
      ['王一'],
    ],
    ['emoji', '<c r="A1" t="inlineStr"><is><t>😀𠮷</t></is></c>', ['😀𠮷']],
    ['a byte order mark in the text', '<c r="A1" t="inlineStr"><is><t>\ufeffa</t></is></c>', ['\ufeffa']],
    ['a long text', `<c r="A1" t="inlineStr"><is><t>${'学'.repeat(32_767)}</t></is></c>`, ['学'.repeat(32_767)]],
    ['other attributes', '<c cm="1" s=\'0\' r = "A1" vm="2" ph="1" t="str" x:y="a>b"><v>a</v></c>', ['a']],
    ['blanks between tags', '<c r="A1" >\n <v>1</v>\n</c >', ['1']],
    ['no address', '<c><v>1</v></c>', ['1']],
    ['an unknown type', '<c r="A1" t="zzz"><v>1</v></c>', ['1']],
    ['what is no number', '<c r="A1"><v>abc</v></c>', ['abc']],
    ['an underscore', '<c r="A1" t="inlineStr"><is><t>a_b</t></is></c>', ['a_b']],
  ])('%s', async (_what, xml, expected) => {
    expect(await cellOf(xml)).toEqual(expected)
  })

  test.each([
    '<c r="A1"/>',
    '<c r="A1" s="1"></c>',
    '<c r="A1"><v></v></c>',
    '<c r="A1"><v/></c>',
    '<c r="A1" t="inlineStr"><is/></c>',
    '<c r="A1" t="inlineStr"><is><t/></is></c>',
    '<c r="A1" t="inlineStr"><is><t></t></is></c>',
  ])('%s is empty, and so is its row', async (xml) => {
    expect(await cellOf(xml)).toEqual([undefined])
  })
})

describe('shared strings', () => {
  const strings = [
    '<si><t>姓名</t></si>',
    '<si><t xml:space="preserve"> a &amp; b </t></si>',
    '<si><r><t>王</t></r><r><rPr><b/></rPr><t>一</t></r></si>',
    '<si><t>東京</t><rPh sb="0" eb="2"><t>とうきょう</t></rPh><phoneticPr fontId="1"/></si>',
    '<si/>',
    '<si><t/></si>',
    '<si><t>last</t><phoneticPr fontId="1" type="noConversion"/></si>',
    `<si><t>${'长'.repeat(1000)}</t></si>`,
  ].join('\n')
  const texts = ['姓名', ' a & b ', '王一', '東京', '', '', 'last', '长'.repeat(1000)]

  test.each(texts.map((text, index) => [index, text] as const))('string %i', async (index, text) => {
    const xml = `<c r="A1" t="s"><v>${index}</v></c><c r="B1"><v>1</v></c><c r="C1" t="s"><v>${index}</v></c>`
    const [row] = await allRows(tinyWorkbook({ rows: `<row r="1">${xml}</row>`, strings }))
    expect([row?.cells[0], row?.cells[2] ?? '']).toEqual([text, text])
  })

  test('a table of twenty thousand', async () => {
    const many = Array.from({ length: 20_000 }, (_, i) => `<si><t>第${i}个</t></si>`).join('')
    const rows = [0, 16_383, 16_384, 19_999].map((i) => `<row><c t="s"><v>${i}</v></c></row>`).join('')
    const texts = (await allRows(tinyWorkbook({ rows, strings: many }))).map(({ cells }) => cells[0])
    expect(texts).toEqual(['第0个', '第16383个', '第16384个', '第19999个'])
  })

  test('prefixed elements', async () => {
    expect(
      await cellOf('<c t="s"><v>1</v></c>', { strings: '<x:si><x:t>a</x:t></x:si><x:si x:y="1"><x:t>b</x:t></x:si>' }),
    ).toEqual(['b'])
  })

  test.each(['8', '-1', '1.5', 'x', '99999999999'])('an index of %s does not exist', async (index) => {
    const bytes = tinyWorkbook({ rows: `<row><c t="s"><v>${index}</v></c></row>`, strings })
    expect(await refusalOfFile(bytes)).toEqual({ code: 'damaged', detail: 'sharedStrings' })
  })

  test('no table at all', async () => {
    expect((await refusalOfFile(tinyWorkbook({ rows: '<row><c t="s"><v>0</v></c></row>' })))?.code).toBe('damaged')
  })

  test('a table cut off', async () => {
    const bytes = tinyWorkbook({ rows: '<row><c t="s"><v>0</v></c></row>', strings: '<si><t>a' })
    expect((await refusalOfFile(bytes))?.code).toBe('damaged')
  })
})

describe('numbers by their format', () => {
  const parts = {
    formats: [0, 14, 22, 20, 200, 201, 49, 46],
    codes: { 200: 'yyyy&quot;年&quot;m&quot;月&quot;', 201: '000000' },
  }

  test.each([
    [0, '45536', ['45536']],
    [1, '45536', ['2024-09-01', 'date']],
    [1, '60', ['1900-02-29', 'date']],
    [1, '45536.5', ['2024-09-01', 'date']],
    [1, '-1', ['-1']],
    [1, '99999999', ['99999999']],
    [1, 'soon', ['soon']],
    [2, '45536.5', ['2024-09-01 12:00:00', 'date']],
    [2, '45536', ['2024-09-01', 'date']],
    [3, '0.5', ['12:00:00', 'date']],
    [4, '45536', ['2024-09-01', 'date']],
    [5, '7', ['000007']],
    [6, '7', ['7']],
    [7, '1.5', ['36:00:00', 'date']],
    [99, '7', ['7']],
  ])('style %i makes %s', async (style, value, expected) => {
    expect(await cellOf(`<c r="A1" s="${style}"><v>${value}</v></c>`, parts)).toEqual(expected)
  })

  test('the 1904 epoch', async () => {
    const workbook = workbookXml(undefined, '<workbookPr date1904="1"/>')
    const xml = '<c r="A1" s="1"><v>0</v></c><c r="B1" s="2"><v>1.5</v></c>'
    const [row] = await allRows(tinyWorkbook({ rows: `<row r="1">${xml}</row>`, ...parts, workbook }))
    expect(row?.cells).toEqual(['1904-01-01', '1904-01-02 12:00:00'])
    expect(hasFlag(row!, 1, 'date')).toBe(true)
    expect(hasFlag(row!, 1, 'formula')).toBe(false)
  })
})

describe('rows', () => {
  const rowsOf = async (rows: string) =>
    (await allRows(tinyWorkbook({ rows }))).map(({ row, cells }) => [row, ...cells])

  test.each([
    ['gaps', '<row r="2"><c r="B2"><v>1</v></c><c r="D2"><v>2</v></c></row>', [[2, '', '1', '', '2']]],
    ['cells out of order', '<row r="1"><c r="C1"><v>3</v></c><c r="A1"><v>1</v></c></row>', [[1, '1', '', '3']]],
    [
      'no addresses',
      '<row><c><v>1</v></c><c/><c><v>3</v></c></row><row><c><v>4</v></c></row>',
      [
        [1, '1', '', '3'],
        [2, '4'],
      ],
    ],
    [
      'some addresses',
      '<row r="5"><c r="B5"><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>',
      [
        [5, '', '1', '2'],
        [6, '3'],
      ],
    ],
    [
      'blank rows',
      '<row r="1"/><row r="2"></row><row r="3"><c r="A3" s="1"/></row><row r="9"><c r="A9"><v>1</v></c></row>',
      [[9, '1']],
    ],
    ['hidden rows', '<row r="1" hidden="1" ht="0"><c r="A1"><v>1</v></c></row>', [[1, '1']]],
    [
      'other things between cells',
      '<row r="1"><!-- a --><c r="A1"><v>1</v></c><extLst><ext/></extLst></row>',
      [[1, '1']],
    ],
    [
      'the last cell there is',
      '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
      [[1_048_576, ...new Array(16_383).fill(''), '1']],
    ],
    [
      'a narrow row after a wide one',
      '<row r="1"><c r="E1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>',
      [
        [1, '', '', '', '', '1'],
        [2, '2'],
      ],
    ],
    [
      'a row not closed',
      '<row r="1"><c r="A1"><v>1</v></c><row r="2"><c r="A2"><v>2</v></c></row>',
      [
        [1, '1'],
        [2, '2'],
      ],
    ],
  ])('%s', async (_what, xml, expected) => {
    expect(await rowsOf(xml)).toEqual(expected)
  })

  test('clean rows share one empty list of flags', async () => {
    const [a, b] = await allRows(tinyWorkbook({ rows: '<row><c><v>1</v></c></row><row><c><v>1</v></c></row>' }))
    expect(a?.flags).toBe(b?.flags)
  })

  test.each([
    ['row 0', '<row r="0"><c><v>1</v></c></row>'],
    ['the same row twice', '<row r="1"><c><v>1</v></c></row><row r="1"><c><v>2</v></c></row>'],
    ['the same cell twice', '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'],
    ['the same cell twice, a formula first', '<row r="1"><c r="A1"><f>1</f></c><c r="A1"><v>2</v></c></row>'],
    ['two values in a cell', '<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>'],
    ['rows out of order', '<row r="2"><c><v>1</v></c></row><row r="1"><c><v>2</v></c></row>'],
    ['a row too far', '<row r="1048577"><c><v>1</v></c></row>'],
    ['a column too far', '<row r="1"><c r="XFE1"><v>1</v></c></row>'],
    ['an address without a column', '<row r="1"><c r="1"><v>1</v></c></row>'],
    ['too many cells in a row', `<row r="1">${'<c><v>1</v></c>'.repeat(16_385)}</row>`],
    ['a sheet cut off in a row', '<row r="1"><c r="A1"><v>1</v></c>', ''],
  ])('%s is refused', async (_what, xml, end?: string) => {
    const sheet = end === undefined ? sheetXml(xml) : sheetXml(xml).replace('</sheetData></worksheet>', end)
    expect((await refusalOfFile(tinyWorkbook({ sheet })))?.code).toBe('damaged')
  })
})

describe('the sheet part', () => {
  const rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>学籍 &amp;</t></is></c><c r="B1"><v>2</v></c></row>'
  const expected = [{ row: 1, cells: ['学籍 &', '2'], flags: [] }]
  const around = (xml: string) =>
    `<?xml version="1.0"?><!-- a > b --><worksheet><sheetPr/><cols><col min="1"/></cols>${xml}</worksheet>`

  test.each([
    [
      'what stands around the rows',
      around(`<sheetData>${rows}</sheetData><mergeCells/><row r="9"><c><v>1</v></c></row>`),
    ],
    ['prefixed elements', sheetXml(rows).replaceAll(/<(\/?)(?=[a-z])/g, '<$1x:')],
    ['a byte order mark', `\ufeff${sheetXml(rows)}`],
  ])('%s', async (_what, sheet) => {
    expect(await allRows(tinyWorkbook({ sheet }))).toEqual(expected)
  })

  test.each([
    ['UTF-16 little', 'utf-16le', true],
    ['UTF-16 big', 'utf-16be', true],
    ['UTF-16 without mark', 'utf-16le', false],
  ])('%s', async (_what, encoding, mark) => {
    const xml = sheetXml(rows).replace('UTF-8', 'UTF-16')
    const bytes = utf16(mark ? `\ufeff${xml}` : xml, encoding === 'utf-16le')
    expect(await allRows(tinyWorkbook({ sheet: bytes }))).toEqual(expected)
  })

  test('a declared encoding', async () => {
    const [before, after] = sheetXml(rows).replace('UTF-8', 'GBK').split('学籍')
    const gbk = [...new TextEncoder().encode(before), 0xd1, 0xa7, 0xbc, 0xae, ...new TextEncoder().encode(after)]
    expect(await allRows(tinyWorkbook({ sheet: Uint8Array.from(gbk) }))).toEqual(expected)
  })

  test.each(['<worksheet/>', '<worksheet></worksheet>', '<worksheet><sheetData/></worksheet>'])(
    '%s has no rows',
    async (sheet) => {
      expect(await allRows(tinyWorkbook({ sheet }))).toEqual([])
    },
  )

  test.each([
    ['nothing', '', 'damaged'],
    ['another root', '<chartsheet/>', 'damaged'],
    ['text', 'hello', 'damaged'],
    ['a document type', `<!DOCTYPE a SYSTEM "file:///etc/passwd">${sheetXml(rows)}`, 'doctype'],
    ['a document type in a cell', sheetXml('<row><c><!DOCTYPE a><v>1</v></c></row>'), 'doctype'],
  ])('%s is refused', async (_what, sheet, code) => {
    expect((await refusalOfFile(tinyWorkbook({ sheet })))?.code).toBe(code)
  })

  test('a document type in the shared strings is refused', async () => {
    const strings = '<!DOCTYPE a><si><t>a</t></si>'
    expect((await refusalOfFile(tinyWorkbook({ rows, strings })))?.code).toBe('doctype')
  })

  test('a document type in the styles is refused', async () => {
    const more = { rows, formats: [0], codes: { 1: '"/><!DOCTYPE a><x y="' } }
    expect((await refusalOfFile(tinyWorkbook(more)))?.code).toBe('doctype')
  })
})

function utf16(text: string, little: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2)
  const view = new DataView(bytes.buffer)
  for (let i = 0; i < text.length; i++) view.setUint16(i * 2, text.charCodeAt(i), little)
  return bytes
}
