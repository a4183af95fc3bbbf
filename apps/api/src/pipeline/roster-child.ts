// Runs as a process of its own with a memory limit: a hostile workbook can end this process, never the API (security: Uploads).
import { openAnyWorkbook } from '@xueji/workbook/any/any-workbook'
import { openFileSource } from '@xueji/workbook/node/file-source'
import { nodeCodec } from '@xueji/workbook/node/node-codec'
import { readTable, type Table } from '@xueji/workbook/read/table'
import {
  encodeMessage,
  type RosterColumn,
  type RosterMessage,
  type RosterRequest,
  type RosterRow,
} from './roster-protocol.ts'
import { findRoster, isExample } from './roster-sheet.ts'

/** Rows of a message, about: so few that the collectors of both processes find them dead while they are young. */
const BATCH_ROWS = 100
/** Messages that may be on their way. */
const AHEAD = 16

// Nobody reads on: the worker has gone, or has heard enough.
process.stdout.on('error', () => process.exit(0))
process.once('disconnect', () => process.exit(0))

process.once('message', (request: RosterRequest) => {
  read(request)
    .catch((error: unknown) =>
      write({ kind: 'crash', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    )
    .finally(() => process.stdout.end(() => process.disconnect?.()))
})

async function read(request: RosterRequest): Promise<void> {
  const source = await openFileSource(request.path)
  try {
    const opened = await openAnyWorkbook(source, { codec: nodeCodec })
    if (!opened.ok) return await write({ kind: 'failure', ...opened.refusal })
    const table = await findRoster(opened.sheets, request.columns)
    if ('code' in table) return await write({ kind: 'failure', ...table })
    await sendRows(table, request)
  } finally {
    await source.close()
  }
}

async function sendRows(table: Table, request: RosterRequest): Promise<void> {
  let count = 0
  for await (const batch of readTable(table, { batchRows: BATCH_ROWS })) {
    if (!batch.ok) return await write({ kind: 'failure', ...batch.refusal })
    const rows = batch.rows
      .filter(({ texts }) => !isExample(texts, request))
      .map(
        ({ row, texts, flags }): RosterRow => [row, cellsOf(texts, request.columns), faultsOf(flags, request.columns)],
      )
    count += rows.length
    if (count > request.maxRows) return await write({ kind: 'failure', code: 'tooManyRows' })
    if (rows.length > 0) await write({ kind: 'rows', rows })
  }
  await write({ kind: 'end', extra: table.extra })
}

function cellsOf(texts: readonly string[], columns: readonly RosterColumn[]): string {
  const cells: Record<string, string> = {}
  for (let index = 0; index < texts.length; index++) if (texts[index] !== '') cells[columns[index]!.key] = texts[index]!
  return JSON.stringify(cells)
}

function faultsOf(
  flags: readonly (readonly [number, string])[],
  columns: readonly RosterColumn[],
): Record<string, string> | undefined {
  const faults = flags.filter(([, flag]) => flag !== 'date').map(([index, flag]) => [columns[index]!.key, flag])
  return faults.length > 0 ? Object.fromEntries(faults) : undefined
}

const inFlight: Promise<void>[] = []

/** Waits while the other side is busy, so that little piles up here: the next rows are read while it works on these. */
async function write(message: RosterMessage): Promise<void> {
  inFlight.push(new Promise((resolve) => process.stdout.write(encodeMessage(message), () => resolve())))
  if (inFlight.length > AHEAD) await inFlight.shift()
}
