import ExcelJS from 'exceljs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { read, utils, write } from 'xlsx'
import '../testing/fixed-seed.ts'
import { columnLetters } from '../column-letters.ts'
import { asRandomAccess } from '../read/source.ts'
import { readZipDirectory } from '../read/zip-directory.ts'
import { mark, OPTIONS, partsOf } from '../testing/marked.ts'
import { allRows, mustOpen, sheetXml, tinyParts, tinyWorkbook } from '../testing/tiny-workbook.ts'
import { tinyZip } from '../testing/tiny-zip.ts'
import type { WorkbookSpec } from '../write/spec.ts'
import { writeWorkbook } from '../write/workbook-stream.ts'
import { markWorkbook } from './mark-workbook.ts'
import type { Mark } from './marks.ts'

const SHEET = 'xl/worksheets/sheet1.xml'
const RED = 'FFFFC7CE'
const YELLOW = 'FFFFEB9C'
const LONG = { timeout: 60_000 }

const error = (row: number, column: number, comment = '请核对'): Mark => ({ row, column, severity: 'error', comment })
const warning = (row: number, column: number, comment = '提醒'): Mark => ({ row, column, severity: 'warning', comment })

const TAG = /<(?:\w+:)?c(?=[\s/>])[^>]*>/g
const withoutStyle = (tag: string): string => tag.replace(/\s+s\s*=\s*("\d*"|'\d*')/, '')

/**
 * Proves that two sheets differ in nothing but the styles of so many cells and what was put in: cells without a value, rows of such
 * cells, and the reference to the comments' drawing.
 */
function expectSameBut(original: string, marked: string, restyled: number, inserted: readonly string[] = []): void {
  let rest = marked.replace(/<(?:\w+:)?legacyDrawing (?:xmlns:r="[^"]*" )?\w+:id="\w+"\/>(?=<)/, (all) =>
    original.includes('legacyDrawing ') ? all : '',
  )
  for (const address of inserted) {
    const cell = new RegExp(`<(\\w+:)?c r="${address}" s="\\d+"/>`)
    expect(rest, address).toMatch(cell)
    rest = rest.replace(cell, '')
  }
  rest = rest.replace(/<(\w+:)?row r="\d+"><\/\1?row>/g, (all) => (original.includes(all) ? all : ''))
  expect(rest.split(TAG)).toEqual(original.split(TAG))
  const [before, after] = [original.match(TAG) ?? [], rest.match(TAG) ?? []]
  expect(after.map(withoutStyle)).toEqual(before.map(withoutStyle))
  expect(after.filter((tag, i) => tag !== before[i])).toHaveLength(restyled)
}

async function excelOf(bytes: Uint8Array): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(bytes as never)
  return book
}

function colorOf(cell: ExcelJS.Cell): string | undefined {
  return cell.fill?.type === 'pattern' ? cell.fill.fgColor?.argb : undefined
}

function noteOf(cell: ExcelJS.Cell): string {
  const { note } = cell
  return typeof note === 'string' ? note : (note?.texts ?? []).map(({ text }) => text).join('')
}

/** Every mark is seen by exceljs and SheetJS, and nothing else has changed its text. */
async function expectMarked(original: Uint8Array, marked: Uint8Array, marks: readonly Mark[]): Promise<void> {
  expect(await allRows(marked)).toEqual(await allRows(original))
  const sheet = (await excelOf(marked)).worksheets[0]!
  const other = read(marked, { cellStyles: true }).Sheets
  const first = Object.values(other)[0]!
  for (const { row, column, severity, comment } of marks) {
    const cell = sheet.getCell(row, column + 1)
    const color = severity === 'error' ? RED : YELLOW
    expect(colorOf(cell), cell.address).toBe(color)
    expect(noteOf(cell), cell.address).toContain(comment)
    const seen = first[cell.address]
    expect(seen?.s?.fgColor?.rgb, cell.address).toBe(color.slice(2))
    expect(seen?.c?.map((one: { t: string }) => one.t).join('\n'), cell.address).toContain(comment)
  }
}

async function exceljsFile(): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('名单')
  sheet.addRow(['姓名', '性别', '证件号', '日期'])
  for (let i = 0; i < 5; i++) sheet.addRow([`某${i}`, '男', `11010120200101${i}`, new Date(Date.UTC(2020, 1, i + 1))])
  sheet.getCell('B3').style = {
    numFmt: '@',
    font: { bold: true, color: { argb: 'FF0000FF' } },
    fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FF92D050' } },
    border: { left: { style: 'thin' } },
    alignment: { wrapText: true },
  }
  sheet.getColumn(6).numFmt = '@'
  sheet.mergeCells('A8:C8')
  sheet.getCell('A8').value = '合计'
  return new Uint8Array(await book.xlsx.writeBuffer())
}

describe('files of several programs', () => {
  test('exceljs: shared strings, dates, merged cells, an own fill', async () => {
    const original = await exceljsFile()
    const marks = [error(2, 0), warning(3, 1), error(3, 3), warning(9, 5), error(12, 2)]
    const marked = await mark(original, marks)
    await expectMarked(original, marked, marks)
    const [before, after] = [await partsOf(original), await partsOf(marked)]
    expectSameBut(before.get(SHEET)!, after.get(SHEET)!, 3, ['F9', 'C12'])
    // A clone differs in its fill alone.
    const [old, now] = [(await excelOf(original)).worksheets[0]!, (await excelOf(marked)).worksheets[0]!]
    const { fill: _old, ...kept } = old.getCell('B3').style
    const { fill: _now, ...still } = now.getCell('B3').style
    expect(still).toEqual(kept)
    expect(colorOf(now.getCell('B2'))).toBe(undefined)
    expect(now.getCell('D3').value).toEqual(old.getCell('D3').value)
    // An empty cell put in looks as its column does.
    expect(now.getCell('F9').numFmt).toBe('@')
  })

  test.each([true, false])('SheetJS, shared strings %s', async (bookSST) => {
    const sheet = utils.aoa_to_sheet([
      ['姓名', '性别', '年龄'],
      ['甲', '男', 7],
      ['乙', undefined, 8],
    ])
    const book = utils.book_new()
    utils.book_append_sheet(book, sheet, '名单')
    const original = new Uint8Array(write(book, { type: 'array', bookSST }))
    const marks = [error(2, 1), error(3, 1), warning(3, 2)]
    const marked = await mark(original, marks)
    await expectMarked(original, marked, marks)
    expectSameBut((await partsOf(original)).get(SHEET)!, (await partsOf(marked)).get(SHEET)!, 2, ['B3'])
  })

  test('our own writer: comments of the header are kept', async () => {
    const columns = ['姓名', '证件号'].map((header) => ({
      header,
      text: true,
      comment: `${header}的说明`,
      choices: ['甲'],
    }))
    const spec: WorkbookSpec = {
      creator: '学籍',
      sheets: [
        {
          kind: 'table',
          name: '名单',
          columns,
          rows: [['甲', '001'], ['乙', ''], ['']],
          autoFilter: true,
          lastRow: 20,
        },
        { kind: 'notes', name: '说明', lines: ['请勿改动'] },
      ],
    }
    const original = await writeWorkbook(spec)
    const marks = [error(2, 1), warning(3, 1), error(1, 0, '表头')]
    const marked = await mark(original, marks)
    await expectMarked(original, marked, marks)
    expectSameBut((await partsOf(original)).get(SHEET)!, (await partsOf(marked)).get(SHEET)!, 2, ['B3'])
    const sheet = (await excelOf(marked)).worksheets[0]!
    expect(noteOf(sheet.getCell('B1'))).toBe('证件号的说明')
    expect(noteOf(sheet.getCell('A1'))).toBe('姓名的说明\n【学籍系统】\n表头')
  })

  test('parts not concerned are copied as they are packed', async () => {
    const original = await exceljsFile()
    const marked = await mark(original, [error(2, 0)])
    const [before, after] = [await packedParts(original), await packedParts(marked)]
    const changed = new Set([SHEET, 'xl/styles.xml', '[Content_Types].xml', 'xl/worksheets/_rels/sheet1.xml.rels'])
    for (const [name, packed] of before) if (!changed.has(name)) expect(after.get(name), name).toEqual(packed)
    const added = [...after.keys()].filter((name) => !before.has(name))
    expect(added.sort()).toEqual([
      'xl/comments1.xml',
      'xl/drawings/vmlDrawing1.vml',
      'xl/worksheets/_rels/sheet1.xml.rels',
    ])
    expect([...after.keys()].filter((name) => before.has(name))).toEqual([...before.keys()])
  })

  test('no marks: nothing but the same bytes unpacked', async () => {
    const original = await exceljsFile()
    expect(await partsOf(await mark(original, []))).toEqual(await partsOf(original))
  })
})

async function packedParts(bytes: Uint8Array): Promise<Map<string, Uint8Array>> {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const parts = new Map<string, Uint8Array>()
  for (const { name, headerOffset, compressedSize } of await readZipDirectory(asRandomAccess(bytes), 1000)) {
    const start = headerOffset + 30 + view.getUint16(headerOffset + 26, true) + view.getUint16(headerOffset + 28, true)
    parts.set(name, bytes.slice(start, start + compressedSize))
  }
  return parts
}

const TYPES =
  '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
  '<Default Extension="xml" ContentType="application/xml"/>' +
  '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>' +
  `<Override PartName="/${SHEET}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`
const MORE = [{ name: '[Content_Types].xml', data: TYPES }]
const text = (value: string): string => `<is><t>${value}</t></is>`

describe('odd sheets', () => {
  const odd = async (sheet: string, marks: Mark[], restyled: number, inserted: string[] = []): Promise<Uint8Array> => {
    const original = tinyWorkbook({ sheet, more: MORE })
    const marked = await mark(original, marks)
    expect(await allRows(marked)).toEqual(await allRows(original))
    expectSameBut(sheet, (await partsOf(marked)).get(SHEET)!, restyled, inserted)
    return marked
  }

  test('rows and cells without r', async () => {
    const row = `<row><c t="inlineStr">${text('甲')}</c><c/><c><v>3</v></c></row>`
    const marked = await odd(sheetXml(row.repeat(4)), [error(2, 1), error(3, 2), error(3, 4), error(7, 1)], 2, [
      'E3',
      'B7',
    ])
    const xml = (await partsOf(marked)).get(SHEET)!
    expect(xml.split('<row>')[2]).toMatch(/^<c t="inlineStr">.*<c s="\d+"\/><c><v>3/)
    expect(xml).toMatch(/<c s="\d+"><v>3<\/v><\/c><c r="E3" s="\d+"\/><\/row>/)
  })

  test('rows with gaps between them, some cells with r and some without', async () => {
    const rows =
      '<row r="3"><c><v>3</v></c><c r="F3" s="0"><v>4</v></c></row><row><c r="B4"/></row><row r="9"><c r="C9"><v>1</v></c><c><v>2</v></c></row>'
    await odd(sheetXml(rows), [error(9, 0), error(9, 3), error(3, 2), error(4, 0), error(5, 0), error(2, 1)], 1, [
      'B2',
      'C3',
      'A4',
      'A5',
      'A9',
    ])
  })

  test('prefixes, line breaks between tags, single quotes, a comment, CDATA', async () => {
    const sheet =
      `\ufeff<?xml version='1.0' encoding='UTF-8'?>\r\n<x:worksheet xmlns:x='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>\r\n` +
      `<x:cols><x:col min='4' max='4' style='0'/></x:cols><x:sheetData>\r\n<!-- <x:row r="2"/> --><x:row\r\n r='2' >\r\n <x:c  r = 'A2'\ts = '0' t="str"><x:v><![CDATA[</x:c></x:row>]]></x:v></x:c>\r\n` +
      ` <x:c\r\n r="C2" t='inlineStr'><x:is><x:t>a &gt; b</x:t></x:is></x:c>\r\n</x:row>\r\n<x:row r="3"/></x:sheetData>\r\n<x:pageMargins left="1" right="1" top="1" bottom="1" header="0" footer="0"/><x:extLst/>\r\n</x:worksheet>\r\n`
    const original = tinyWorkbook({ sheet, more: MORE })
    const marked = await mark(original, [error(2, 0), error(2, 1), error(2, 2), error(2, 3), error(3, 0)])
    expect(await allRows(marked)).toEqual(await allRows(original))
    const xml = (await partsOf(marked)).get(SHEET)!
    const undone = xml
      .replace(/<x:c r="(B2|D2|A3)" s="1"\/>/g, '')
      .replace(`<x:row r="3"></x:row>`, '<x:row r="3"/>')
      .replace(`s = '1'`, `s = '0'`)
      .replace(`r="C2" s="1"`, 'r="C2"')
      .replace(/<x:legacyDrawing xmlns:r="[^"]*" r:id="rId2"\/>(?=<x:extLst)/, '')
    expect(undone).toBe(sheet)
  })

  test('a workbook without styles gets some', async () => {
    const rows = `<row r="1"><c r="A1" t="inlineStr">${text('姓名')}</c></row><row r="2"><c r="A2" s="3"><v>5</v></c></row>`
    const original = tinyWorkbook({ sheet: sheetXml(rows), more: MORE })
    const marks = [error(2, 0), warning(2, 3)]
    const marked = await mark(original, marks)
    await expectMarked(original, marked, marks)
  })

  test('a styles part with nothing but formats', async () => {
    const rows = '<row r="1"><c r="A1" s="1"><v>45000</v></c><c r="B1" s="2"><v>7</v></c></row>'
    const original = tinyWorkbook({ rows, formats: [0, 14, 164], codes: { 164: '000' }, more: MORE })
    const marked = await mark(original, [error(1, 0), error(1, 1), error(1, 2)])
    expect((await allRows(marked))[0]!.cells).toEqual(['2023-03-15', '007'])
    expect((await partsOf(marked)).get('xl/styles.xml')).toContain('<fills count="3">')
  })

  test('a row style goes before the style of the column', async () => {
    const rows =
      '<row r="1" s="1" customFormat="1"><c r="A1" s="2"/></row><row r="2" s="1"><c r="A2"><v>1</v></c></row>'
    const sheet = sheetXml(rows).replace('<sheetData>', '<cols><col min="2" max="3" style="2"/></cols><sheetData>')
    const original = tinyWorkbook({ sheet, formats: [0, 14, 49], more: MORE })
    const marked = await mark(original, [error(1, 1), error(2, 1), error(3, 2), error(3, 4)])
    const styles = (await partsOf(marked)).get('xl/styles.xml')!
    const formats = [...styles.split('<cellXfs>')[1]!.matchAll(/numFmtId="(\d+)"/g)].map((found) => found[1])
    const styleOf = (address: string, xml: string) =>
      formats[Number(new RegExp(`r="${address}" s="(\\d+)"`).exec(xml)?.[1])]
    const xml = (await partsOf(marked)).get(SHEET)!
    expect(['B1', 'B2', 'C3', 'E3'].map((address) => styleOf(address, xml))).toEqual(['14', '49', '49', '0'])
  })

  test.each([
    ['strict', sheetXml('<row/>').replace(/http:[^"]*/, 'http://purl.oclc.org/ooxml/spreadsheetml/main')],
    ['encoding', new Uint8Array([0xff, 0xfe, ...new Uint8Array(Buffer.from(sheetXml('<row/>'), 'utf16le'))])],
    ['damaged', sheetXml('<row>').replace('</sheetData></worksheet>', '')],
  ])('%s: said before the first byte', async (code, sheet) => {
    const { sheets } = await mustOpen(tinyWorkbook({ sheet, more: MORE }))
    expect(await markWorkbook(sheets[0]!, [error(1, 0)], OPTIONS)).toEqual({ ok: false, code })
  })

  test('the second sheet, with names already taken', async () => {
    const book = new ExcelJS.Workbook()
    const first = book.addWorksheet('一')
    first.addRow(['甲'])
    first.getCell('A1').note = '别的表'
    book.addWorksheet('二').addRow(['甲', '乙'])
    const original = new Uint8Array(await book.xlsx.writeBuffer())
    const marked = await mark(original, [error(1, 1)], 1)
    const now = await excelOf(marked)
    expect(noteOf(now.worksheets[0]!.getCell('A1'))).toBe('别的表')
    expect(noteOf(now.worksheets[1]!.getCell('B1'))).toBe('【学籍系统】\n请核对')
    expect(colorOf(now.worksheets[1]!.getCell('B1'))).toBe(RED)
  })

  test('several marks on one cell, and comments no XML can hold', async () => {
    const original = await exceljsFile()
    const marked = await mark(original, [
      warning(2, 0, '甲\u0001<&>'),
      error(2, 0, '乙'),
      { ...error(2, 1), comment: '' },
    ])
    const sheet = (await excelOf(marked)).worksheets[0]!
    expect(noteOf(sheet.getCell('A2'))).toContain('<&>\n乙')
    expect([colorOf(sheet.getCell('A2')), colorOf(sheet.getCell('B2')), noteOf(sheet.getCell('B2'))]).toEqual([
      RED,
      RED,
      '',
    ])
    await expect(mark(original, [error(0, 0)])).rejects.toThrow(RangeError)
  })
})

/** A sheet of any shape, with marks anywhere. */
const CELL = fc.record({
  gap: fc.nat({ max: 2 }),
  named: fc.boolean(),
  style: fc.option(fc.nat({ max: 2 })),
  value: fc.nat(),
})
const ROW = fc.record({ gap: fc.nat({ max: 2 }), named: fc.boolean(), cells: fc.array(CELL, { maxLength: 4 }) })
const MARKS = fc.array(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.nat({ max: 8 }), fc.boolean()), { maxLength: 10 })

function build(
  rows: readonly {
    gap: number
    named: boolean
    cells: readonly (typeof CELL extends fc.Arbitrary<infer T> ? T : never)[]
  }[],
) {
  let number = 0
  const xml = rows.map(({ gap, named, cells }) => {
    number += named ? 1 + gap : 1
    let column = -1
    const inner = cells.map((cell) => {
      column += cell.named ? 1 + cell.gap : 1
      const address = cell.named ? ` r="${columnLetters(column)}${number}"` : ''
      const style = cell.style === null ? '' : ` s="${cell.style}"`
      return `<c${style}${address}><v>${cell.value}</v></c>\n`
    })
    return `<row${named ? ` r="${number}"` : ''}>${inner.join('')}</row>`
  })
  return xml.join('\r\n')
}

test('any sheet, any marks: the same cells, the marked ones coloured, marked again the same', LONG, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(ROW, { minLength: 1, maxLength: 6 }), MARKS, async (rows, places) => {
      const original = tinyWorkbook({ rows: build(rows), formats: [0, 49, 14], more: MORE })
      const marks = places.map(([row, column, bad]) => (bad ? error(row, column) : warning(row, column)))
      const marked = await mark(original, marks)
      expect(await allRows(marked)).toEqual(await allRows(original))
      const sheet = (await partsOf(marked)).get(SHEET)!
      const addresses = new Set(marks.map(({ row, column }) => `${columnLetters(column)}${row}`))
      const inserted = [...addresses].filter((address) => new RegExp(`<c r="${address}" s="\\d+"/>`).test(sheet))
      expectSameBut((await partsOf(original)).get(SHEET)!, sheet, addresses.size - inserted.length, inserted)
      const again = await mark(marked, marks)
      expect((await partsOf(again)).get(SHEET)).toBe(sheet)
    }),
    { numRuns: 150 },
  )
})

test('a zip with an entry of its own name in other letters is still changed in its place', async () => {
  const parts = tinyParts({ rows: '<row r="1"><c r="A1"><v>1</v></c></row>', formats: [0], more: MORE })
  const upper = parts.map((part) => (part.name === 'xl/styles.xml' ? { ...part, name: 'xl/Styles.xml' } : part))
  const names = [...(await partsOf(await mark(tinyZip(upper), [error(1, 0)]))).keys()]
  expect(names.filter((name) => /styles/i.test(name))).toEqual(['xl/Styles.xml'])
})
