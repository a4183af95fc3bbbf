import ExcelJS from 'exceljs'
import { describe, expect, test } from 'vitest'
import { mark, OPTIONS, partsOf } from '../testing/marked.ts'
import { allRows, relation, relationships, sheetXml, tinyWorkbook } from '../testing/tiny-workbook.ts'
import type { Mark } from './marks.ts'
import { StylePlan } from './style-plan.ts'

const SHEET = 'xl/worksheets/sheet1.xml'
const error = (row: number, column: number, comment = '请核对'): Mark => ({ row, column, severity: 'error', comment })
const warning = (row: number, column: number, comment = '提醒'): Mark => ({ row, column, severity: 'warning', comment })

async function sheetOf(bytes: Uint8Array): Promise<ExcelJS.Worksheet> {
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(bytes as never)
  return book.worksheets[0]!
}

function notesOf(sheet: ExcelJS.Worksheet): Record<string, string> {
  const notes: Record<string, string> = {}
  sheet.eachRow({ includeEmpty: true }, (row) =>
    row.eachCell({ includeEmpty: true }, (cell) => {
      const { note } = cell
      const text = typeof note === 'string' ? note : (note?.texts ?? []).map((run) => run.text).join('')
      if (text !== '') notes[cell.address] = text
    }),
  )
  return notes
}

async function original(): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('名单')
  sheet.addRow(['姓名', '性别', '证件号'])
  for (let i = 0; i < 3; i++) sheet.addRow([`某${i}`, '男', `11010120200101${i}`])
  sheet.getCell('B2').fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FF92D050' } }
  sheet.getCell('C2').numFmt = '@'
  sheet.getCell('A1').note = '表头说明'
  sheet.getCell('B3').note = { texts: [{ font: { bold: true }, text: '张老师：' }, { text: '家长已确认' }] }
  return new Uint8Array(await book.xlsx.writeBuffer())
}

/** As a spreadsheet program would keep it: the same styles in another order, named styles by their names. */
function restyled(styles: string): { styles: string; order: readonly number[] } {
  const [before, rest] = styles.split(/(?<=<cellXfs[^>]*>)/) as [string, string]
  const end = rest.indexOf('</cellXfs>')
  const formats = rest.slice(0, end).match(/<xf [^>]*\/>|<xf [^>]*[^/]>.*?<\/xf>/g)!
  const order = formats.map((_, i) => formats.length - 1 - i)
  return { styles: before + order.map((i) => formats[i]).join('') + rest.slice(end), order }
}

describe('a marked file marked again', () => {
  test('old marks are replaced, fills and comments of others stay', async () => {
    const first = await mark(await original(), [error(2, 0), error(2, 1), error(3, 1, '性别填写不正确'), warning(6, 2)])
    expect(notesOf(await sheetOf(first))).toEqual({
      A1: '表头说明',
      A2: '【学籍系统】\n请核对',
      B2: '【学籍系统】\n请核对',
      B3: '张老师：家长已确认\n【学籍系统】\n性别填写不正确',
      C6: '【学籍系统】\n提醒',
    })
    const second = await mark(first, [warning(2, 2), error(3, 1, '仍不正确')])
    const sheet = await sheetOf(second)
    expect(notesOf(sheet)).toEqual({
      A1: '表头说明',
      C2: '【学籍系统】\n提醒',
      B3: '张老师：家长已确认\n【学籍系统】\n仍不正确',
    })
    const old = await sheetOf(await original())
    for (const address of ['A2', 'B2', 'A3']) {
      expect(sheet.getCell(address).style, address).toEqual(old.getCell(address).style)
    }
    expect(sheet.getCell('C6').fill).toEqual(undefined)
    expect(sheet.getCell('C2').numFmt).toBe('@')
    expect(await allRows(second)).toEqual(await allRows(await original()))
  })

  test('no mark left: the comments and styles of before', async () => {
    const marked = await mark(await original(), [error(2, 0), error(2, 1), error(3, 1), warning(4, 2)])
    const clean = await mark(marked, [])
    const [old, now] = [await sheetOf(await original()), await sheetOf(clean)]
    expect(notesOf(now)).toEqual(notesOf(old))
    for (const address of ['A2', 'B2', 'B3', 'C4']) {
      expect(now.getCell(address).style, address).toEqual(old.getCell(address).style)
    }
    expect((await partsOf(clean)).get('xl/drawings/vmlDrawing1.vml')!.match(/<v:shape /g)).toHaveLength(2)
  })

  test('the same marks again: nothing piles up', async () => {
    const marks = [error(2, 0), warning(2, 1), error(3, 1), error(9, 9)]
    const first = await mark(await original(), marks)
    const second = await mark(first, marks)
    expect(await partsOf(second)).toEqual(await partsOf(first))
  })

  test('text corrected by somebody in between is of no matter, nor is a ground painted over', async () => {
    const marked = await mark(await original(), [error(2, 0), error(3, 0)])
    const parts = await partsOf(marked)
    const styles = parts.get('xl/styles.xml')!
    const plan = new StylePlan(styles, OPTIONS.styleName)
    const own = Number(/r="A2" s="(\d+)"/.exec(parts.get(SHEET)!)![1])
    expect([plan.isOwn(own), plan.hasOwn]).toEqual([true, true])
    const painted = new StylePlan(styles.replaceAll('FFFFC7CE', 'FF00B0F0'), OPTIONS.styleName)
    expect([painted.isOwn(own), painted.hasOwn]).toEqual([false, false])
  })

  test('saved by a spreadsheet program, which numbers styles anew', async () => {
    const marked = await partsOf(await mark(await original(), [error(2, 0), error(2, 1), warning(2, 2)]))
    const { styles, order } = restyled(marked.get('xl/styles.xml')!)
    const before = (address: string): number =>
      Number(new RegExp(`r="${address}" s="(\\d+)"`).exec(marked.get(SHEET)!)?.[1])
    const plan = new StylePlan(styles, OPTIONS.styleName)
    const unmarked = new StylePlan((await partsOf(await original())).get('xl/styles.xml')!, OPTIONS.styleName)
    expect(unmarked.hasOwn).toBe(false)
    for (const address of ['A2', 'B2', 'C2']) {
      const now = order.indexOf(before(address))
      expect(plan.isOwn(now), address).toBe(true)
      expect(plan.isOwn(plan.baseOf(now)), address).toBe(false)
      expect(plan.markedStyle(plan.baseOf(now), address === 'C2' ? 'warning' : 'error'), address).toBe(now)
    }
    expect(plan.changed()).toBe(undefined)
  })
})

const COMMENTS = (list: string, authors = '<author>张老师</author>'): string =>
  `<x:comments xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:authors>${authors.replaceAll('author>', 'x:author>')}</x:authors><x:commentList>${list}</x:commentList></x:comments>`

function commented(comments: string, drawing: string | undefined): Uint8Array {
  const relations = [relation(7, 'comments', '/xl/other/notes.xml')]
  if (drawing !== undefined) relations.push(relation(9, 'vmlDrawing', '../other/boxes.vml'))
  const rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
  const drawn = drawing === undefined ? '' : '<legacyDrawing xmlns:q="urn:q" q:id="rId9"/>'
  return tinyWorkbook({
    sheet: sheetXml(rows).replace('</worksheet>', `${drawn}</worksheet>`),
    formats: [0],
    more: [
      { name: 'xl/worksheets/_rels/sheet1.xml.rels', data: relationships(relations) },
      { name: 'xl/other/notes.xml', data: comments },
      ...(drawing === undefined ? [] : [{ name: 'xl/other/boxes.vml', data: drawing }]),
    ],
  })
}

describe('comments of others', () => {
  test('under any name and prefix, text without runs, boxes in a drawing that is no XML', async () => {
    const note = '<x:comment ref="A1" authorId="0"><x:text><x:t>家长&amp;学校</x:t></x:text></x:comment>'
    const box = (row: number, column: number) =>
      `<v:shape id="b${row}"><v:textbox><br></v:textbox><x:ClientData ObjectType="Note"><x:Row>${row}</x:Row><x:Column>${column}</x:Column></x:ClientData></v:shape>`
    const button = '<v:shape id="button"><x:ClientData ObjectType="Button"/></v:shape>'
    const vml = `<xml xmlns:v="urn:schemas-microsoft-com:vml"><o:shapelayout><o:idmap v:ext="edit" data="1"/></o:shapelayout>${box(0, 0)}${button}</xml>`
    const marked = await mark(commented(COMMENTS(note), vml), [error(1, 0), error(1, 1)])
    const parts = await partsOf(marked)
    const comments = parts.get('xl/other/notes.xml')!
    expect(comments).toContain(
      '<x:r><x:t>家长&amp;学校</x:t></x:r><x:r><x:t xml:space="preserve">\n【学籍系统】\n请核对</x:t></x:r></x:text>',
    )
    expect(comments).toContain('<x:author>学籍系统</x:author></x:authors>')
    expect(comments).toContain('<x:comment ref="B1" authorId="1"><x:text><x:r>')
    const drawing = parts.get('xl/other/boxes.vml')!
    expect(drawing).toContain(box(0, 0) + button)
    expect(drawing).toContain('data="1,1000"')
    expect(drawing.match(/ObjectType="Note"/g)).toHaveLength(2)
    // The drawing did not say what o and x mean.
    expect(drawing).toMatch(/<v:shape xmlns:v="[^>]*id="_x0000_s1024001"/)
    expect(parts.get(SHEET)!.match(/legacyDrawing/g)).toHaveLength(1)
    const clean = await partsOf(await mark(marked, []))
    expect(clean.get('xl/other/notes.xml')).toContain('<x:r><x:t>家长&amp;学校</x:t></x:r></x:text>')
    expect(clean.get('xl/other/notes.xml')).not.toContain('【')
    expect(clean.get('xl/other/boxes.vml')!.match(/ObjectType="Note"/g)).toHaveLength(1)
  })

  test('comments without boxes get them all', async () => {
    const note = '<x:comment ref="A1" authorId="0"><x:text><x:t>甲</x:t></x:text></x:comment>'
    const parts = await partsOf(await mark(commented(COMMENTS(note), undefined), [error(1, 1)]))
    expect(parts.get('xl/drawings/vmlDrawing1.vml')!.match(/ObjectType="Note"/g)).toHaveLength(2)
    expect(parts.get('xl/worksheets/_rels/sheet1.xml.rels')).toContain('Target="../drawings/vmlDrawing1.vml"')
  })

  test('runs joined and line breaks written otherwise, as LibreOffice saves them', async () => {
    const joined = '<x:t xml:space="preserve">表头说明&#10;【学籍系统】&#10;旧</x:t>'
    const note = `<x:comment ref="A1" authorId="0"><x:text><x:r>${joined}</x:r></x:text></x:comment>`
    const parts = await partsOf(await mark(commented(COMMENTS(note), undefined), []))
    expect(parts.get('xl/other/notes.xml')).toContain('<x:r><x:t xml:space="preserve">表头说明</x:t></x:r></x:text>')
  })

  test('ours are known by the author, and by the heading where a program dropped the author', async () => {
    const ours =
      '<x:comment ref="A1" authorId="1"><x:text><x:t>旧</x:t></x:text></x:comment>' +
      '<x:comment ref="B1" authorId="0"><x:text><x:r><x:t xml:space="preserve">【学籍系统】\n旧</x:t></x:r></x:text></x:comment>'
    const both = COMMENTS(ours, '<author>Author</author><author>学籍系统</author>')
    const parts = await partsOf(await mark(commented(both, undefined), [error(1, 1, '新')]))
    const comments = parts.get('xl/other/notes.xml')!
    expect(comments).not.toContain('旧')
    expect(comments.match(/<x:comment /g)).toHaveLength(1)
    expect(comments.match(/学籍系统<\/x:author>/g)).toHaveLength(1)
  })
})
