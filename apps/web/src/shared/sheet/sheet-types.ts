import type { ReactNode } from 'react'

/** A column of a sheet. Frozen ones come first and stay at the left edge. */
export type SheetColumn = {
  readonly key: string
  readonly title: string
  readonly width: number
  readonly frozen?: boolean
  /** A red header. */
  readonly required?: boolean
  readonly editable: boolean
  readonly digits?: boolean
  /** Takes the room that is left. */
  readonly grows?: boolean
  /** A control of its own beside plain typing: opened by Alt+↓ and its button, and when these say so by Enter and by what was typed. */
  readonly picker?: { readonly onEnter: boolean; readonly onTyped: (text: string) => boolean }
}

/** How a cell looks. */
export type CellLook = {
  readonly text: string
  /** Shown in place of the text. */
  readonly content?: ReactNode
  readonly tone?: 'error' | 'warning' | undefined
  readonly mark?: 'unsaved' | 'corrected' | undefined
  readonly tip?: string | undefined
}

/** A text for a cell. */
export type SheetChange<Row> = { readonly row: Row; readonly key: string; readonly text: string }

/** A pasted block as far as it found place, and how much of it did not. */
export type Pasted<Row> = {
  readonly changes: readonly SheetChange<Row>[]
  readonly rowsBeyond: number
  readonly columnsBeyond: number
  /** Cells of columns that cannot be edited. */
  readonly fixed: number
}

/** Where one is in a sheet: a cell, and the rows from one end of the chosen rectangle to the other. */
export type Chosen<Row> = { readonly row: Row; readonly key: string; readonly rows: readonly Row[] }

/** What a picker is given: the cell, what was typed to open it, and what it may do. */
export type PickerProps<Row> = {
  readonly row: Row
  readonly column: SheetColumn
  readonly text: string
  readonly typed: string
  readonly commit: (text: string) => void
  readonly cancel: () => void
}

export type SheetProps<Row> = {
  readonly label: string
  /** Drawn again only when the row itself is another object. */
  readonly rows: readonly Row[]
  readonly rowId: (row: Row) => number
  readonly columns: readonly SheetColumn[]
  readonly look: (row: Row, column: SheetColumn) => CellLook
  readonly rowClass: (row: Row) => string
  readonly editable: boolean
  /** Begins at the first cell with something wrong rather than at the first row. */
  readonly startAtWrong: boolean
  readonly onEdit: (changes: readonly SheetChange<Row>[]) => void
  readonly onPaste: (pasted: Pasted<Row>) => void
  readonly onUndo: () => void
  /** The cell one is at, and the rows chosen with it. */
  readonly onChoose: (chosen: Chosen<Row> | undefined) => void
  readonly onNearEnd: () => void
  readonly picker: (props: PickerProps<Row>) => ReactNode
  /** Below the last row: that more is coming, or nothing. */
  readonly foot?: ReactNode
}

/** Height of a row and of the header, in pixels. */
export const ROW_HEIGHT = 30
export const HEAD_HEIGHT = 34
