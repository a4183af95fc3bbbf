import { useRef } from 'react'

/** Selection of a list, kept by the page as a map so that it spans pages of the list. */
export type ListSelection<Row> = {
  readonly mode: 'none' | 'one' | 'many'
  readonly selected: ReadonlyMap<string, Row>
  readonly onChange: (next: ReadonlyMap<string, Row>) => void
  /** Why a row cannot be chosen; undefined when it can. */
  readonly disabledRow?: (row: Row) => string | undefined
}

/** What head and rows need to know and do about the selection. */
export type Choice<Row> = {
  readonly many: boolean
  readonly any: boolean
  readonly all: boolean
  readonly some: boolean
  readonly has: (key: string) => boolean
  readonly reasonAgainst: (row: Row) => string | undefined
  /** With `through` everything between the row chosen before and this one follows (Shift). */
  readonly toggle: (row: Row, through: boolean) => void
  readonly toggleAll: () => void
}

/** The selection as the rows of one page see it; undefined when the list has none. */
export function useSelection<Row>(
  rows: readonly Row[],
  rowKey: (row: Row) => string,
  selection: ListSelection<Row> | undefined,
): Choice<Row> | undefined {
  const anchor = useRef<string | undefined>(undefined)
  if (!selection || selection.mode === 'none') return undefined
  const { selected, onChange } = selection
  const reasonAgainst = (row: Row): string | undefined => selection.disabledRow?.(row)
  const free = rows.filter((row) => reasonAgainst(row) === undefined)
  const chosen = free.filter((row) => selected.has(rowKey(row)))
  const all = free.length > 0 && chosen.length === free.length
  return {
    many: selection.mode === 'many',
    any: free.length > 0,
    all,
    some: chosen.length > 0,
    has: (key) => selected.has(key),
    reasonAgainst,
    toggle: (row, through) => {
      if (reasonAgainst(row) !== undefined) return
      const key = rowKey(row)
      const on = !selected.has(key)
      const span = through ? between(free, rowKey, anchor.current, key) : [row]
      anchor.current = key
      onChange(selection.mode === 'one' ? new Map(on ? [[key, row]] : []) : withRows(selected, span, rowKey, on))
    },
    toggleAll: () => onChange(withRows(selected, free, rowKey, !all)),
  }
}

/** The selection with rows added or taken out. */
export function withRows<Row>(
  selected: ReadonlyMap<string, Row>,
  rows: readonly Row[],
  rowKey: (row: Row) => string,
  on: boolean,
): Map<string, Row> {
  const next = new Map(selected)
  for (const row of rows) {
    if (on) next.set(rowKey(row), row)
    else next.delete(rowKey(row))
  }
  return next
}

/** The rows from one key to another, both included, whichever comes first; only the second when the first is not on the page. */
export function between<Row>(
  rows: readonly Row[],
  rowKey: (row: Row) => string,
  from: string | undefined,
  to: string,
): Row[] {
  const a = rows.findIndex((row) => rowKey(row) === from)
  const b = rows.findIndex((row) => rowKey(row) === to)
  return a < 0 ? rows.slice(b, b + 1) : rows.slice(Math.min(a, b), Math.max(a, b) + 1)
}
