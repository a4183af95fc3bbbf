// Runs as a process of its own with a memory limit: a hostile workbook can end this process, never the API (security: Uploads).
import type { AnySheet } from '@xueji/workbook/any/any-sheet'
import { openAnyWorkbook } from '@xueji/workbook/any/any-workbook'
import { openFileSource } from '@xueji/workbook/node/file-source'
import { nodeCodec } from '@xueji/workbook/node/node-codec'
import type { RosterMessage, RosterRequest } from './roster-protocol.ts'
import { chooseSheet, placeOf, type RosterSheet } from './roster-sheet.ts'

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
    const choice = await chooseSheet(opened.sheets, request.columns, (sheet, options) => sheet.rows(options))
    if ('code' in choice) return await write({ kind: 'failure', ...choice })
    await sendRows(choice, request)
  } finally {
    await source.close()
  }
}

async function sendRows({ sheet, match }: RosterSheet<AnySheet>, request: RosterRequest): Promise<void> {
  const places = request.columns.map((column) => placeOf(match, column))
  const columnAt = new Map(places.flatMap((place, index) => (place === undefined ? [] : [[place, index] as const])))
  const mark = request.columns.findIndex((column) => column.key === request.exampleKey)
  let count = 0
  for await (const batch of sheet.rows()) {
    if (!batch.ok) return await write({ kind: 'failure', ...batch.refusal })
    const rows = batch.rows.flatMap((row): [number, string[], [number, string][]][] => {
      if (row.row <= match.row.row) return []
      const cells = places.map((place) => (place === undefined ? '' : (row.cells[place] ?? '')))
      if (cells.every((text) => text.trim() === '')) return []
      if (mark >= 0 && cells[mark]!.trim().startsWith(request.exampleMark)) return []
      const flags = row.flags.flatMap(({ column, flag }): [number, string][] => {
        const index = columnAt.get(column)
        return index === undefined || flag === 'date' ? [] : [[index, flag]]
      })
      return [[row.row, cells, flags]]
    })
    count += rows.length
    if (count > request.maxRows) return await write({ kind: 'failure', code: 'tooManyRows' })
    if (rows.length > 0) await write({ kind: 'rows', rows })
  }
  await write({ kind: 'end', extra: match.extra.map((column) => column.name) })
}

/** One message a line; waits while the other side is busy, so that nothing piles up here. */
function write(message: RosterMessage): Promise<void> {
  return new Promise((resolve) => {
    if (process.stdout.write(`${JSON.stringify(message)}\n`)) resolve()
    else process.stdout.once('drain', resolve)
  })
}
