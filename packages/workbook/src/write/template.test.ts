import { inflateRawSync } from 'node:zlib'
import ExcelJS from 'exceljs'
import { describe, expect, test } from 'vitest'
import { read } from 'xlsx'
import { asRandomAccess } from '../read/source.ts'
import { readZipDirectory } from '../read/zip-directory.ts'
import { refusalOfFile } from '../testing/tiny-workbook.ts'
import type { Column, TableSheet } from './spec.ts'
import { writeWorkbook } from './workbook-stream.ts'

const NATIONS = Array.from({ length: 56 }, (_, i) => `第${i + 1}个民族`)
const COLUMNS: Column[] = [
  {
    header: '姓名',
    required: true,
    text: true,
    width: 20,
    comment: '与户口簿一致\n不得有空格',
    prompt: { title: '姓名', text: '真实姓名' },
  },
  { header: '性别', choices: ['男', '女'], prompt: { text: '请选择 "男" 或 <女>' } },
  { header: '民族', choices: NATIONS },
  { header: '又一个民族', choices: NATIONS },
  { header: '地址\n(可选)', choices: ['甲,乙', ' 丙 '] },
]

async function parts(sheet: Partial<TableSheet> = {}, creator?: string): Promise<Map<string, string>> {
  const bytes = await templateBytes(sheet, creator)
  const found = new Map<string, string>()
  for (const entry of await readZipDirectory(asRandomAccess(bytes), 200)) {
    const start = entry.headerOffset + 30 + entry.name.length
    found.set(entry.name, inflateRawSync(bytes.subarray(start, start + entry.compressedSize)).toString())
  }
  return found
}

function templateBytes(sheet: Partial<TableSheet> = {}, creator?: string): Promise<Uint8Array> {
  return writeWorkbook({
    creator,
    sheets: [{ kind: 'table', name: "新生'名册", columns: COLUMNS, lastRow: 10, ...sheet }],
  })
}

async function excel(sheet: Partial<TableSheet> = {}): Promise<ExcelJS.Worksheet> {
  const book = new ExcelJS.Workbook()
  await book.xlsx.load((await templateBytes(sheet)) as never)
  return book.worksheets[0]!
}

describe('a template', () => {
  test('has a frozen header, bold, red where required', async () => {
    const sheet = await excel()
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 1, topLeftCell: 'A2' })
    expect(sheet.getCell('A1').font).toMatchObject({ bold: true, color: { argb: 'FFC00000' } })
    expect(sheet.getCell('B1').font).toMatchObject({ bold: true, color: { argb: 'FF000000' } })
    expect(sheet.getCell('E1').value).toBe('地址\n(可选)')
    expect(sheet.getCell('E1').alignment).toMatchObject({ wrapText: true })
  })

  test('has columns of their width, text where asked', async () => {
    const sheet = await excel({ rows: [['001', '男']] })
    expect([sheet.getColumn(1).width, sheet.getColumn(2).width]).toEqual([20, 12])
    expect(sheet.getColumn(1).numFmt).toBe('@')
    expect(sheet.getColumn(2).numFmt).toBeUndefined()
    expect([sheet.getCell('A2').numFmt, sheet.getCell('B2').numFmt]).toEqual(['@', undefined])
    // A cell that does not exist yet takes the format of its column.
    expect(sheet.getCell('A9').numFmt).toBe('@')
  })

  test('has drop-down lists down to its last row', async () => {
    const sheet = await excel()
    expect(sheet.getCell('B2').dataValidation).toMatchObject({
      type: 'list',
      formulae: ['"男,女"'],
      allowBlank: true,
      showErrorMessage: true,
    })
    expect(sheet.getCell('B10').dataValidation.type).toBe('list')
    expect(sheet.getCell('B11').dataValidation).toBeUndefined()
    expect(sheet.getCell('B1').dataValidation).toBeUndefined()
  })

  test('keeps long lists and those with commas in a hidden sheet, equal ones once', async () => {
    const found = await parts()
    const sheet = found.get('xl/worksheets/sheet1.xml')!
    expect([...sheet.matchAll(/<formula1>(.*?)<\/formula1>/g)].map(([, formula]) => formula)).toEqual([
      '&quot;男,女&quot;',
      'choices_1',
      'choices_1',
      'choices_2',
    ])
    const workbook = found.get('xl/workbook.xml')!
    expect(workbook).toContain(`<definedName name="choices_1">'choices'!$A$1:$A$56</definedName>`)
    expect(workbook).toContain(`<definedName name="choices_2">'choices'!$B$1:$B$2</definedName>`)
    expect(workbook).toContain('<sheet name="choices" sheetId="2" state="hidden" r:id="rId2"/>')
  })

  test('a list of exactly 255 characters is inline, one of 256 is not', async () => {
    const list = (length: number) => [{ header: 'A', choices: ['a'.repeat(length - 2), 'b'] }]
    expect((await parts({ columns: list(255) })).has('xl/worksheets/sheet2.xml')).toBe(false)
    expect((await parts({ columns: list(256) })).has('xl/worksheets/sheet2.xml')).toBe(true)
  })

  test('shows prompts, cut to what Excel allows', async () => {
    const sheet = await excel({
      columns: [...COLUMNS, { header: 'F', prompt: { title: 't'.repeat(40), text: 'p'.repeat(300) } }],
    })
    expect(sheet.getCell('A2').dataValidation).toMatchObject({
      showInputMessage: true,
      promptTitle: '姓名',
      prompt: '真实姓名',
    })
    expect(sheet.getCell('B2').dataValidation).toMatchObject({ prompt: '请选择 "男" 或 <女>' })
    expect(sheet.getCell('F2').dataValidation.promptTitle).toHaveLength(32)
    expect(sheet.getCell('F2').dataValidation.prompt).toHaveLength(255)
  })

  test('explains a header in a comment', async () => {
    expect((await excel()).getCell('A1').note).toBe('与户口簿一致\n不得有空格')
    const found = await parts({}, 'A <B>')
    expect(found.get('xl/comments1.xml')).toContain('<author>A &lt;B&gt;</author>')
    expect(found.get('xl/drawings/vmlDrawing1.vml')).toContain('<x:Row>0</x:Row><x:Column>0</x:Column>')
  })

  test('filters its rows when asked', async () => {
    const found = await parts({ autoFilter: true, rows: [['a'], ['b']] })
    expect(found.get('xl/worksheets/sheet1.xml')).toContain('<autoFilter ref="A1:E3"/>')
    expect(found.get('xl/workbook.xml')).toContain(`hidden="1">'新生''名册'!$A$1:$E$3</definedName>`)
  })

  test('is read without a complaint', async () => {
    const bytes = await templateBytes({ autoFilter: true })
    expect(await refusalOfFile(bytes)).toBeUndefined()
    expect(read(bytes).SheetNames).toEqual(["新生'名册", 'choices'])
  })
})

describe('marked cells', () => {
  const rows = [
    ['a', 'b'],
    {
      cells: ['', 'x'],
      marks: new Map([
        [0, { fill: 'error' as const, comment: '必填' }],
        [1, { fill: 'warning' as const, comment: '不在列表中' }],
        [2, { comment: '空格也可' }],
      ]),
    },
    { cells: ['c'], marks: new Map() },
  ]

  test('have their ground and their comment, empty ones too', async () => {
    const sheet = await excel({ rows })
    const ground = (address: string) => (sheet.getCell(address).fill as ExcelJS.FillPattern | undefined)?.fgColor?.argb
    expect([ground('A3'), ground('B3'), ground('C3'), ground('A2')]).toEqual([
      'FFFFC7CE',
      'FFFFEB9C',
      undefined,
      undefined,
    ])
    expect(sheet.getCell('B3').value).toBe('x')
    const comments = read(await templateBytes({ rows })).Sheets["新生'名册"]!
    expect(['A3', 'B3', 'C3'].map((address) => comments[address]?.c?.[0]?.t)).toEqual([
      '必填',
      '不在列表中',
      '空格也可',
    ])
  })

  test('of several sheets and by the thousand have boxes of their own', async () => {
    const sheet = (name: string): TableSheet => ({
      kind: 'table',
      name,
      columns: [{ header: 'A' }],
      rows: Array.from({ length: 1500 }, (_, i) => ({
        cells: [`${i}`],
        marks: new Map([[0, { comment: `第${i}个\n<&>` }]]),
      })),
    })
    const bytes = await writeWorkbook({ sheets: [sheet('A'), sheet('B')] })
    const ids: string[] = []
    for (const entry of await readZipDirectory(asRandomAccess(bytes), 200)) {
      if (!entry.name.endsWith('.vml')) continue
      const start = entry.headerOffset + 30 + entry.name.length
      const xml = inflateRawSync(bytes.subarray(start, start + entry.compressedSize)).toString()
      const blocks = /idmap v:ext="edit" data="([\d,]+)"/.exec(xml)![1]!.split(',')
      const own = [...xml.matchAll(/_x0000_s(\d+)"/g)].map(([, id]) => id!)
      expect(own.every((id) => blocks.includes(String(Math.floor(Number(id) / 1024))))).toBe(true)
      ids.push(...own)
    }
    expect(new Set(ids).size).toBe(3000)
    expect(read(bytes).Sheets.B!.A1501.c[0].t).toBe('第1499个\n<&>')
  })
})

test('notes have bold and red lines, high enough for their text', async () => {
  const lines = [
    '一',
    { text: '二', bold: true },
    { text: '三', red: true },
    { text: ['四', '五'], bold: true, red: true },
    '长'.repeat(100),
  ]
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(
    (await writeWorkbook({ sheets: [{ kind: 'notes', name: 'N', lines, widths: [50, 20] }] })) as never,
  )
  const sheet = book.worksheets[0]!
  const look = (address: string) => {
    const { bold, color } = sheet.getCell(address).font
    return [bold ?? false, color?.argb]
  }
  const [black, red] = ['FF000000', 'FFC00000']
  expect(['A1', 'A2', 'A3', 'A4', 'B4'].map(look)).toEqual([
    [false, black],
    [true, black],
    [false, red],
    [true, red],
    [true, red],
  ])
  expect(sheet.getRow(5).height).toBe(63)
  expect(sheet.getColumn(2).width).toBe(20)
})

test('the elements of a sheet stand in the order of the schema', async () => {
  const order = [
    'sheetPr',
    'sheetViews',
    'sheetFormatPr',
    'cols',
    'sheetData',
    'autoFilter',
    'dataValidations',
    'pageMargins',
    'pageSetup',
    'ignoredErrors',
    'legacyDrawing',
  ]
  const notes = { kind: 'notes' as const, name: 'N', lines: ['a'] }
  const bytes = await writeWorkbook({
    sheets: [{ kind: 'table', name: 'T', columns: COLUMNS, rows: [['a']], autoFilter: true }, notes],
  })
  for (const entry of await readZipDirectory(asRandomAccess(bytes), 200)) {
    if (!entry.name.startsWith('xl/worksheets/sheet')) continue
    const start = entry.headerOffset + 30 + entry.name.length
    const xml = inflateRawSync(bytes.subarray(start, start + entry.compressedSize)).toString()
    const found = topElements(xml)
    expect(found.every((name) => order.includes(name))).toBe(true)
    expect(found).toEqual(order.filter((name) => found.includes(name)))
  }
})

/** Names of the root's children. */
function topElements(xml: string): string[] {
  const names: string[] = []
  let depth = 0
  for (const [, close, name, self] of xml.matchAll(/<(\/?)([A-Za-z:]+)[^>]*?(\/?)>/g)) {
    if (close === '/') depth--
    else {
      if (depth === 1) names.push(name!)
      if (self !== '/') depth++
    }
  }
  return names
}
