import type { ReactNode } from 'react'

/** One column of a list; `hidden` columns are off until the account turns them on. */
export type ListColumn<Row> = {
  readonly key: string
  readonly title: string
  readonly width?: number
  readonly align?: 'left' | 'right' | 'center'
  readonly fixed?: 'left' | 'right'
  readonly hidden?: boolean
  readonly render: (row: Row) => ReactNode
}

/** What an account changed about a list's columns: their order, and which are turned on or off against the default. */
export type ColumnSettings = { readonly order: readonly string[]; readonly shown: Readonly<Record<string, boolean>> }

/** No change. */
export const DEFAULT_COLUMNS: ColumnSettings = { order: [], shown: {} }

const DEFAULT_WIDTH = 120

type Described = Pick<ListColumn<never>, 'key' | 'hidden' | 'fixed' | 'width' | 'align'>

/** True when a column is to be seen. */
export const isShown = (column: Described, settings: ColumnSettings): boolean =>
  settings.shown[column.key] ?? !column.hidden

/** All columns in the account's order; columns it has never seen stay behind their neighbour of the default order. */
export function orderColumns<Column extends Described>(columns: readonly Column[], settings: ColumnSettings): Column[] {
  const known = settings.order.filter((key) => columns.some((column) => column.key === key))
  const result = known.map((key) => columns.find((column) => column.key === key)!)
  for (const [index, column] of columns.entries()) {
    if (known.includes(column.key)) continue
    const before = columns[index - 1]
    result.splice(before ? result.indexOf(before) + 1 : 0, 0, column)
  }
  return result
}

/** The columns to show: ordered, hidden ones left out, those fixed left first and those fixed right last. */
export function arrangeColumns<Column extends Described>(
  columns: readonly Column[],
  settings: ColumnSettings,
): Column[] {
  const shown = orderColumns(columns, settings).filter((column) => isShown(column, settings))
  const rank = { left: 0, none: 1, right: 2 }
  return shown.sort((a, b) => rank[a.fixed ?? 'none'] - rank[b.fixed ?? 'none'])
}

/** Moves a column one place up or down in the order. */
export function moveColumn(keys: readonly string[], key: string, step: -1 | 1): string[] {
  const from = keys.indexOf(key)
  const to = from + step
  if (from < 0 || to < 0 || to >= keys.length) return [...keys]
  const moved = [...keys]
  moved.splice(to, 0, ...moved.splice(from, 1))
  return moved
}

/**
 * Widths in pixels that fill `available`: what is left over goes to the left-aligned columns that are not fixed, in proportion;
 * a table wider than that scrolls within itself.
 */
export function spreadWidths(columns: readonly Described[], available: number): number[] {
  const widths = columns.map((column) => column.width ?? DEFAULT_WIDTH)
  const spare = available - sum(widths)
  if (spare <= 0) return widths
  const elastic = columns.map((column) => !column.fixed && (column.align ?? 'left') === 'left')
  const takers = elastic.includes(true) ? elastic : columns.map(() => true)
  const base = sum(widths.filter((_, index) => takers[index]))
  const spread = widths.map((width, index) => (takers[index] ? Math.floor(width + (spare * width) / base) : width))
  // What rounding left goes to the last of them, so that the table ends at the edge.
  const last = takers.lastIndexOf(true)
  return spread.map((width, index) => (index === last ? width + available - sum(spread) : width))
}

/** Distance of each fixed column from its edge, `lead` pixels being taken by the selection column. */
export function fixedOffsets(
  columns: readonly Described[],
  widths: readonly number[],
  lead: number,
): (number | undefined)[] {
  return columns.map((column, index) => {
    if (column.fixed === 'left') return lead + sum(widths.slice(0, index))
    if (column.fixed === 'right') return sum(widths.slice(index + 1))
    return undefined
  })
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)
