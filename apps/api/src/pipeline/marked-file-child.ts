// Runs as a process of its own with a memory limit, as everything that opens what people upload (security: Uploads).
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { markWorkbook } from '@xueji/workbook/mark/mark-workbook'
import type { Mark } from '@xueji/workbook/mark/marks'
import { openFileSource } from '@xueji/workbook/node/file-source'
import { nodeCodec } from '@xueji/workbook/node/node-codec'
import { openWorkbook, type Sheet } from '@xueji/workbook/read/open-workbook'
import { readRows } from '@xueji/workbook/read/read-rows'
import {
  MARK_SIGNATURE,
  type MarkedFileMessage,
  type MarkedFileRequest,
  type MarkLine,
} from './marked-file-protocol.ts'
import { chooseSheet, placeOf, type RosterSheet } from './roster-sheet.ts'

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
    const opened = await openWorkbook(source, { codec: nodeCodec })
    if (!opened.ok) return await say({ kind: 'failure', code: opened.refusal.code })
    const choice = await chooseSheet(opened.sheets, request.columns, readRows)
    if ('code' in choice) return await say({ kind: 'failure', code: choice.code })
    const marked = await markWorkbook(choice.sheet, placeMarks(lines, choice, request), MARK_SIGNATURE)
    if (!marked.ok) return await say({ kind: 'failure', code: marked.code })
    await say({ kind: 'ready' })
    for await (const chunk of marked.chunks) if (!process.stdout.write(chunk)) await once(process.stdout, 'drain')
  } finally {
    await source.close()
  }
}

async function readMarks(): Promise<MarkLine[]> {
  const marks: MarkLine[] = []
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY }))
    marks.push(...(JSON.parse(line) as MarkLine[]))
  return marks
}

/** Marks where the columns stand in this sheet; what concerns no cell of it goes to the first cell of its row. */
function* placeMarks(
  lines: readonly MarkLine[],
  { match }: RosterSheet<Sheet>,
  request: MarkedFileRequest,
): Generator<Mark> {
  const places = request.columns.map((column) => placeOf(match, column))
  const first = Math.min(...match.columns.values())
  for (const [row, column, severity, comment] of lines)
    yield { row, column: places[column] ?? first, severity, comment }
}

const say = (message: MarkedFileMessage): Promise<void> =>
  new Promise((resolve) => {
    if (process.send) process.send(message, () => resolve())
    else resolve()
  })
