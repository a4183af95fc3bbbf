import { describe, expect, test } from 'vitest'
import { nodeCodec } from '../node/node-codec.ts'
import {
  allRows,
  mustOpen,
  relation,
  relationships,
  tinyParts,
  tinyWorkbook,
  workbookXml,
} from '../testing/tiny-workbook.ts'
import { type TinyEntry, tinyZip } from '../testing/tiny-zip.ts'
import { findHeader } from './header.ts'
import { readRows } from './read-rows.ts'
import type { Row } from './row.ts'

/** Rosters as they come from schools: every layout the reader promises to understand, from the file to the columns. */

const NAMES = ['姓名', '身份证件号', '出生日期', '入学年月']
const text = (content: string) => `<c t="inlineStr"><is><t>${content}</t></is></c>`
const row = (number: number, ...cells: string[]) => `<row r="${number}">${cells.join('')}</row>`
const header = (number: number) => row(number, ...NAMES.map(text))
const child = (number: number, name = '王一') =>
  row(number, text(name), text('440203201809011234'), '<c s="1"><v>43344</v></c>', text('202409'))
const CHILD = ['王一', '440203201809011234', '2018-09-01', '202409']
const formats = { formats: [0, 14] }

/** The children below the header, with the columns in the order of NAMES. */
function children(rows: readonly Row[]): string[][] {
  const match = findHeader(rows, NAMES)!
  expect(match.missing).toEqual([])
  return rows
    .filter((one) => one.row > match.row.row)
    .map((one) => NAMES.map((name) => one.cells[match.columns.get(name)!] ?? ''))
}

describe('around and inside the rows', () => {
  test('a merged title, a remark and a merged group header above the names', async () => {
    const rows = [
      row(1, text('阳光小学一年级新生名册'), '<c/>', '<c/>', '<c/>'),
      row(2, text('填表说明：姓名以户口簿为准'), '<c/>'),
      row(3, text('基本信息'), '<c/>', text('学籍信息'), '<c/>'),
    ]
    const sheet = `<worksheet><sheetData>${rows.join('')}${header(4)}${child(5)}</sheetData><mergeCells count="2"><mergeCell ref="A1:D1"/><mergeCell ref="A3:B3"/></mergeCells></worksheet>`
    expect(children(await allRows(tinyWorkbook({ sheet, ...formats })))).toEqual([CHILD])
  })

  test('hidden rows and columns are read like all others', async () => {
    const hidden = child(3, '王二').replace('<row', '<row hidden="1" collapsed="1" outlineLevel="1"')
    const sheet = `<worksheet><sheetFormatPr zeroHeight="1"/><cols><col min="2" max="3" width="0" hidden="1"/></cols><sheetData>${header(1)}${child(2)}${hidden}</sheetData></worksheet>`
    const found = children(await allRows(tinyWorkbook({ sheet, ...formats })))
    expect(found).toEqual([CHILD, ['王二', ...CHILD.slice(1)]])
  })

  test('names across line breaks, blanks, full-width forms and marks, in another order, among others', async () => {
    const names = ['备注', '出生\n日期', ' 身份证件号＊', '入学_x000D_\n年月', '姓　名 *']
    const cells = [text('x'), '<c s="1"><v>43344</v></c>', text('440203201809011234'), text('202409'), text('王一')]
    const rows = row(1, ...names.map(text)) + row(2, ...cells)
    expect(children(await allRows(tinyWorkbook({ rows, ...formats })))).toEqual([CHILD])
  })

  test('neither rows nor cells say where they are', async () => {
    const rows = (header(1) + child(2)).replaceAll(/ r="\d+"/g, '')
    expect(children(await allRows(tinyWorkbook({ rows, ...formats })))).toEqual([CHILD])
  })

  test('a million blank formatted rows give no row and take no memory', { timeout: 60_000 }, async () => {
    const blank = Array.from(
      { length: 1_048_573 },
      (_, i) => `<row r="${i + 3}" ht="14"><c r="A${i + 3}" s="1"/></row>`,
    )
    const bytes = tinyWorkbook({ rows: header(1) + child(2) + blank.join(''), ...formats })
    blank.length = 0
    const opened = await mustOpen(bytes, { codec: nodeCodec })
    const before = process.memoryUsage().heapUsed
    const rows: Row[] = []
    let batches = 0
    for await (const batch of readRows(opened.sheets[0]!)) {
      if (!batch.ok) throw new Error(batch.refusal.code)
      batches++
      rows.push(...batch.rows)
    }
    expect([rows.length, batches]).toEqual([2, 1])
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(60_000_000)
  })
})

describe('the parts', () => {
  const rows = header(1) + child(2)
  const strings = '<si><t>男</t></si>'
  const parts = tinyParts({ rows: `${rows}<row r="9"><c t="s"><v>0</v></c></row>`, strings, ...formats })

  test.each([
    ['little', true],
    ['big', false],
  ])('all of them in UTF-16, %s end first', async (_what, little) => {
    const wide = parts.map((part): TinyEntry => {
      const bytes = Buffer.from(`\ufeff${String(part.data).replace('UTF-8', 'UTF-16')}`, 'utf16le')
      return { ...part, data: new Uint8Array(little ? bytes : bytes.swap16()) }
    })
    const found = await allRows(tinyZip(wide))
    expect(children(found.slice(0, 2))).toEqual([CHILD])
    expect(found[2]?.cells).toEqual(['男'])
  })

  test('strict OOXML: other namespaces, days as ISO 8601', async () => {
    const strict = tinyParts({
      rows: rows.replace('<c s="1"><v>43344</v>', '<c s="1" t="d"><v>2018-09-01T00:00:00.000Z</v>'),
      ...formats,
    })
    const entries = strict.map((part) => ({
      ...part,
      data: String(part.data)
        .replaceAll(
          'http://schemas.openxmlformats.org/officeDocument/2006',
          'http://purl.oclc.org/ooxml/officeDocument',
        )
        .replaceAll('http://schemas.openxmlformats.org/spreadsheetml/2006', 'http://purl.oclc.org/ooxml/spreadsheetml')
        .replace('<workbook ', '<workbook conformance="strict" '),
    }))
    expect(children(await allRows(tinyZip(entries)))).toEqual([CHILD])
  })

  test('days counted from 1904', async () => {
    const workbook = workbookXml(undefined, '<workbookPr date1904="true"/>')
    const early = rows.replace('<v>43344</v>', `<v>${43_344 - 1462}</v>`)
    expect(children(await allRows(tinyWorkbook({ rows: early, ...formats, workbook })))).toEqual([CHILD])
  })

  test('several sheets: each has its own rows, all share their texts', async () => {
    const sheets = [1, 2, 3].map((n) => `<sheet name="班${n}" sheetId="${n}" r:id="rId${n}"/>`).join('')
    const list = [1, 2, 3].map((n) => relation(n, 'worksheet', `worksheets/sheet${n}.xml`))
    const sheet = (n: number) =>
      `<worksheet><sheetData><row r="${n}"><c t="s"><v>${n - 1}</v></c></row></sheetData></worksheet>`
    const bytes = tinyWorkbook({
      sheet: sheet(1),
      strings: '<si><t>甲</t></si><si><t>乙</t></si><si><t>丙</t></si>',
      workbook: workbookXml(sheets),
      workbookRels: relationships([...list, relation(4, 'sharedStrings', 'sharedStrings.xml')]),
      more: [2, 3].map((n) => ({ name: `xl/worksheets/sheet${n}.xml`, data: sheet(n) })),
    })
    const found = await Promise.all([0, 1, 2].map((index) => allRows(bytes, index)))
    expect(found.map(([one]) => [one?.row, one?.cells[0]])).toEqual([
      [1, '甲'],
      [2, '乙'],
      [3, '丙'],
    ])
  })
})
