import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { PRESCHOOL_ROSTER_TEMPLATE } from '@xueji/contracts/rooms/preschool/roster.template'
import { RESIDENT_NEWCOMER_TEMPLATE } from '@xueji/contracts/rooms/registration/registration.template'
import type { RoomTemplate } from '@xueji/contracts/template/template'
import type { ChildWish } from '@xueji/db/seed/children'
import { DEMO_SCHOOLS } from '@xueji/db/seed/demo-world'
import { buildChildren, rosterRow } from '@xueji/db/seed/roster'
import type { PlainDate } from '@xueji/domain/kernel/plain-date'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { schoolYearOf } from '@xueji/domain/student/school-year'
import Excel from 'exceljs'

/** The school year of the running system: China's today. */
export const ENTRY_YEAR = schoolYearOf(new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10) as PlainDate)

/** Invented children of a demo school, with numbers of a county of their own. */
export function childrenOf(
  schoolKey: string,
  count: number,
  regionCode: string,
  outcomeOf?: (index: number) => ChildWish['outcome'],
): StudentValues[] {
  const schoolCode = DEMO_SCHOOLS.find((school) => school.key === schoolKey)!.schoolCode
  return buildChildren(
    count,
    4242,
    { regionCode, regionName: '广东省韶关市', schoolCode, entryYear: ENTRY_YEAR },
    outcomeOf,
  )
}

/** Downloads the template from the open page 小学新生注册. */
export async function downloadTemplate(page: Page, folder: string): Promise<string> {
  const download = page.waitForEvent('download')
  await page
    .getByRole('button', { name: '下载模板' })
    .or(page.getByRole('link', { name: '下载模板' }))
    .click()
  const path = join(folder, 'template.xlsx')
  await (await download).saveAs(path)
  return path
}

/**
 * Fills a template as a registrar does in a spreadsheet program: opens the downloaded file with another program than the one that will read it, writes
 * below the example row, saves. `edit` may spoil single cells by their header.
 */
export async function fillTemplate(
  templatePath: string,
  savePath: string,
  children: readonly StudentValues[],
  edit: (set: (header: string, text: string) => void, index: number) => void = () => {},
  columnsOf: RoomTemplate = RESIDENT_NEWCOMER_TEMPLATE,
): Promise<void> {
  const book = new Excel.Workbook()
  await book.xlsx.readFile(templatePath)
  const sheet = book.worksheets[0]!
  const headers = (sheet.getRow(1).values as string[]).slice(1).map((value) => cellText(value))
  children.forEach((child, index) => {
    const texts = new Map(rosterRow(columnsOf, child).map((text, at) => [columnsOf.columns[at]!.header, text]))
    edit((header, text) => texts.set(header, text), index)
    const row = sheet.getRow(index + 3)
    headers.forEach((header, at) => {
      const text = texts.get(header)
      if (text) row.getCell(at + 1).value = text
    })
    row.commit()
  })
  await book.xlsx.writeFile(savePath)
}

/** What the template promises: its first sheet's headers with colour and lists, for assertions. */
export async function describeTemplate(
  path: string,
): Promise<{ sheets: string[]; headers: string[]; red: string[]; lists: string[]; textColumns: number }> {
  const book = new Excel.Workbook()
  await book.xlsx.readFile(path)
  const sheet = book.worksheets[0]!
  const headers: string[] = []
  const red: string[] = []
  const lists: string[] = []
  let textColumns = 0
  sheet.getRow(1).eachCell((cell, column) => {
    const header = cellText(cell.value)
    headers.push(header)
    if (/^(FF)?FF0000$|^(FF)?C/.test(cell.font?.color?.argb ?? '')) red.push(header)
    if (sheet.getCell(5, column).dataValidation?.type === 'list') lists.push(header)
    if (sheet.getColumn(column).numFmt === '@' || sheet.getCell(5, column).numFmt === '@') textColumns++
  })
  return { sheets: book.worksheets.map((one) => one.name), headers, red, lists, textColumns }
}

const cellText = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'richText' in value
    ? (value.richText as { text: string }[]).map((run) => run.text).join('')
    : String(value ?? '')

/** Cells somebody has marked: where, the text of the comment and the colour of the ground. */
export type MarkedCell = {
  readonly row: number
  readonly header: string
  readonly comment: string
  readonly ground: string
}

/** Corrects a marked roster in a spreadsheet program: `mend` is told each commented cell and returns what belongs there. Returns the marked cells. */
export async function mendMarked(
  markedPath: string,
  savePath: string,
  mend: (cell: MarkedCell) => string,
): Promise<MarkedCell[]> {
  const book = new Excel.Workbook()
  await book.xlsx.readFile(markedPath)
  const sheet = book.worksheets[0]!
  const marked: MarkedCell[] = []
  sheet.eachRow((row, number) => {
    if (number === 1) return
    row.eachCell({ includeEmpty: true }, (cell, column) => {
      const note = cell.note as unknown as string | { texts?: { text: string }[] } | undefined
      if (!note) return
      const one: MarkedCell = {
        row: number,
        header: cellText(sheet.getRow(1).getCell(column).value),
        comment: typeof note === 'string' ? note : (note.texts ?? []).map(({ text }) => text).join(''),
        ground: (cell.fill as { fgColor?: { argb?: string } } | undefined)?.fgColor?.argb ?? '',
      }
      marked.push(one)
      cell.value = mend(one)
    })
  })
  await book.xlsx.writeFile(savePath)
  return marked
}

/** A workbook of 学前调档名单, written as a registrar would. */
export async function writeList(path: string, children: readonly StudentValues[]): Promise<void> {
  await listBook(children).xlsx.writeFile(path)
}

/** Puts children on the preschool roster of the school of whoever is signed in, so that they may be registered (PRE-017): for journeys about what comes after. */
export async function listOnRoster(page: Page, children: readonly StudentValues[]): Promise<void> {
  const buffer = Buffer.from(await listBook(children).xlsx.writeBuffer())
  const { csrfToken } = await (await page.request.get('/api/auth/session')).json()
  const answer = await page.request.post(`${PRESCHOOL}/imports?category=P01`, {
    headers: { 'x-csrf-token': csrfToken, 'idempotency-key': randomUUID(), origin: new URL(page.url()).origin },
    multipart: { file: { name: '名单.xlsx', mimeType: 'application/octet-stream', buffer } },
  })
  const { batch } = await answer.json()
  const status = async () => (await (await page.request.get(`${PRESCHOOL}/imports/${batch.id}`)).json()).batch.status
  await expect.poll(status, { timeout: 60_000 }).toBe('succeeded')
}

const PRESCHOOL = '/api/rooms/preschool'

function listBook(children: readonly StudentValues[]): Excel.Workbook {
  const book = new Excel.Workbook()
  const sheet = book.addWorksheet('学前调档学生信息')
  sheet.addRow(PRESCHOOL_ROSTER_TEMPLATE.columns.map((column) => column.header))
  for (const child of children) sheet.addRow(rosterRow(PRESCHOOL_ROSTER_TEMPLATE, child))
  return book
}
