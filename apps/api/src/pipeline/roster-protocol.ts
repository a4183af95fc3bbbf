/** A column of the template, as a reading process looks for it. */
export type RosterColumn = {
  readonly key: string
  readonly header: string
  readonly aliases: readonly string[]
  readonly required: boolean
}

/** How the template's example row is known, should somebody have left it: by the start of one column's text. */
export type ExampleRow = { readonly exampleColumn: number; readonly exampleMark: string }

/** What the reading process is told. */
export type RosterRequest = ExampleRow & {
  readonly path: string
  readonly columns: readonly RosterColumn[]
  readonly maxRows: number
}

/** A row as it was read: its number in the sheet, its cells by column key as JSON text, and what the reader noticed about single cells. */
export type RosterRow = readonly [
  rowNumber: number,
  cells: string,
  faults: Readonly<Record<string, string>> | undefined,
]

/** What it answers: rows, in the end `end`, or why it stopped. */
export type RosterMessage =
  | { readonly kind: 'rows'; readonly rows: readonly RosterRow[] }
  | { readonly kind: 'end'; readonly extra: readonly string[] }
  | { readonly kind: 'failure'; readonly code: string; readonly detail?: string }
  | { readonly kind: 'crash'; readonly message: string }

/**
 * A message as lines: its JSON, and for rows their number first and then one line for each. The cells stand there as the text that is staged, so that a
 * hundred thousand rows are not made text twice; JSON holds neither tab nor line end.
 */
export function encodeMessage(message: RosterMessage): string {
  if (message.kind !== 'rows') return `${JSON.stringify(message)}\n`
  const rows = message.rows.map(
    ([rowNumber, cells, faults]) => `${rowNumber}\t${cells}\t${faults ? JSON.stringify(faults) : ''}\n`,
  )
  return `${JSON.stringify({ kind: 'rows', count: rows.length })}\n${rows.join('')}`
}

type Header = Exclude<RosterMessage, { kind: 'rows' }> | { readonly kind: 'rows'; readonly count: number }

/** Reads the lines of `encodeMessage` from a stream of bytes; a message that was cut off is none. */
export async function* decodeMessages(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<RosterMessage> {
  let rows: RosterRow[] = []
  let awaited = 0
  for await (const line of linesOf(bytes)) {
    if (awaited > 0) {
      rows.push(decodeRow(line))
      if (--awaited > 0) continue
      yield { kind: 'rows', rows }
      rows = []
      continue
    }
    const header = JSON.parse(line) as Header
    if (header.kind === 'rows') awaited = header.count
    else yield header
  }
}

function decodeRow(line: string): RosterRow {
  const first = line.indexOf('\t')
  const second = line.indexOf('\t', first + 1)
  const faults = line.slice(second + 1)
  return [
    Number(line.slice(0, first)),
    line.slice(first + 1, second),
    faults ? (JSON.parse(faults) as Record<string, string>) : undefined,
  ]
}

const LINE_END = 10

// Line ends are looked for in the bytes, many times quicker than by any expression over text; a character is never cut, for none holds this byte.
async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let begun: Buffer[] = []
  for await (const part of bytes) {
    const buffer = Buffer.from(part.buffer, part.byteOffset, part.byteLength)
    let from = 0
    for (let end = buffer.indexOf(LINE_END); end >= 0; end = buffer.indexOf(LINE_END, from)) {
      const last = buffer.subarray(from, end)
      yield begun.length === 0 ? last.toString() : Buffer.concat([...begun, last]).toString()
      begun = []
      from = end + 1
    }
    if (from < buffer.length) begun.push(buffer.subarray(from))
  }
}
