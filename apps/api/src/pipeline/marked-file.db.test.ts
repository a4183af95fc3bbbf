import { rm } from 'node:fs/promises'
import { RESIDENT_NEWCOMER_TEMPLATE } from '@xueji/contracts/rooms/registration/registration.template'
import { buildChildren, rosterRow } from '@xueji/db/seed/roster'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { allRows, sheetXml, tinyWorkbook } from '@xueji/workbook/testing/tiny-workbook'
import Excel from 'exceljs'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { findRoom } from '../rooms/index.ts'
import { stageUpload } from '../testing/corridor.ts'
import { buildTestApp, type Person, type TestApp } from '../testing/http.ts'
import { buildWorld, type World } from '../testing/world.ts'
import { runImport } from './import-run.ts'

let world: World
let test: TestApp
let registrar: Person

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  test = await buildTestApp(world)
  registrar = await test.as('registrar')
})
afterAll(async () => {
  await test.close()
  await world.database.drop()
})

const TEMPLATE = RESIDENT_NEWCOMER_TEMPLATE
const HEADERS = TEMPLATE.columns.map((column) => column.header)
const sql = async (text: string, values: unknown[] = []) => (await world.database.client.query(text, values)).rows
const urlOf = (id: string): string => `/api/rooms/registration/imports/${id}/marked-file`
const RED = 'FFFFC7CE'
const YELLOW = 'FFFFEB9C'

const COUNTIES = ['440203', '440204', '440205', '440222', '440224', '440229']
const children = (count = 3): StudentValues[] =>
  buildChildren(count, 91, {
    regionCode: COUNTIES.pop()!,
    regionName: '武江区',
    schoolCode: world.org.school!.code,
    entryYear: world.entryYear,
  })

type Cells = Record<string, string>
/** Rows of the template by header, with what is wrong in them. */
const rowsOf = (list: readonly StudentValues[], edits: Readonly<Record<number, Cells>>): Cells[] =>
  list.map((child, index) => {
    const texts = rosterRow(TEMPLATE, child)
    return { ...Object.fromEntries(HEADERS.map((header, at) => [header, texts[at]!])), ...edits[index] }
  })

/** Imports a file to its end; returns the batch and its issues by row, field and code. */
async function importFile(bytes: Uint8Array): Promise<{ id: string; issues: string[] }> {
  const id = await stageUpload(test.platform, world.actor('registrar'), bytes)
  await runImport(test.platform, findRoom, id)
  const rows = await sql(
    `select row_number, issue->>'field' as field, issue->>'code' as code from import_row, jsonb_array_elements(issues) as issue
     where batch_id = $1 order by 1, 2, 3`,
    [id],
  )
  return { id, issues: rows.map((row) => `${row.row_number} ${row.field} ${row.code}`) }
}

async function download(
  person: Person,
  id: string,
): Promise<{ status: number; bytes: Uint8Array; disposition: string }> {
  const answer = await test.app.inject({ method: 'GET', url: urlOf(id), headers: { cookie: person.cookie } })
  return {
    status: answer.statusCode,
    bytes: new Uint8Array(answer.rawPayload),
    disposition: String(answer.headers['content-disposition']),
  }
}

async function sheetOf(bytes: Uint8Array): Promise<Excel.Worksheet> {
  const book = new Excel.Workbook()
  await book.xlsx.load(bytes as never)
  return book.worksheets[0]!
}

/** Marked cells: address, colour, comment. */
function marksIn(sheet: Excel.Worksheet): { address: string; color: string; note: string }[] {
  const marks: { address: string; color: string; note: string }[] = []
  sheet.eachRow({ includeEmpty: true }, (row) =>
    row.eachCell({ includeEmpty: true }, (cell) => {
      const { note, fill } = cell
      const text = typeof note === 'string' ? note : (note?.texts ?? []).map((run) => run.text).join('')
      const color = fill?.type === 'pattern' ? (fill.fgColor?.argb ?? '') : ''
      if (text.includes('【学籍系统】')) marks.push({ address: cell.address, color, note: text })
    }),
  )
  return marks
}

describe('the file taken back with its problems marked', () => {
  it('shows every issue at its cell, is else as given, and reads the same when uploaded again', async () => {
    const rows = rowsOf(children(4), {
      0: { 性别: '不详' },
      2: { 姓名: '', 联系电话: '12', 邮政编码: '1' },
    })
    // Another order, an extra column, a title above the header, a blank row.
    const order = [...HEADERS.slice(3), '备注', ...HEADERS.slice(0, 3)]
    const book = new Excel.Workbook()
    const sheet = book.addWorksheet('一年级')
    sheet.addRow(['新生名单'])
    sheet.addRow(order)
    for (const [index, row] of rows.entries()) {
      if (index === 2) sheet.addRow([])
      sheet.addRow(order.map((header) => row[header] ?? `备注${index}`))
    }
    const original = new Uint8Array(await book.xlsx.writeBuffer())
    const { id, issues } = await importFile(original)
    expect(issues.length).toBeGreaterThan(3)

    const { status, bytes, disposition } = await download(registrar, id)
    expect(status).toBe(200)
    expect(disposition).toBe(
      `attachment; filename="marked.xlsx"; filename*=UTF-8''${encodeURIComponent('名单-问题标注.xlsx')}`,
    )
    expect(await allRows(bytes)).toEqual(await allRows(original))
    const marked = await sheetOf(bytes)
    const marks = marksIn(marked)
    const at = (row: number, header: string): string => marked.getCell(row, order.indexOf(header) + 1).address
    const found = Object.fromEntries(marks.map(({ address, color, note }) => [address, [color, note]]))
    expect(found[at(3, '性别')]).toEqual([RED, '【学籍系统】\n性别填写不正确。请从该列的下拉列表中选择，填写名称'])
    expect(found[at(6, '姓名')]).toEqual([RED, '【学籍系统】\n姓名不能为空。红字列必须填写，请补填姓名'])
    expect(found[at(6, '联系电话')]?.[0]).toBe(RED)
    expect(marks.map(({ address }) => address).every((address) => /[36]$/.test(address))).toBe(true)

    const again = await importFile(bytes)
    expect(again.issues).toEqual(issues)
    // Marked once more it looks the same.
    expect(marksIn(await sheetOf((await download(registrar, again.id)).bytes))).toEqual(marks)
  })

  it('puts what concerns no single cell on the first cell of its row, and warnings in yellow', async () => {
    const book = new Excel.Workbook()
    book.addWorksheet('名单').addRows([HEADERS, ...rowsOf(children(), { 1: { 性别: '不详' } }).map(Object.values)])
    const { id } = await importFile(new Uint8Array(await book.xlsx.writeBuffer()))
    await sql(
      `update import_row set issues = '[{"code":"identity.oldFormat","severity":"warning"}]' where batch_id = $1 and row_number = 4`,
      [id],
    )
    const marks = marksIn(await sheetOf((await download(registrar, id)).bytes))
    expect(marks.filter(({ address }) => address.endsWith('4'))).toEqual([
      { address: 'A4', color: YELLOW, note: expect.stringContaining('请填 18 位居民身份证号') },
    ])
  })

  it('writes the rows in the template where the file cannot be marked in place', async () => {
    const list = rowsOf(children(), { 0: { 性别: '不详' }, 2: { 姓名: '' } })
    const cells = (texts: readonly string[]) =>
      texts.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')
    const rows = list.map((row, index) => `<row r="${index * 2 + 4}">${cells(Object.values(row))}</row>`).join('')
    const sheet = sheetXml(`<row r="2">${cells(HEADERS)}</row>${rows}`)
    const strict = sheet.replace(/xmlns="[^"]*"/, 'xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"')
    const { id, issues } = await importFile(tinyWorkbook({ sheet: strict }))
    const { status, bytes } = await download(registrar, id)
    expect(status).toBe(200)
    const marked = await sheetOf(bytes)
    expect(marked.getRow(1).values).toContain('姓名')
    const marks = marksIn(marked)
    const gender = marked.getCell(4, HEADERS.indexOf('性别') + 1)
    expect(marks.find(({ address }) => address === gender.address)).toMatchObject({ color: RED })
    expect(gender.value).toBe('不详')
    const again = await importFile(bytes)
    expect(again.issues).toEqual(issues)
    // What is written so is known again and marked in place.
    expect(marksIn(await sheetOf((await download(registrar, again.id)).bytes))).toEqual(marks)
  })

  it('is audited, and refused where there is nothing to mark or nothing left', async () => {
    const book = new Excel.Workbook()
    book.addWorksheet('名单').addRows([HEADERS, ...rowsOf(children(), { 1: { 性别: '不详' } }).map(Object.values)])
    const bytes = new Uint8Array(await book.xlsx.writeBuffer())
    const idOf = (answer: { body: { error?: { id: string } } }) => answer.body?.error?.id
    const waiting = await stageUpload(test.platform, world.actor('registrar'), bytes)
    expect(idOf(await registrar.get(urlOf(waiting)))).toBe('import.notFinished')
    await sql('delete from import_batch where id = $1', [waiting])

    const { id } = await importFile(bytes)
    expect((await download(await test.as('leader'), id)).status).toBe(200)
    expect((await download(await test.as('clerk'), id)).status).toBe(200)
    expect(idOf(await (await test.as('registrarB')).get(urlOf(id)))).toBe('notFound')
    expect(idOf(await (await test.as('county')).get(urlOf(id)))).toBe('forbidden')
    const lines = await sql(
      `select actor_name, org_path from audit_event where action = 'import.markedFile' and target = $1`,
      [id],
    )
    expect(lines).toHaveLength(2)
    expect(lines.every((line) => line.org_path === world.org.school!.path)).toBe(true)

    const [{ file_id }] = (await sql('select file_id from import_batch where id = $1', [id])) as [{ file_id: string }]
    await rm(test.platform.files.pathOf(file_id))
    expect(idOf(await registrar.get(urlOf(id)))).toBe('import.fileUnreadable')
    await sql(`update import_row set issues = '[]' where batch_id = $1`, [id])
    expect(idOf(await registrar.get(urlOf(id)))).toBe('import.nothingToMark')
  })
})
