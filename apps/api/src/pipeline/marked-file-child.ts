// Runs as a process of its own with a memory limit, as everything that opens what people upload (security: Uploads).
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { anySheet } from '@xueji/workbook/any/any-sheet'
import { openAnyWorkbook } from '@xueji/workbook/any/any-workbook'
import { markWorkbook } from '@xueji/workbook/mark/mark-workbook'
import type { Mark } from '@xueji/workbook/mark/marks'
import { openFileSource } from '@xueji/workbook/node/file-source'
import { nodeCodec } from '@xueji/workbook/node/node-codec'
import { openWorkbook } from '@xueji/workbook/read/open-workbook'
import type { RandomAccess } from '@xueji/workbook/read/source'
import type { Table } from '@xueji/workbook/read/table'
import { markedCopy } from './marked-copy.ts'
import {
  MARK_SIGNATURE,
  type MarkedFileMessage,
  type MarkedFileRequest,
  type MarkLine,
} from './marked-file-protocol.ts'
import { findRoster } from './roster-sheet.ts'

// Nobody reads on.
process.stdout.on('error', () => process.exit(0))
process.once('disconnect', () => process.exit(0))

process.once('message', (request: MarkedFileRequest) => {
  makeMarkedFile(request).then(
    () => process.stdout.end(() => process.disconnect?.()),
    async (error: unknown) => {
      await say({ kind: 'crash', message: error instanceof Error ? (error.stack ?? error.message) : String(error) })
      // What was written so far must not pass for a whole file.
      process.exit(1)
    },
  )
})

async function makeMarkedFile(request: MarkedFileRequest): Promise<void> {
  const lines = await readMarks()
  const source = await openFileSource(request.path)
  try {
    const chunks = (await markInPlace(source, request, lines)) ?? (await copyOf(source, request, lines))
    if ('code' in chunks) return await say({ kind: 'failure', code: chunks.code })
    await say({ kind: 'ready' })
    for await (const chunk of chunks) if (!process.stdout.write(chunk)) await once(process.stdout, 'drain')
  } finally {
    await source.close()
  }
}

type Made = AsyncIterable<Uint8Array> | { readonly code: string }

/** The file itself with marks; undefined when that cannot be: it is no .xlsx, or one of a kind whose parts cannot be changed alone. */
async function markInPlace(
  source: RandomAccess,
  request: MarkedFileRequest,
  lines: readonly MarkLine[],
): Promise<AsyncIterable<Uint8Array> | undefined> {
  const opened = await openWorkbook(source, { codec: nodeCodec })
  if (!opened.ok) return undefined
  const sheets = opened.sheets.map((own) => ({ ...anySheet(own), own }))
  const table = await findRoster(sheets, request.columns)
  if ('code' in table) return undefined
  const marked = await markWorkbook(table.sheet.own, placeMarks(lines, table), MARK_SIGNATURE)
  return marked.ok ? marked.chunks : undefined
}

async function copyOf(source: RandomAccess, request: MarkedFileRequest, lines: readonly MarkLine[]): Promise<Made> {
  const opened = await openAnyWorkbook(source, { codec: nodeCodec })
  if (!opened.ok) return { code: opened.refusal.code }
  const table = await findRoster(opened.sheets, request.columns)
  return 'code' in table ? table : markedCopy(request.copy, table, lines)
}

async function readMarks(): Promise<MarkLine[]> {
  const marks: MarkLine[] = []
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY }))
    marks.push(...(JSON.parse(line) as MarkLine[]))
  return marks
}

/** Marks where the columns stand in this sheet; what concerns no cell of it goes to the first cell of its row. */
function* placeMarks(lines: readonly MarkLine[], { places }: Table): Generator<Mark> {
  const first = Math.min(...places.filter((place) => place !== undefined))
  for (const [row, column, severity, comment] of lines)
    yield { row, column: places[column] ?? first, severity, comment }
}

const say = (message: MarkedFileMessage): Promise<void> =>
  new Promise((resolve) => {
    if (process.send) process.send(message, () => resolve())
    else resolve()
  })
