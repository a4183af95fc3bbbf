/** A workbook to be written: what is in it, said in its own words rather than in those of the file format. */
export type WorkbookSpec = {
  readonly sheets: readonly SheetSpec[]
  readonly title?: string
  readonly creator?: string
  /** An ISO 8601 instant. Left out, the same workbook is the same file byte by byte. */
  readonly createdAt?: string
  /** Font of all cells; 'Calibri' when left out, for which Chinese characters fall back to the system's own. */
  readonly fontName?: string
  /** What the cell style of marks is called, by which `markWorkbook` knows them again; left out, they refer to none. */
  readonly markStyleName?: string
}

export type SheetSpec = TableSheet | NotesSheet

/** A header row, frozen, and rows of text below it. */
export type TableSheet = {
  readonly kind: 'table'
  /** 1–31 characters, none of `[]:*?/\`. */
  readonly name: string
  readonly columns: readonly Column[]
  /** Consumed once, one row at a time, as the file is written. */
  readonly rows?: Iterable<RowInput> | AsyncIterable<RowInput>
  /** Instead of `rows`, many at a time as a database gives them: waiting once a page costs less than once a row. */
  readonly pages?: AsyncIterable<Iterable<RowInput>>
  /** The last row (from 1, as Excel counts) that drop-down lists and prompts reach; the sheet's last when left out. */
  readonly lastRow?: number
  readonly autoFilter?: boolean
}

export type Column = {
  /** May hold line breaks. */
  readonly header: string
  /** In characters; 12 when left out. */
  readonly width?: number
  /** A bold red header. */
  readonly required?: boolean
  /** Text format for the whole column, so that what is typed into an empty cell stays as typed: 001, 110101199001011234. */
  readonly text?: boolean
  /** A drop-down list; other values are refused by the spreadsheet. */
  readonly choices?: readonly string[]
  /** Shown beside a cell of the column when it is selected. */
  readonly prompt?: { readonly title?: string; readonly text: string }
  /** A comment on the header cell. */
  readonly comment?: string
}

/** The texts of a row by column; '' and what is missing at the end leave the cell empty. */
export type RowInput = readonly string[] | MarkedRow | PutRow

/** A row that puts its texts itself, once, in the order of the columns: for who has them as UTF-8, of which no strings need be made. */
export type PutRow = { readonly put: (cells: CellPutter) => void }

/** What a row puts its texts into; a column left out, or an empty text, leaves the cell empty. */
export type CellPutter = {
  readonly text: (column: number, text: string) => void
  /** The text whose UTF-8 lies between two places of `bytes`. */
  readonly utf8: (column: number, bytes: Uint8Array, from: number, to: number) => void
}

export type MarkedRow = {
  readonly cells: readonly string[]
  /** By column, 0 for A. */
  readonly marks: ReadonlyMap<number, CellMark>
}

export type CellMark = {
  /** A red or a yellow ground. */
  readonly fill?: 'error' | 'warning'
  /** Comments are held in memory until their sheet is done, unlike rows. */
  readonly comment?: string
}

/** Free lines of text: an explanation for who fills the template in. */
export type NotesSheet = {
  readonly kind: 'notes'
  readonly name: string
  readonly lines: readonly NoteLine[]
  /** Column widths in characters; one column of 90 when left out. */
  readonly widths?: readonly number[]
}

/** A line's text, or its texts side by side. */
export type NoteLine =
  | string
  | { readonly text: string | readonly string[]; readonly bold?: boolean; readonly red?: boolean }
