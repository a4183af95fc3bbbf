import type { Column } from '@xueji/workbook/write/spec'
import type { ExampleRow, RosterColumn } from './roster-protocol.ts'

/** What the marking process is told first; marks follow on its standard input, one JSON list of them a line. */
export type MarkedFileRequest = {
  readonly path: string
  readonly columns: readonly RosterColumn[]
  readonly copy: CopySpec
}

/** The workbook that is written where the file cannot be marked in place: the room's template. */
export type CopySpec = ExampleRow & {
  readonly title: string
  readonly sheetName: string
  readonly columns: readonly Column[]
}

/** Excel row, place in the template's columns (-1: the row as a whole), how grave, and what the comment says ('' for none). */
export type MarkLine = readonly [row: number, column: number, severity: 'error' | 'warning', comment: string]

/** What it answers before the first byte on its standard output. */
export type MarkedFileMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failure'; readonly code: string }
  | { readonly kind: 'crash'; readonly message: string }

/** How marks are signed in the workbook, so that a later marking knows them. */
export const MARK_SIGNATURE = { author: '学籍系统', styleName: '学籍系统标注' } as const
