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

/** What it answers, one JSON text a line: rows as [Excel row, texts by template column, flags], in the end `end`, or why it stopped. */
export type RosterMessage =
  | {
      readonly kind: 'rows'
      readonly rows: readonly (readonly [number, readonly string[], readonly (readonly [number, string])[]])[]
    }
  | { readonly kind: 'end'; readonly extra: readonly string[] }
  | { readonly kind: 'failure'; readonly code: string; readonly detail?: string }
  | { readonly kind: 'crash'; readonly message: string }
