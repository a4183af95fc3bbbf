import { normalizeName } from './normalize-text.ts'
import type { Row } from './row.ts'

export type HeaderMatch = {
  readonly row: Row
  /** Where each expected name was found, 0 for A; of several places the first. */
  readonly columns: ReadonlyMap<string, number>
  readonly missing: readonly string[]
  /** Other names in the row, as they stand there. */
  readonly extra: readonly { readonly name: string; readonly columnIndex: number }[]
  /** Expected names that stand in the row more than once. */
  readonly duplicated: readonly string[]
}

/** Rows looked at: a title, a remark and a merged group header may stand above the names. */
const SEARCHED_ROWS = 20

/**
 * Finds the row of column names: the one of the first 20 that holds most of the expected names, in any order and among
 * others; the upper one when two hold as many. Names are compared by `normalizeName`. Undefined when no row has any.
 */
export function findHeader(rows: readonly Row[], expectedNames: readonly string[]): HeaderMatch | undefined {
  const expected = new Map(expectedNames.map((name) => [normalizeName(name), name]))
  let best: HeaderMatch | undefined
  for (const row of rows.slice(0, SEARCHED_ROWS)) {
    const match = matchRow(row, expected)
    if (match.columns.size > (best?.columns.size ?? 0)) best = match
  }
  return best
}

function matchRow(row: Row, expected: ReadonlyMap<string, string>): HeaderMatch {
  const columns = new Map<string, number>()
  const extra: { name: string; columnIndex: number }[] = []
  const duplicated = new Set<string>()
  for (const [columnIndex, text] of row.cells.entries()) {
    const normal = normalizeName(text)
    const name = expected.get(normal)
    if (name === undefined) {
      if (normal !== '') extra.push({ name: text, columnIndex })
    } else if (columns.has(name)) duplicated.add(name)
    else columns.set(name, columnIndex)
  }
  const missing = [...expected.values()].filter((name) => !columns.has(name))
  return { row, columns, missing, extra, duplicated: [...duplicated] }
}
