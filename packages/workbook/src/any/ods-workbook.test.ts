import { describe, expect, test } from 'vitest'
import { utils, write } from 'xlsx'
import { nodeCodec } from '../node/node-codec.ts'
import { anyRows, anySheets, refusalOfAny } from '../testing/any-rows.ts'
import { odsContent, tinyOds } from '../testing/tiny-ods.ts'
import { tinyZip } from '../testing/tiny-zip.ts'

async function cellOf(xml: string, styles = ''): Promise<(string | undefined)[]> {
  const [row] = await anyRows(tinyOds({ rows: `<table:table-row>${xml}</table:table-row>`, styles }))
  return [row?.cells[0], ...(row?.flags.map(({ flag }) => flag) ?? [])]
}
const cell = (attributes: string, paragraph = '') => `<table:table-cell ${attributes}>${paragraph}</table:table-cell>`
const text = (content: string) => cell('office:value-type="string"', content)

describe('the text of a cell', () => {
  test.each([
    ['text', text('<text:p>学籍 &amp; 王一</text:p>'), ['学籍 & 王一']],
    ['lines', text('<text:p>a</text:p><text:p/><text:p>b</text:p>'), ['a\n\nb']],
    ['spans and links', text('<text:p>王<text:span>一</text:span><text:a>!</text:a></text:p>'), ['王一!']],
    [
      'blanks',
      text('<text:p> a \n b<text:s/>c<text:s text:c="2"/>d<text:tab/>e<text:line-break/>f</text:p>'),
      ['a b c  d\te\nf'],
    ],
    ['a remark', text('<office:annotation><text:p>note</text:p></office:annotation><text:p>a</text:p>'), ['a']],
    [
      'a reading',
      text(
        '<text:p><text:ruby><text:ruby-base>王</text:ruby-base><text:ruby-text>wang</text:ruby-text></text:ruby></text:p>',
      ),
      ['王'],
    ],
    [
      'a picture',
      text('<text:p>a</text:p><draw:frame><draw:text-box><text:p>x</text:p></draw:text-box></draw:frame>'),
      ['a'],
    ],
    ['a number', cell('office:value-type="float" office:value="42"', '<text:p>42.00</text:p>'), ['42']],
    ['a number without a paragraph', '<table:table-cell office:value-type="float" office:value="42"/>', ['42']],
    [
      'an identity number',
      cell('office:value-type="float" office:value="4.40203201809011E+017"'),
      ['440203201809011000', 'precisionLost'],
    ],
    ['zeros in front', cell('office:value-type="float" office:value="7"', '<text:p>0007</text:p>'), ['0007']],
    ['percent', cell('office:value-type="percentage" office:value="0.5"', '<text:p>50%</text:p>'), ['0.5']],
    ['money', cell('office:value-type="currency" office:value="5"', '<text:p>¥5.00</text:p>'), ['5']],
    ['true', cell('office:value-type="boolean" office:boolean-value="true"', '<text:p>真</text:p>'), ['TRUE']],
    [
      'a day',
      cell('office:value-type="date" office:date-value="2018-09-01"', '<text:p>2018年9月</text:p>'),
      ['2018-09-01', 'date'],
    ],
    [
      'a moment',
      cell('office:value-type="date" office:date-value="2018-09-01T12:30:00.000000000"'),
      ['2018-09-01 12:30:00', 'date'],
    ],
    ['a time', cell('office:value-type="time" office:time-value="PT08H05M00S"'), ['08:05:00', 'date']],
    [
      'a formula',
      cell('table:formula="of:=1+2" office:value-type="float" office:value="3"', '<text:p>3</text:p>'),
      ['3', 'formula'],
    ],
    ['a formula never calculated', cell('table:formula="of:=1+2"'), ['', 'formula']],
    [
      'a formula in error',
      cell('table:formula="of:=1/0" office:value-type="string" office:string-value=""', '<text:p>#DIV/0!</text:p>'),
      ['#DIV/0!', 'formula', 'error'],
    ],
    [
      'an error of LibreOffice',
      cell('table:formula="of:=a" office:value-type="string"', '<text:p>Err:508</text:p>'),
      ['Err:508', 'formula', 'error'],
    ],
    ['a text that looks like an error', text('<text:p>#N/A</text:p>'), ['#N/A']],
    ['a text in an attribute', cell('office:value-type="string" office:string-value="a  b"'), ['a  b']],
    ['no type', cell('', '<text:p>a</text:p>'), ['a']],
  ])('%s', async (_what, xml, expected) => {
    expect(await cellOf(xml)).toEqual(expected)
  })

  test.each([
    ['N1', '2024-09-01'],
    ['N2', '2024-09-01 12:00:00'],
    ['N3', '12:00:00'],
    ['N4', '1092876:00:00'],
    ['N5', '45536.5'],
  ])('a number in the style %s', async (format, expected) => {
    const styles =
      '<number:date-style style:name="N1"><number:year/></number:date-style>' +
      '<number:date-style style:name="N2"><number:year/><number:hours/></number:date-style>' +
      '<number:time-style style:name="N3"><number:hours/></number:time-style>' +
      '<number:time-style style:name="N4" number:truncate-on-overflow="false"><number:hours/></number:time-style>' +
      `<style:style style:name="ce1" style:family="table-cell" style:data-style-name="${format}"/>`
    const xml = cell('table:style-name="ce1" office:value-type="float" office:value="45536.5"')
    expect((await cellOf(xml, styles))[0]).toBe(expected)
  })
})

describe('rows', () => {
  const rowsOf = async (rows: string) => (await anyRows(tinyOds({ rows }))).map(({ row, cells }) => [row, ...cells])
  const a = text('<text:p>a</text:p>')

  test.each([
    [
      'gaps',
      `<table:table-row><table:table-cell table:number-columns-repeated="2"/>${a}<table:table-cell table:number-columns-repeated="16381"/></table:table-row>`,
      [[1, '', '', 'a']],
    ],
    [
      'repeated cells',
      `<table:table-row>${cell('table:number-columns-repeated="3" office:value-type="float" office:value="1"')}${a}</table:table-row>`,
      [[1, '1', '1', '1', 'a']],
    ],
    [
      'repeated rows',
      `<table:table-row table:number-rows-repeated="2">${a}</table:table-row><table:table-row>${a}</table:table-row>`,
      [
        [1, 'a'],
        [2, 'a'],
        [3, 'a'],
      ],
    ],
    [
      'a million blank rows',
      `<table:table-row>${a}</table:table-row><table:table-row table:number-rows-repeated="1048574"><table:table-cell table:style-name="x" table:number-columns-repeated="16384"/></table:table-row><table:table-row>${a}</table:table-row>`,
      [
        [1, 'a'],
        [1_048_576, 'a'],
      ],
    ],
    [
      'merged cells',
      `<table:table-row>${cell('table:number-columns-spanned="3"', '<text:p>m</text:p>')}<table:covered-table-cell table:number-columns-repeated="2"><text:p>under</text:p></table:covered-table-cell>${a}</table:table-row>`,
      [[1, 'm', '', '', 'a']],
    ],
    [
      'header rows and groups',
      `<table:table-header-rows><table:table-row>${a}</table:table-row></table:table-header-rows><table:table-row-group><table:table-row table:visibility="collapse">${a}</table:table-row></table:table-row-group>`,
      [
        [1, 'a'],
        [2, 'a'],
      ],
    ],
    ['an empty row', `<table:table-row/><table:table-row>${a}</table:table-row>`, [[2, 'a']]],
  ])('%s', async (_what, rows, expected) => {
    expect(await rowsOf(rows)).toEqual(expected)
  })

  test('where the stream is cut never shows', async () => {
    const rows = `<table:table-row>${a}${text('<text:p>学籍😀</text:p>')}</table:table-row>`.repeat(40)
    const whole = tinyOds({ rows })
    const expected = await anyRows(whole)
    for (const size of [1, 7, 100]) {
      const inflate = async function* (packed: AsyncIterable<Uint8Array>) {
        for await (const chunk of nodeCodec.inflate(packed))
          for (let at = 0; at < chunk.length; at += size) yield chunk.subarray(at, at + size)
      }
      expect(await anyRows(whole, 0, { codec: { ...nodeCodec, inflate } })).toEqual(expected)
    }
  })
})

test('sheets with their names, hidden ones marked, drawn tables left out', async () => {
  const styles =
    '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'
  const row = `<table:table-row>${text('<text:p>b</text:p>')}</table:table-row>`
  const after = `<table:table table:name="乙" table:style-name="ta2"><table:shapes><table:table><table:table-row/></table:table></table:shapes>${row}</table:table><table:table table:name="丙"/>`
  const bytes = tinyOds({ rows: row, styles, after })
  expect(await anySheets(bytes)).toMatchObject([
    { name: 'S', hidden: false },
    { name: '乙', hidden: true },
    { name: '丙', hidden: false },
  ])
  expect(await anyRows(bytes, 1)).toEqual([{ row: 1, cells: ['b'], flags: [] }])
  expect(await anyRows(bytes, 2)).toEqual([])
})

test('a file of SheetJS', async () => {
  const sheet = utils.aoa_to_sheet([
    ['姓名', 45536],
    [true, 1.5],
    [4.40203e17, ' a  b '],
  ])
  sheet.B1.z = 'yyyy-mm-dd'
  const book = utils.book_new()
  utils.book_append_sheet(book, sheet, '名单')
  expect(await anyRows(new Uint8Array(write(book, { bookType: 'ods', type: 'array' })))).toEqual([
    { row: 1, cells: ['姓名', '2024-09-01'], flags: [{ column: 1, flag: 'date' }] },
    { row: 2, cells: ['TRUE', '1.5'], flags: [] },
    { row: 3, cells: ['440203000000000000', ' a  b '], flags: [{ column: 0, flag: 'precisionLost' }] },
  ])
})

describe('refusals', () => {
  const rows = `<table:table-row>${text('<text:p>a</text:p>')}</table:table-row>`
  const encrypted =
    '<manifest:manifest><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>'

  test.each([
    ['a password', tinyOds({ rows, more: [{ name: 'META-INF/manifest.xml', data: encrypted }] }), 'encrypted'],
    ['macros', tinyOds({ rows, more: [{ name: 'Basic/script-lc.xml', data: '<x/>' }] }), 'macro'],
    ['a table of another file', tinyOds({ rows: `<table:table-source xlink:href="x"/>${rows}` }), 'externalLink'],
    ['a document type', tinyOds({ content: `<!DOCTYPE x [<!ENTITY a "b">]>${odsContent(rows)}` }), 'doctype'],
    ['a document type in a cell', tinyOds({ rows: '<table:table-row><!DOCTYPE x></table:table-row>' }), 'doctype'],
    [
      'a text document',
      tinyOds({ content: '<office:document-content><office:text/></office:document-content>' }),
      'notWorkbook',
    ],
    [
      'no sheet',
      tinyOds({ content: '<office:document-content><office:spreadsheet/></office:document-content>' }),
      'noSheet',
    ],
    ['a sheet cut off', tinyOds({ content: odsContent(rows).slice(0, -60) }), 'damaged'],
    ['a row cut off', tinyOds({ content: odsContent(rows).slice(0, -120) }), 'damaged'],
    [
      'a cell too far',
      tinyOds({
        rows: `<table:table-row>${cell('table:number-columns-repeated="16385"', '<text:p>a</text:p>')}</table:table-row>`,
      }),
      'damaged',
    ],
    [
      'a row too far',
      tinyOds({
        rows: `<table:table-row table:number-rows-repeated="1048577">${text('<text:p>a</text:p>')}</table:table-row>`,
      }),
      'damaged',
    ],
    [
      'cells without end',
      tinyOds({
        rows: `<table:table-row table:number-rows-repeated="1048576">${cell('table:number-columns-repeated="16384"', '<text:p>a</text:p>')}</table:table-row>`,
      }),
      'tooLarge',
    ],
    [
      'too many files',
      tinyOds({ rows, more: Array.from({ length: 200 }, (_, i) => ({ name: `${i}`, data: '' })) }),
      'tooManyEntries',
    ],
    ['a bomb that says so', tinyOds({ content: odsContent(rows) + ' '.repeat(20_000_000) }), 'ratio'],
    [
      'a bomb under a small declared size',
      tinyZip([
        { name: 'mimetype', data: 'x' },
        { name: 'content.xml', data: odsContent(rows) + ' '.repeat(20_000_000), declaredSize: 500 },
      ]),
      'damaged',
    ],
  ])('%s', async (_what, bytes, code) => {
    expect((await refusalOfAny(bytes))?.code).toBe(code)
  })

  test('more than 10 MB', async () => {
    const filler = { name: 'Pictures/a.png', data: new Uint8Array(10 * 1024 * 1024), stored: true }
    expect(await refusalOfAny(tinyOds({ rows, more: [filler] }))).toEqual({ code: 'tooLargeUnlessXlsx', detail: 'ods' })
  })
})
