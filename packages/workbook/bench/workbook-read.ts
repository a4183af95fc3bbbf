/**
 * Reads a roster of 100,000 × 73 cells from a file and compares with the floor: inflating the same parts and looking at
 * every byte. The floor is measured twice, on one thread (its work, one after the other) and streamed (zlib's thread
 * unpacks while the bytes before are looked at), as the reader itself is.
 *
 *   npx tsx --expose-gc packages/workbook/bench/workbook-read.ts [rows] [excel|own] [portable]
 */
import { existsSync, readFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateRawSync } from 'node:zlib'
import { portableCodec } from '../src/codec/portable-codec.ts'
import { openFileSource } from '../src/node/file-source.ts'
import { nodeCodec } from '../src/node/node-codec.ts'
import { openWorkbook } from '../src/read/open-workbook.ts'
import { readRows } from '../src/read/read-rows.ts'
import { asRandomAccess } from '../src/read/source.ts'
import { readZipDirectory } from '../src/read/zip-directory.ts'
import { createWorkbookStream } from '../src/write/workbook-stream.ts'
import { excelLikeWorkbook } from './excel-like.ts'
import { against, type Cost, measured, medianCost, peakGrowth } from './measure.ts'
import { HEADERS, rosterRow } from './roster.ts'

const rows = Number(process.argv[2] ?? 100_000)
const kinds = process.argv[3] === undefined ? ['excel', 'own'] : [process.argv[3]]
const codec = process.argv[4] === 'portable' ? portableCodec : nodeCodec
const RUNS = 5
const PIECE = 128 * 1024

for (const kind of kinds) {
  const path = join(tmpdir(), `roster-${kind}-${rows}.xlsx`)
  if (!existsSync(path)) await save(path, kind)
  const packed = await packedParts(path)
  const costs: Record<'single' | 'streamed' | 'ours', Cost[]> = { single: [], streamed: [], ours: [] }
  let peak = 0
  for (let run = 0; run < RUNS; run++) {
    const grown = peakGrowth()
    costs.ours.push(await measured(() => read(path)))
    peak = Math.max(peak, grown())
    costs.single.push(await measured(() => packed.forEach(scanAtOnce)))
    costs.streamed.push(await measured(() => scanStreamed(packed)))
  }
  const ours = medianCost(costs.ours)
  process.stdout.write(
    `${kind}, ${rows} rows: ${ours.wall.toFixed(2)} s, ${ours.cpu.toFixed(2)} s of work, peak +${peak} MB\n` +
      `  ${against('floor on one thread', ours, medianCost(costs.single))}\n` +
      `  ${against('floor streamed', ours, medianCost(costs.streamed))}\n`,
  )
}

async function save(path: string, kind: string): Promise<void> {
  const data = (function* () {
    for (let n = 0; n < rows; n++) yield rosterRow(n)
  })()
  const columns = HEADERS.map((header) => ({ header, text: true }))
  const stream =
    kind === 'excel'
      ? excelLikeWorkbook(rows)
      : createWorkbookStream({ sheets: [{ kind: 'table', name: 'Sheet1', columns, rows: data }] }, { codec: nodeCodec })
  const file = await open(path, 'w')
  for await (const chunk of stream) await file.write(chunk)
  await file.close()
}

/** The compressed bytes of the parts that hold cells. */
async function packedParts(path: string): Promise<Uint8Array[]> {
  const file = readFileSync(path)
  const entries = await readZipDirectory(asRandomAccess(file), 200)
  return entries
    .filter(({ name }) => /sheet1|sharedStrings/.test(name))
    .map(({ headerOffset, name, compressedSize }) => {
      const start = headerOffset + 30 + name.length
      return file.subarray(start, start + compressedSize)
    })
}

function scanAtOnce(packed: Uint8Array): number {
  return countTags(inflateRawSync(packed))
}

async function scanStreamed(parts: readonly Uint8Array[]): Promise<number> {
  let tags = 0
  for (const packed of parts) {
    const pieces = (async function* () {
      for (let at = 0; at < packed.length; at += PIECE) yield packed.subarray(at, at + PIECE)
    })()
    for await (const chunk of codec.inflate(pieces)) tags += countTags(chunk)
  }
  return tags
}

function countTags(bytes: Uint8Array): number {
  let tags = 0
  for (let i = 0; i < bytes.length; i++) if (bytes[i] === 0x3c) tags++
  return tags
}

async function read(path: string): Promise<number> {
  const source = await openFileSource(path)
  const opened = await openWorkbook(source, { codec })
  if (!opened.ok) throw new Error(opened.refusal.code)
  let cells = 0
  for await (const batch of readRows(opened.sheets[0]!)) {
    if (!batch.ok) throw new Error(batch.refusal.code)
    for (const row of batch.rows) cells += row.cells.length
  }
  await source.close()
  return cells
}
