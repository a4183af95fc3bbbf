import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { RESIDENT_NEWCOMER_TEMPLATE } from '@xueji/contracts/rooms/registration/registration.template'
import { rosterRow } from '@xueji/db/seed/roster'
import { nodeCodec } from '@xueji/workbook/node/node-codec'
import { createWorkbookStream } from '@xueji/workbook/write/workbook-stream'
import { childrenOf } from './roster.ts'

const { columns, sheetName } = RESIDENT_NEWCOMER_TEMPLATE

/** What is wrong in every eighteenth row, in turn: many kinds in many columns, as a file put together from several sources has them. */
const SPOILT: readonly (readonly [string, string])[] = [
  ['民族', '汉'],
  ['健康状况', ''],
  ['户口所在地', '武江'],
  ['身份证件号', '440232201901010000'],
  ['成员1姓名', '张 3'],
  ['出生日期', '2020/13/45'],
  ['性别', '男生'],
  ['班号', '99999999'],
  ['联系电话', '一二三'],
  ['邮政编码', '5120'],
  ['是否独生子女', '对'],
  ['入学方式', '就近'],
  ['就读方式', ''],
  ['成员1关系', '爸'],
  ['成员2联系电话', '12345'],
  ['成员2户口所在地', '韶关'],
  ['入学年月', '去年九月'],
  ['学生来源', '本地'],
]
const EVERY = 18

/** Rows of a large roster that have a wrong cell. */
export const spoiltOf = (rows: number): number => Math.floor(rows / EVERY)

/** Writes a roster of so many children of a demo school, one row in eighteen with a wrong cell, as it comes: it is never held as a whole. */
export async function writeLargeRoster(path: string, schoolKey: string, rows: number): Promise<void> {
  const at = new Map(columns.map((column, index) => [column.header, index]))
  const children = childrenOf(schoolKey, rows, '440232')
  function* lines(): Generator<string[]> {
    for (const [index, child] of children.entries()) {
      const cells = rosterRow(RESIDENT_NEWCOMER_TEMPLATE, child)
      const spoilt = index % EVERY === EVERY - 1 ? SPOILT[Math.floor(index / EVERY) % SPOILT.length] : undefined
      if (spoilt) cells[at.get(spoilt[0])!] = spoilt[1]
      yield cells
    }
  }
  const table = {
    kind: 'table' as const,
    name: sheetName,
    columns: columns.map((column) => ({ header: column.header, text: true })),
    rows: lines(),
  }
  await pipeline(
    Readable.from(createWorkbookStream({ sheets: [table] }, { codec: nodeCodec, level: 3 })),
    createWriteStream(path),
  )
}
