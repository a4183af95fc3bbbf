import { expect, test } from 'vitest'
import { openAnyWorkbook } from '../any/any-workbook.ts'
import { sheetXml, tinyWorkbook } from '../testing/tiny-workbook.ts'
import { writeWorkbook } from '../write/workbook-stream.ts'
import { findTable, readTable, type Table, type TableColumn } from './table.ts'

const columns: readonly TableColumn[] = [
  { header: '姓名', aliases: ['学生姓名'], required: true },
  { header: '性别', required: true },
  { header: '曾用名', required: false },
]

async function find(...sheets: [name: string, rows: string[][]][]) {
  const file = await writeWorkbook({
    sheets: sheets.map(([name, [head = [], ...rows]]) => ({
      kind: 'table',
      name,
      columns: head.map((header) => ({ header })),
      rows,
    })),
  })
  const opened = await openAnyWorkbook(file)
  if (!opened.ok) throw new Error(opened.refusal.code)
  return findTable(opened.sheets, columns)
}

async function rowsOf(table: Table) {
  const all = []
  for await (const batch of readTable(table)) {
    if (!batch.ok) throw new Error(batch.refusal.code)
    all.push(...batch.rows)
  }
  return all
}

test('finds the sheet, the header below a title and columns in any order; reads what stands below', async () => {
  const found = await find(
    ['说明', [['请先看这里', '性别']]],
    [
      '名单',
      [
        ['某校', '', '', ''],
        ['性别', '序号', '学生姓名', '曾用名'],
        ['男', '1', '张三', ''],
        ['', '2', '', ''],
        ['女', '3', '李四', '李小四'],
      ],
    ],
  )
  if (!found.ok) throw new Error('not found')
  expect(found.table).toMatchObject({ headerRow: 2, places: [2, 0, 3], extra: ['序号'] })
  expect(found.table.sheet.name).toBe('名单')
  // A row in which only other columns hold something is no row.
  expect(await rowsOf(found.table)).toEqual([
    { row: 3, texts: ['张三', '男', ''], flags: [] },
    { row: 5, texts: ['李四', '女', '李小四'], flags: [] },
  ])
})

test.each([
  [
    'nothing like it',
    [
      ['年级', '班级'],
      ['1', '2'],
    ],
    { code: 'headerMissing' },
  ],
  ['another template', [['姓名', '年级', '班级']], { code: 'otherTemplate', found: 1, headers: ['性别', '曾用名'] }],
  ['a required column missing', [['姓名', '曾用名']], { code: 'columnsMissing', headers: ['性别'] }],
  ['a column twice', [['姓名', '性别', '性别']], { code: 'columnsDuplicated', headers: ['性别'] }],
  ['a column under two of its names', [['姓名', '性别', '学生姓名']], { code: 'columnsDuplicated', headers: ['姓名'] }],
])('tells %s', async (_what, rows, fault) => {
  expect(await find(['S', rows as string[][]])).toEqual({ ok: false, fault })
})

test('flags follow their columns', async () => {
  const head = ['性别', '姓名', '曾用名'].map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')
  const file = tinyWorkbook({
    sheet: sheetXml(
      `<row r="1">${head}</row><row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2" t="e"><v>#N/A</v></c></row>`,
    ),
  })
  const opened = await openAnyWorkbook(file)
  const found = opened.ok ? await findTable(opened.sheets, columns) : undefined
  if (!found?.ok) throw new Error('not found')
  const [row] = await rowsOf(found.table)
  expect(row?.texts).toEqual(['#N/A', '2', ''])
  expect([...row!.flags].sort()).toEqual([
    [0, 'error'],
    [1, 'formula'],
  ])
})
