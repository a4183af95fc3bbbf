import { LEGACY_TEMPLATE } from '@xueji/contracts/rooms/legacy/legacy.template'
import { rosterRow } from '@xueji/db/seed/roster'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { nodeCodec } from '@xueji/workbook/node/node-codec'
import { writeWorkbook } from '@xueji/workbook/write/workbook-stream'
import type { Person, TestApp } from './http.ts'
import { uploadTo } from './preschool.ts'

const HEADERS = LEGACY_TEMPLATE.columns.map((column) => column.header)
const lines = (children: readonly StudentValues[]): string[][] =>
  children.map((child) => rosterRow(LEGACY_TEMPLATE, child))

/** A workbook of 存量学籍. */
export const legacyFile = (children: readonly StudentValues[]): Promise<Uint8Array> =>
  writeWorkbook(
    {
      sheets: [
        {
          kind: 'table',
          name: LEGACY_TEMPLATE.sheetName,
          columns: HEADERS.map((header) => ({ header, text: true })),
          rows: lines(children),
        },
      ],
    },
    { codec: nodeCodec },
  )

/** The same as comma-separated text. */
export const legacyCsv = (children: readonly StudentValues[]): string =>
  [HEADERS, ...lines(children)].map((line) => line.map((text) => `"${text}"`).join(',')).join('\n')

/** Loads children as somebody, as a workbook or as comma-separated text, and returns the batch as its page shows it. */
export async function loadChildren(
  test: TestApp,
  person: Person,
  children: readonly StudentValues[],
  kind: 'xlsx' | 'csv' = 'xlsx',
) {
  const file =
    kind === 'xlsx'
      ? await legacyFile(children)
      : [{ name: 'file', filename: '存量学籍.csv', content: legacyCsv(children) }]
  return (await uploadTo(test, person, 'legacy', 'L01', file)).batch
}
