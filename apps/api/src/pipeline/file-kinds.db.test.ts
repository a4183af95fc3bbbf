import { RESIDENT_NEWCOMER_TEMPLATE } from '@xueji/contracts/rooms/registration/registration.template'
import { buildChildren, rosterRow } from '@xueji/db/seed/roster'
import { OTHER_FORMATS, type OtherFormat, otherFormat } from '@xueji/workbook/testing/other-formats'
import Excel from 'exceljs'
import { describe, expect, it } from 'vitest'
import { findRoom } from '../rooms/index.ts'
import { stageUpload } from '../testing/corridor.ts'
import { openWorld } from '../testing/open-world.ts'
import { runImport } from './import-run.ts'

const { world, platform } = await openWorld()

const HEADERS = RESIDENT_NEWCOMER_TEMPLATE.columns.map((column) => column.header)
const BIRTH = HEADERS.indexOf('出生日期')
const COUNTIES = ['440303', '440304', '440305', '440306', '440307']

const rosterOf = (regionCode: string): string[][] =>
  buildChildren(4, 91, {
    regionCode,
    regionName: '武江区',
    schoolCode: world.org.school!.code,
    entryYear: world.entryYear,
  }).map((child) => rosterRow(RESIDENT_NEWCOMER_TEMPLATE, child))

const dayOf = (text: string): Date => new Date(text.replace(/^(\d{4})-?(\d{2})-?(\d{2})$/, '$1-$2-$3'))
/** Days since the end of 1899, as spreadsheets count. */
const serialOf = (text: string): number => dayOf(text).getTime() / 86_400_000 + 25_569

/** A file whose birth dates are true dates wherever the format knows any. */
const bytesOf = (kind: OtherFormat, rows: readonly string[][]): Uint8Array =>
  otherFormat(kind, [
    HEADERS,
    ...rows.map((row) => row.map((text, at) => (at === BIRTH ? { day: serialOf(text) } : text))),
  ])

async function xlsxOf(rows: readonly string[][]): Promise<Uint8Array> {
  const book = new Excel.Workbook()
  book
    .addWorksheet('名单')
    .addRows([HEADERS, ...rows.map((row) => row.map((text, at) => (at === BIRTH ? dayOf(text) : text)))])
  return new Uint8Array(await book.xlsx.writeBuffer())
}

async function importBytes(bytes: Uint8Array) {
  const id = await stageUpload(platform, world.actor('registrar'), bytes)
  await runImport(platform, findRoom, id)
  const { client } = world.database
  const [batch] = (await client.query('select status, total_rows, failure from import_batch where id = $1', [id])).rows
  const { rows } = await client.query(
    'select row_number, cells, values, issues, valid from import_row where batch_id = $1 order by row_number',
    [id],
  )
  return { batch, rows }
}

describe.each(OTHER_FORMATS)('a roster as %s', (kind) => {
  it('is staged with the cells, values and issues of the same roster as .xlsx', async () => {
    const rows = rosterOf('440203')
    rows[1]![HEADERS.indexOf('健康状况')] = ''
    rows[2]![HEADERS.indexOf('姓名')] = '李 4'
    const [other, xlsx] = [await importBytes(bytesOf(kind, rows)), await importBytes(await xlsxOf(rows))]
    expect(other.batch).toMatchObject({ status: 'failed', failure: null, total_rows: 4 })
    expect(other.rows.filter((row) => !row.valid)).toHaveLength(2)
    expect(other).toEqual(xlsx)
  })

  it('is imported whole', async () => {
    const { batch } = await importBytes(bytesOf(kind, rosterOf(COUNTIES[OTHER_FORMATS.indexOf(kind)]!)))
    expect(batch).toMatchObject({ status: 'succeeded', failure: null, total_rows: 4 })
  })
})

it('an identity number that Excel has spoilt before saving as .csv is named', async () => {
  const rows = rosterOf('440203')
  rows[0]![HEADERS.indexOf('身份证件号')] = '4.40203E+17'
  rows[1]![HEADERS.indexOf('身份证件号')] = `="${rows[1]![HEADERS.indexOf('身份证件号')]}"`
  const found = await importBytes(otherFormat('.csv in GB18030', [HEADERS, ...rows]))
  const faulty = found.rows.filter((row) => !row.valid)
  expect(faulty.map((row) => [row.row_number, row.issues[0].code])).toEqual([[2, 'cell.precisionLost']])
})
