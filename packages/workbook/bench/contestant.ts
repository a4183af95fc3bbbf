/**
 * One way of reading or writing a roster of 73 columns, once, in a process of its own; prints one line of JSON: seconds, and by how many MB the process
 * grew. The floor of reading is inflating the same parts and looking at every byte; that of writing is compressing the same XML, made beforehand.
 *
 *   npx tsx --expose-gc packages/workbook/bench/contestant.ts read|write ours|floor|xlsx|exceljs rows file
 *   npx tsx packages/workbook/bench/contestant.ts make excel|own rows file
 */
import { readFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { PassThrough } from 'node:stream'
import { inflateRawSync } from 'node:zlib'
import exceljs from 'exceljs'
import * as xlsx from 'xlsx'
import { openFileSource } from '../src/node/file-source.ts'
import { nodeCodec } from '../src/node/node-codec.ts'
import { openWorkbook } from '../src/read/open-workbook.ts'
import { readRows } from '../src/read/read-rows.ts'
import { asRandomAccess } from '../src/read/source.ts'
import { readZipDirectory } from '../src/read/zip-directory.ts'
import type { WorkbookSpec } from '../src/write/spec.ts'
import { createWorkbookStream, writeWorkbook } from '../src/write/workbook-stream.ts'
import { excelLikeWorkbook } from './excel-like.ts'
import { peakGrowth } from './measure.ts'
import { HEADERS, rosterRow } from './roster.ts'

const PIECE = 128 * 1024
const [job, who, count, path] = process.argv.slice(2) as [string, string, string, string]
const rows = Number(count)

/** Some rows over and over: all of them in memory would make the garbage collector the thing measured. */
const sample = Array.from({ length: 2_000 }, (_, n) => rosterRow(n))
function* data(): Generator<string[]> {
  for (let n = 0; n < rows; n++) yield sample[n % sample.length]!
}
const spec = (): WorkbookSpec => ({
  sheets: [{ kind: 'table', name: 'Sheet1', columns: HEADERS.map((header) => ({ header, text: true })), rows: data() }],
})

if (job === 'make') {
  const file = await open(path, 'w')
  const stream = who === 'excel' ? excelLikeWorkbook(rows) : createWorkbookStream(spec(), { codec: nodeCodec })
  for await (const chunk of stream) await file.write(chunk)
  await file.close()
} else {
  const work = await contestants()[`${job} ${who}`]!()
  const grown = peakGrowth()
  const from = performance.now()
  await work()
  const seconds = (performance.now() - from) / 1000
  process.stdout.write(JSON.stringify({ seconds, peakMegabytes: grown() }))
}
process.exit(0)

/** Each prepares what is not measured and returns what is. */
function contestants(): Record<string, () => Promise<() => Promise<unknown>>> {
  return {
    'read ours': async () => readOurs,
    'read floor': async () => {
      const parts = await packedParts()
      return () => scan(parts)
    },
    'read xlsx': async () => async () => {
      const book = xlsx.read(readFileSync(path), { dense: true })
      return xlsx.utils.sheet_to_json(book.Sheets[book.SheetNames[0]!]!, { header: 1, raw: false })
    },
    'read exceljs': async () => async () => {
      const reader = new exceljs.stream.xlsx.WorkbookReader(path, { sharedStrings: 'cache', styles: 'cache' })
      for await (const sheet of reader) for await (const row of sheet) row.eachCell((cell) => cell.text)
    },
    'write ours': async () => async () => drain(createWorkbookStream(spec(), { codec: nodeCodec })),
    'write floor': async () => {
      const xml = await sheetXml()
      return () => drain(nodeCodec.deflate(pieces(xml), 1))
    },
    'write xlsx': async () => async () => {
      const sheet = xlsx.utils.aoa_to_sheet([HEADERS, ...data()], { dense: true })
      const book = xlsx.utils.book_new(sheet, 'Sheet1')
      return xlsx.write(book, { type: 'buffer', compression: true })
    },
    'write exceljs': async () => async () => {
      const out = new PassThrough()
      out.resume()
      const writer = new exceljs.stream.xlsx.WorkbookWriter({ stream: out })
      const sheet = writer.addWorksheet('Sheet1')
      sheet.addRow(HEADERS).commit()
      for (const row of data()) sheet.addRow(row).commit()
      await writer.commit()
    },
  }
}

async function readOurs(): Promise<number> {
  const source = await openFileSource(path)
  const opened = await openWorkbook(source, { codec: nodeCodec })
  if (!opened.ok) throw new Error(opened.refusal.code)
  let cells = 0
  for await (const batch of readRows(opened.sheets[0]!)) {
    if (!batch.ok) throw new Error(batch.refusal.code)
    for (const row of batch.rows) cells += row.cells.length
  }
  await source.close()
  return cells
}

/** The compressed bytes of the parts that hold cells. */
async function packedParts(): Promise<Uint8Array[]> {
  const file = readFileSync(path)
  const entries = await readZipDirectory(asRandomAccess(file), 200)
  return entries
    .filter(({ name }) => /sheet1|sharedStrings/.test(name))
    .map(({ headerOffset, name, compressedSize }) => {
      const start = headerOffset + 30 + name.length
      return file.subarray(start, start + compressedSize)
    })
}

/** As the reader does: zlib's thread unpacks while the bytes before are looked at. */
async function scan(parts: readonly Uint8Array[]): Promise<number> {
  let tags = 0
  for (const packed of parts)
    for await (const chunk of nodeCodec.inflate(pieces(packed)))
      for (let at = 0; at < chunk.length; at++) if (chunk[at] === 0x3c) tags++
  return tags
}

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE)
}

async function sheetXml(): Promise<Uint8Array> {
  const file = await writeWorkbook(spec(), { codec: nodeCodec })
  const sheet = (await readZipDirectory(asRandomAccess(file), 200)).find(({ name }) => name.includes('sheet1'))!
  const start = sheet.headerOffset + 30 + sheet.name.length
  return inflateRawSync(file.subarray(start, start + sheet.compressedSize))
}

async function drain(chunks: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of chunks) {
    // Taken and dropped: where it goes is not what is measured.
  }
}
