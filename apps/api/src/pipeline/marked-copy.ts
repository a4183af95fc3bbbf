import { Readable } from 'node:stream'
import type { ReadRow } from '@xueji/contracts/template/row-check'
import type { RoomTemplate } from '@xueji/contracts/template/template'
import { commentText } from '@xueji/workbook/mark/comment-plan'
import { nodeCodec } from '@xueji/workbook/node/node-codec'
import type { CellMark, RowInput } from '@xueji/workbook/write/spec'
import { createWorkbookStream } from '@xueji/workbook/write/workbook-stream'
import { MARK_SIGNATURE, type MarkLine } from './marked-file-protocol.ts'
import type { RosterRows } from './read-roster.ts'
import { tableColumns } from './template-file.ts'

/**
 * A roster whose own file cannot be marked, written anew in the room's template with the same marks: cells as given, each row where it
 * stood, so that messages naming rows stay true.
 */
export function writeMarkedCopy(
  template: RoomTemplate,
  roster: RosterRows,
  loadMarks: (rowNumbers: readonly number[]) => Promise<ReadonlyMap<number, readonly MarkLine[]>>,
): Readable {
  const rows = async function* (): AsyncGenerator<RowInput> {
    let next = 2
    for await (const chunk of roster.rows()) {
      const marks = await loadMarks(chunk.map(({ rowNumber }) => rowNumber))
      for (const row of chunk) {
        for (; next < row.rowNumber; next++) yield []
        yield toRow(row, template, marks.get(row.rowNumber) ?? [])
        next++
      }
    }
  }
  const stream = createWorkbookStream(
    {
      title: template.title,
      creator: '学籍',
      fontName: '宋体',
      markStyleName: MARK_SIGNATURE.styleName,
      sheets: [
        { kind: 'table', name: template.sheetName, columns: tableColumns(template), rows: rows(), lastRow: 5_000 },
      ],
    },
    { codec: nodeCodec },
  )
  return Readable.from(stream)
}

function toRow({ cells }: ReadRow, template: RoomTemplate, lines: readonly MarkLine[]): RowInput {
  const texts = template.columns.map((column) => cells[column.key] ?? '')
  if (lines.length === 0) return texts
  const marks = new Map<number, CellMark>()
  for (const [, place, severity, comment] of lines) {
    const column = Math.max(place, 0)
    const known = marks.get(column)
    marks.set(column, {
      fill: known?.fill === 'error' ? 'error' : severity,
      comment:
        known?.comment === undefined ? commentText(MARK_SIGNATURE.author, comment) : `${known.comment}\n${comment}`,
    })
  }
  return { cells: texts, marks }
}
