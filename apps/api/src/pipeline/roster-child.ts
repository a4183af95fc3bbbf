// Runs as a process of its own with a memory limit: a hostile workbook can end this process, never the API (security: Uploads).
import type { AnySheet } from '@xueji/workbook/any/any-sheet'
import { openAnyWorkbook } from '@xueji/workbook/any/any-workbook'
import { openFileSource } from '@xueji/workbook/node/file-source'
import { nodeCodec } from '@xueji/workbook/node/node-codec'
import { findHeader, type HeaderMatch } from '@xueji/workbook/read/header'
import type { Row } from '@xueji/workbook/read/row'
import type { RosterMessage, RosterRequest } from './roster-protocol.ts'

const HEADER_ROWS = 20
/** Below this share of the columns it is another template rather than ours with columns missing. */
const OUR_TEMPLATE = 0.6

type Choice = { readonly sheet: AnySheet; readonly match: HeaderMatch }

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
    const choice = await chooseSheet(opened.sheets, request)
    if ('code' in choice) return await write({ kind: 'failure', ...choice })
    await sendRows(choice, request)
  } finally {
    await source.close()
  }
}

/** The sheet whose header fits best, hidden ones last. */
async function chooseSheet(
  sheets: readonly AnySheet[],
  request: RosterRequest,
): Promise<Choice | { code: string; detail?: string }> {
  const names = request.columns.flatMap((column) => [column.header, ...column.aliases])
  let best: Choice | undefined
  for (const sheet of [...sheets].sort((a, b) => Number(a.hidden) - Number(b.hidden))) {
    const first: Row[] = []
    for await (const batch of sheet.rows({ batchRows: HEADER_ROWS })) {
      if (!batch.ok) return batch.refusal
      first.push(...batch.rows)
      if (first.length >= HEADER_ROWS) break
    }
    const match = findHeader(first, names)
    if (match && match.columns.size > (best?.match.columns.size ?? 0)) best = { sheet, match }
  }
  if (!best) return { code: 'headerMissing' }
  const { match } = best
  const placed = request.columns.filter((column) => placeOf(match, column) !== undefined)
  if (placed.length < request.columns.length * OUR_TEMPLATE)
    return { code: 'otherTemplate', detail: `只找到 ${placed.length} 列，应有 ${request.columns.length} 列` }
  const twice = request.columns.filter(
    (column) => [column.header, ...column.aliases].filter((name) => match.columns.has(name)).length > 1,
  )
  if (match.duplicated.length > 0 || twice.length > 0)
    return {
      code: 'columnsDuplicated',
      detail: [...match.duplicated, ...twice.map((column) => column.header)].join('、'),
    }
  const missing = request.columns.filter((column) => column.required && placeOf(match, column) === undefined)
  if (missing.length > 0) return { code: 'columnsMissing', detail: missing.map((column) => column.header).join('、') }
  return best
}

async function sendRows({ sheet, match }: Choice, request: RosterRequest): Promise<void> {
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

function placeOf(match: HeaderMatch, column: RosterRequest['columns'][number]): number | undefined {
  for (const name of [column.header, ...column.aliases]) {
    const place = match.columns.get(name)
    if (place !== undefined) return place
  }
  return undefined
}

/** One message a line; waits while the other side is busy, so that nothing piles up here. */
function write(message: RosterMessage): Promise<void> {
  return new Promise((resolve) => {
    if (process.stdout.write(`${JSON.stringify(message)}\n`)) resolve()
    else process.stdout.once('drain', resolve)
  })
}
