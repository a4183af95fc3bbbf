/**
 * Writes a roster of 100,000 × 73 text cells and compares with the floor: compressing the same XML, made beforehand.
 *
 *   npx tsx packages/workbook/bench/workbook-write.ts [rows]
 */
import { inflateRawSync } from 'node:zlib'
import { nodeCodec } from '../src/node/node-codec.ts'
import { readZipDirectory } from '../src/read/zip-directory.ts'
import { createWorkbookStream, writeWorkbook } from '../src/write/workbook-stream.ts'
import { against, type Cost, measured, medianCost, peakGrowth } from './measure.ts'
import { HEADERS, rosterRow } from './roster.ts'

const rows = Number(process.argv[2] ?? 100_000)
const RUNS = 5
const PIECE = 64 * 1024

/** Some rows over and over: all of them in memory would make the garbage collector the thing measured. */
const sample = Array.from({ length: 2000 }, (_, n) => rosterRow(n))
function* data() {
  for (let n = 0; n < rows; n++) yield sample[n % sample.length]!
}
const spec = () => ({
  sheets: [
    {
      kind: 'table' as const,
      name: 'Sheet1',
      columns: HEADERS.map((header) => ({ header, text: true })),
      rows: data(),
    },
  ],
})
const xml = await sheetXml()
const floors: Cost[] = []
const writes: Cost[] = []
let peak = 0
for (let run = 0; run < RUNS; run++) {
  floors.push(await measured(floor))
  const grown = peakGrowth()
  writes.push(await measured(write))
  peak = Math.max(peak, grown())
}
const ours = medianCost(writes)
process.stdout.write(
  `${rows} rows: ${ours.wall.toFixed(2)} s, ${ours.cpu.toFixed(2)} s of work, peak +${peak} MB\n` +
    `  ${against('floor', ours, medianCost(floors))}\n`,
)

async function write(): Promise<void> {
  for await (const _ of createWorkbookStream(spec(), { codec: nodeCodec })) {
    // Taken and dropped: where it goes is not what is measured.
  }
}

async function floor(): Promise<void> {
  const pieces = (async function* () {
    for (let at = 0; at < xml.length; at += PIECE) yield xml.subarray(at, at + PIECE)
  })()
  for await (const _ of nodeCodec.deflate(pieces, 1)) {
    // As above.
  }
}

async function sheetXml(): Promise<Uint8Array> {
  const file = await writeWorkbook(spec(), { codec: nodeCodec })
  const source = { size: file.length, read: async (at: number, length: number) => file.subarray(at, at + length) }
  const sheet = (await readZipDirectory(source, 200)).find(({ name }) => name.includes('sheet1'))!
  const start = sheet.headerOffset + 30 + sheet.name.length
  return inflateRawSync(file.subarray(start, start + sheet.compressedSize))
}
