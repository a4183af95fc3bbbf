import type { RoomTemplate } from '@xueji/contracts/template/template'
import type { Issue } from '@xueji/domain/kernel/issue'
import type { Transaction } from '../platform/db.ts'
import { presentIssueRow } from './import-view.ts'
import type { MarkLine } from './marked-file-protocol.ts'

const PAGE = 1_000
/** Spreadsheet programs become very slow with more comments; cells beyond are only coloured. */
const MAX_COMMENTS = 50_000
/** So many wrong cells have a few causes, and all of them have been shown. */
const MAX_MARKS = 300_000
const MORE = '从这一行起的问题没有再标注，请先改正以上各行，再重新上传'

type StoredRow = { row_number: number; cells: Record<string, string>; issues: Issue[]; valid: boolean }

/** Every issue of a batch as a mark, by row, a list at a time; each page in a transaction of its own. */
export async function* listMarks(
  inScope: <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>,
  batchId: string,
  template: RoomTemplate,
): AsyncGenerator<readonly MarkLine[]> {
  let count = 0
  for (let after = 0; ; ) {
    const rows = await inScope((tx) =>
      tx.query<StoredRow>(
        `select row_number, cells, issues, valid from import_row where batch_id = $1 and row_number > $2 and issues <> '[]' order by row_number limit $3`,
        [batchId, after, PAGE],
      ),
    )
    if (rows.length > 0 && count >= MAX_MARKS) {
      yield [[rows[0]!.row_number, -1, 'error', MORE]]
      return
    }
    const marks = rows.flatMap((row) => marksOf(row, template))
    yield marks.map((mark, index) => (count + index < MAX_COMMENTS ? mark : [mark[0], mark[1], mark[2], '']))
    count += marks.length
    if (rows.length < PAGE) return
    after = rows.at(-1)!.row_number
  }
}

function marksOf(row: StoredRow, template: RoomTemplate): MarkLine[] {
  return presentIssueRow(row, template).issues.map(({ field, severity, message, advice }) => [
    row.row_number,
    template.columns.findIndex((column) => column.key === field),
    severity,
    advice === '' ? message : `${message}。${advice}`,
  ])
}
