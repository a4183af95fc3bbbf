// Run by interop.mjs with the name of LibreOffice's program.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { templateWorkbook } from '../apps/api/src/pipeline/template-file.ts'
import { RESIDENT_NEWCOMER_TEMPLATE } from '../packages/contracts/src/rooms/registration/registration.template.ts'
import { openAnyWorkbook } from '../packages/workbook/src/any/any-workbook.ts'
import { nodeCodec } from '../packages/workbook/src/node/node-codec.ts'
import type { Row } from '../packages/workbook/src/read/row.ts'
import { typedWorkbook } from '../packages/workbook/src/testing/typed-workbook.ts'
import { writeWorkbook } from '../packages/workbook/src/write/workbook-stream.ts'

/** What LibreOffice is asked for, and the ending it gives; 76 is UTF-8, 85 GB18030, and texts are quoted, so that they stay texts. */
const FORMATS = {
  xlsx: 'xlsx:Calc MS Excel 2007 XML',
  ods: 'ods',
  xls: 'xls:MS Excel 97',
  csv: 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true',
  'gb18030.csv': 'csv:Text - txt - csv (StarCalc):44,34,85,1,,0,true,true',
} as const

type Format = keyof typeof FORMATS

const [soffice] = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'xueji-interop-'))
let passed = 0
let failed = 0

/** Texts that programs like to make something else of. */
const TEXTS = [
  ['440203201809011234', '007', '=1+1', '+86', '-1', '@a'],
  ['2018-09-01', '1/2', '1E5', 'TRUE', '#N/A', "'a"],
  ['王一\n第二行', ' 前后 ', 'a  b', '"引号"', 'a,b;c', '<&>'],
  ['𠮷😀', '１２３', '100%', '１，０００', '_x000D_', '学'.repeat(3000)],
]

const template = await bytesOf(
  templateWorkbook(RESIDENT_NEWCOMER_TEMPLATE, { schoolCode: '2144020301', entryYear: 2026, gradeNames: [] }),
)
const columns = TEXTS[0]!.map((_, at) => ({ header: `列${at}`, text: true, required: at === 0, comment: '说明' }))
const written = await writeWorkbook(
  { sheets: [{ kind: 'table', name: '名单', columns, rows: TEXTS }] },
  { codec: nodeCodec },
)
const typed = await typedWorkbook(false)
const typed1904 = await typedWorkbook(true)

for (const [what, bytes] of Object.entries({ 'our template': template, 'a written workbook': written }))
  for (const format of Object.keys(FORMATS) as Format[]) await expectEqual(what, bytes, format)
for (const [what, bytes] of Object.entries({ 'cells of all types': typed, 'cells of all types from 1904': typed1904 }))
  for (const format of ['xlsx', 'ods', 'xls'] as const) await expectEqual(what, bytes, format, asLibreOffice)

rmSync(folder, { recursive: true })
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 && passed > 0 ? 0 : 1)

/** Converts, reads both and compares the sheets that a person would see; a .csv holds the first alone. */
async function expectEqual(
  what: string,
  bytes: Uint8Array,
  format: Format,
  adapt = (row: Row, _format: Format): Row => row,
): Promise<void> {
  const before = await visibleSheets(bytes)
  const read = await visibleSheets(convert(bytes, format))
  const isCsv = format.endsWith('csv')
  const expected = isCsv ? [withoutFlags(before[0]!)] : before.map((rows) => rows.map((row) => adapt(row, format)))
  // A text '#N/A' and an error cannot be told apart in a .csv.
  const after = isCsv ? read.map(withoutFlags) : read
  const equal = isDeepStrictEqual(after, expected)
  if (equal) passed++
  else failed++
  console.log(`${equal ? '✓' : '✗'} ${what} as .${format} by LibreOffice`)
  if (!equal) explain(expected, after)
}

function convert(bytes: Uint8Array, format: Format): Uint8Array {
  const [source, target] = [join(folder, 'source'), join(folder, 'target')]
  for (const one of [source, target]) mkdirSync(one, { recursive: true })
  writeFileSync(join(source, 'book.xlsx'), bytes)
  const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`
  const args = [profile, '--headless', '--convert-to', FORMATS[format], '--outdir', target, join(source, 'book.xlsx')]
  const result = spawnSync(soffice!, args, { encoding: 'utf8', timeout: 180_000 })
  if (result.status !== 0) throw new Error(`${soffice} ended with ${result.status}: ${result.stderr}`)
  const file = join(target, `book.${format.split('.').at(-1)}`)
  const converted = readFileSync(file)
  rmSync(file)
  return new Uint8Array(converted)
}

async function visibleSheets(bytes: Uint8Array): Promise<Row[][]> {
  const opened = await openAnyWorkbook(bytes, { codec: nodeCodec })
  if (!opened.ok) throw new Error(`refused: ${JSON.stringify(opened.refusal)}`)
  const sheets: Row[][] = []
  for (const sheet of opened.sheets.filter(({ hidden }) => !hidden)) {
    const rows: Row[] = []
    for await (const batch of sheet.rows()) {
      if (!batch.ok) throw new Error(`refused: ${JSON.stringify(batch.refusal)}`)
      rows.push(...batch.rows)
    }
    sheets.push(rows)
  }
  return sheets
}

/** LibreOffice makes a formula TRUE() of a cell that is true, and says 1 of it in its own format. */
function asLibreOffice(row: Row, format: Format): Row {
  const booleans = row.cells.flatMap((text, column) => (text === 'TRUE' || text === 'FALSE' ? [column] : []))
  if (booleans.length === 0) return row
  const cells = row.cells.map((text, column) => {
    if (format !== 'ods' || !booleans.includes(column)) return text
    return text === 'TRUE' ? '1' : '0'
  })
  const flags = [...row.flags, ...booleans.map((column) => ({ column, flag: 'formula' as const }))]
  return { ...row, cells, flags: flags.sort((a, b) => a.column - b.column) }
}

function withoutFlags(rows: readonly Row[]): Row[] {
  return rows.map((row) => ({ ...row, flags: [] }))
}

function explain(expected: readonly Row[][], found: readonly Row[][]): void {
  console.log(`    sheets: ${expected.length} → ${found.length}`)
  for (const [index, rows] of expected.entries()) {
    for (const [at, row] of rows.entries()) {
      const other = found[index]?.[at]
      if (isDeepStrictEqual(row, other)) continue
      const column = row.cells.findIndex((text, place) => text !== other?.cells[place])
      const texts = [row.cells[column], other?.cells[column]].map((text) => JSON.stringify(text)?.slice(0, 200))
      console.log(`    sheet ${index + 1} row ${row.row} column ${column + 1}: ${texts.join(' → ')}`)
      console.log(`      ${JSON.stringify(row.flags)} → ${JSON.stringify(other?.flags)}`)
    }
  }
}

async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return new Uint8Array(Buffer.concat(chunks))
}
