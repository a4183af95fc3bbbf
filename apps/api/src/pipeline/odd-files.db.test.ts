import { RESIDENT_NEWCOMER_TEMPLATE } from '@xueji/contracts/rooms/registration/registration.template'
import { buildChildren, rosterRow } from '@xueji/db/seed/roster'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import Excel from 'exceljs'
import { describe, expect, it } from 'vitest'
import { findRoom } from '../rooms/index.ts'
import { stageUpload } from '../testing/corridor.ts'
import { openWorld } from '../testing/open-world.ts'
import { runImport } from './import-run.ts'
import { BATCH_COLUMNS, presentBatch, presentIssueRow, type StoredBatch } from './import-view.ts'

const { world, platform } = await openWorld()

const COLUMNS = RESIDENT_NEWCOMER_TEMPLATE.columns
const COUNTIES = [
  '440203',
  '440204',
  '440205',
  '440222',
  '440224',
  '440229',
  '440232',
  '440233',
  '440281',
  '440282',
  '440303',
  '440304',
  '440305',
  '440306',
]
let county = 0
const children = (count = 3): StudentValues[] =>
  buildChildren(count, 77, {
    regionCode: COUNTIES[county++]!,
    regionName: '武江区',
    schoolCode: world.org.school!.code,
    entryYear: world.entryYear,
  })

type Sheet = { header: string[]; rows: Excel.CellValue[][] }
const sheetOf = (list: readonly StudentValues[]): Sheet => ({
  header: COLUMNS.map((column) => column.header),
  rows: list.map((child) => rosterRow(RESIDENT_NEWCOMER_TEMPLATE, child)),
})
const at = (header: string): number => COLUMNS.findIndex((column) => column.header === header)

/** Written by another program than the one that reads it. */
async function bytesOf(
  { header, rows }: Sheet,
  decorate: (sheet: Excel.Worksheet) => void = () => {},
): Promise<Uint8Array> {
  const book = new Excel.Workbook()
  const sheet = book.addWorksheet('名单')
  sheet.addRow(header)
  sheet.addRows(rows)
  decorate(sheet)
  return new Uint8Array(await book.xlsx.writeBuffer())
}

/** The batch and its rows with issues as the registrar sees them. */
async function importBytes(
  bytes: Uint8Array,
): Promise<{ batch: ReturnType<typeof presentBatch>; rows: ReturnType<typeof presentIssueRow>[] }> {
  const id = await stageUpload(platform, world.actor('registrar'), bytes)
  await runImport(platform, findRoom, id)
  const { client } = world.database
  const batch = (await client.query(`select ${BATCH_COLUMNS} from import_batch where id = $1`, [id]))
    .rows[0] as StoredBatch
  const rows = (
    await client.query(
      `select row_number, cells, issues, valid from import_row where batch_id = $1 and issues <> '[]' order by row_number`,
      [id],
    )
  ).rows
  return { batch: presentBatch(batch), rows: rows.map((row) => presentIssueRow(row, RESIDENT_NEWCOMER_TEMPLATE)) }
}

describe('a roster as registrars really hand it in', () => {
  it('takes columns in any order, extra columns, a title row above and blank rows between', async () => {
    const sheet = sheetOf(children())
    const order = COLUMNS.map((_, index) => index).reverse()
    const rows = sheet.rows.map((row, index) => [...order.map((column) => row[column]!), `备注${index}`])
    const header = [...order.map((column) => sheet.header[column]!), '备注']
    const blank = header.map(() => '')
    const { batch } = await importBytes(
      await bytesOf({ header: ['一年级新生名单'], rows: [header, rows[0]!, blank, rows[1]!, blank, rows[2]!] }),
    )
    expect(batch).toMatchObject({ status: 'succeeded', totalRows: 3 })
  })

  it('finds the roster among several sheets, a hidden copy last, hidden rows and columns included', async () => {
    const sheet = sheetOf(children())
    const { batch } = await importBytes(
      await bytesOf({ header: ['填表说明'], rows: [['姓名'], ['如户口簿']] }, (page) => {
        const old = page.workbook.addWorksheet('旧', { state: 'hidden' })
        old.addRows([sheet.header, ...sheet.rows.slice(0, 1)])
        const roster = page.workbook.addWorksheet('一年级')
        roster.addRows([['一年级新生名册'], sheet.header, ...sheet.rows])
        roster.mergeCells('A1:F1')
        roster.getRow(4).hidden = true
        roster.getColumn(3).hidden = true
      }),
    )
    expect(batch).toMatchObject({ status: 'succeeded', totalRows: 3 })
  })

  it('reads dates kept as dates and numbers kept as numbers, where nothing is lost', async () => {
    const list = children()
    const sheet = sheetOf(list)
    for (const [index, row] of sheet.rows.entries()) {
      row[at('出生日期')] = new Date(`${list[index]!.birthDate}T00:00:00Z`)
      row[at('联系电话')] = Number(row[at('联系电话')])
      row[at('邮政编码')] = Number(row[at('邮政编码')])
      row[at('入学年月')] = Number(row[at('入学年月')])
      row[at('上下学距离(公里)')] = 1.5
    }
    expect((await importBytes(await bytesOf(sheet))).batch).toMatchObject({ status: 'succeeded', totalRows: 3 })
  })

  it('names an identity number typed as a number, whose end Excel has dropped, instead of guessing it', async () => {
    const sheet = sheetOf(children())
    sheet.rows[1]![at('身份证件号')] = Number(sheet.rows[1]![at('身份证件号')])
    const { batch, rows } = await importBytes(await bytesOf(sheet))
    expect(batch).toMatchObject({ status: 'failed', totalRows: 3, validRows: 2, invalidRows: 1 })
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ rowNumber: 3, summary: '身份证件号以数字格式保存，末尾几位已经丢失，' })
    expect(rows[0]!.issues[0]!.advice).toContain('文本格式')
  })

  it('understands full-width letters and digits, stray blanks and line breaks', async () => {
    const sheet = sheetOf(children())
    const wide = (text: unknown): string =>
      String(text).replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0))
    for (const row of sheet.rows) {
      row[at('身份证件号')] = wide(row[at('身份证件号')])
      row[at('联系电话')] = ` ${String(row[at('联系电话')])}　`
      row[at('民族')] = ' 汉族\n'
      row[at('出生日期')] = wide(row[at('出生日期')])
    }
    sheet.header[at('身份证件号')] = '身份证件号\n(必填)'.replace('\n(必填)', ' *')
    expect((await importBytes(await bytesOf(sheet))).batch).toMatchObject({ status: 'succeeded' })
  })

  it('never imports the example row, nor counts 20,000 blank formatted rows', async () => {
    const sheet = sheetOf(children())
    const example = COLUMNS.map((column) => column.example)
    const { batch } = await importBytes(
      await bytesOf({ header: sheet.header, rows: [example, ...sheet.rows] }, (page) => {
        for (let row = 10; row < 20_010; row++) page.getCell(row, 1).style = { numFmt: '@' }
      }),
    )
    expect(batch).toMatchObject({ status: 'succeeded', totalRows: 3 })
  })

  it('names a formula, an error value, and every issue of a row at once (REG-008, E2E-04)', async () => {
    const sheet = sheetOf(children())
    sheet.rows[0]![at('姓名')] = { formula: '"张"&"三"', result: '张三' } as Excel.CellFormulaValue
    sheet.rows[2]![at('健康状况')] = ''
    sheet.rows[2]![at('成员1姓名')] = '李 4'
    sheet.rows[2]![at('民族')] = '火星族'
    const { batch, rows } = await importBytes(await bytesOf(sheet))
    expect(batch).toMatchObject({ status: 'failed', totalRows: 3, validRows: 1, invalidRows: 2 })
    expect(rows.map((row) => [row.rowNumber, row.summary])).toEqual([
      [2, '姓名是公式，'],
      [4, '民族填写不正确，健康状况不能为空，成员1姓名格式不正确，'],
    ])
    // Nothing of it entered (REG-007).
    expect(
      (
        await world.database.client.query('select count(*)::int as n from review_item where import_batch_id = $1', [
          batch.id,
        ])
      ).rows[0].n,
    ).toBe(0)
  })

  it.each([
    ['a required column is missing', '缺少必需的列', (sheet: Sheet) => cut(sheet, ['民族', '健康状况'])],
    ['a column stands there twice', '有重复的列', (sheet: Sheet) => add(sheet, '姓名')],
    [
      'another template',
      '模板不对',
      (sheet: Sheet) =>
        cut(
          sheet,
          COLUMNS.slice(12).map((column) => column.header),
        ),
    ],
    [
      'no header at all',
      '没有找到表头',
      (sheet: Sheet) => ({ header: ['甲', '乙'], rows: sheet.rows.map(() => ['1', '2']) }),
    ],
    ['no row', '表中没有数据', (sheet: Sheet) => ({ header: sheet.header, rows: [] })],
  ])('%s: %s', async (_what, title, edit) => {
    const { batch } = await importBytes(await bytesOf(edit(sheetOf(children(2)))))
    expect(batch.status).toBe('failed')
    expect(batch.failure?.title).toBe(title)
    expect(batch.failure?.advice).not.toBe('')
    if (title === '缺少必需的列') expect(batch.failure?.detail).toBe('民族、健康状况')
    county -= 1
  })
})

function cut({ header, rows }: Sheet, headers: readonly string[]): Sheet {
  const kept = header.map((name, index) => [name, index] as const).filter(([name]) => !headers.includes(name))
  return { header: kept.map(([name]) => name), rows: rows.map((row) => kept.map(([, index]) => row[index]!)) }
}

const add = ({ header, rows }: Sheet, name: string): Sheet => ({
  header: [...header, name],
  rows: rows.map((row) => [...row, '张三']),
})
