import { commentText } from '@xueji/workbook/mark/comment-plan'
import { nodeCodec } from '@xueji/workbook/node/node-codec'
import { RefusedError } from '@xueji/workbook/read/refusal'
import { readTable, type Table } from '@xueji/workbook/read/table'
import type { CellMark, RowInput } from '@xueji/workbook/write/spec'
import { createWorkbookStream } from '@xueji/workbook/write/workbook-stream'
import { type CopySpec, MARK_SIGNATURE, type MarkLine } from './marked-file-protocol.ts'
import { isExample } from './roster-sheet.ts'

/**
 * A roster whose own file cannot be marked, written anew in the room's template with the same marks: cells as given, each row where it
 * stood, so that messages naming rows stay true. Runs in the marking process, since it reads what somebody uploaded.
 */
export function markedCopy(copy: CopySpec, table: Table, lines: readonly MarkLine[]): AsyncIterable<Uint8Array> {
  const marks = marksByRow(lines)
  const pages = async function* (): AsyncGenerator<RowInput[]> {
    let next = 2
    for await (const batch of readTable(table)) {
      if (!batch.ok) throw new RefusedError(batch.refusal.code, batch.refusal.detail)
      const page: RowInput[] = []
      for (const { row, texts } of batch.rows) {
        if (isExample(texts, copy)) continue
        for (; next < row; next++) page.push([])
        page.push(toRow(texts, marks.get(row) ?? []))
        next++
      }
      yield page
    }
  }
  return createWorkbookStream(
    {
      title: copy.title,
      creator: '学籍',
      fontName: '宋体',
      markStyleName: MARK_SIGNATURE.styleName,
      sheets: [{ kind: 'table', name: copy.sheetName, columns: copy.columns, pages: pages(), lastRow: 5_000 }],
    },
    { codec: nodeCodec },
  )
}

function marksByRow(lines: readonly MarkLine[]): ReadonlyMap<number, readonly MarkLine[]> {
  const byRow = new Map<number, MarkLine[]>()
  for (const line of lines) {
    const known = byRow.get(line[0])
    if (known) known.push(line)
    else byRow.set(line[0], [line])
  }
  return byRow
}

function toRow(cells: readonly string[], lines: readonly MarkLine[]): RowInput {
  if (lines.length === 0) return cells
  const marks = new Map<number, CellMark>()
  for (const [, place, severity, comment] of lines) {
    const column = Math.max(place, 0)
    const known = marks.get(column)
    const text =
      known?.comment === undefined ? commentText(MARK_SIGNATURE.author, comment) : `${known.comment}\n${comment}`
    marks.set(column, {
      fill: known?.fill === 'error' ? 'error' : severity,
      // Beyond so many comments cells are only coloured.
      ...(comment !== '' ? { comment: text } : known?.comment === undefined ? {} : { comment: known.comment }),
    })
  }
  return { cells, marks }
}
