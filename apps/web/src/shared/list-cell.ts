import type { ListColumn } from './list-columns.ts'

/** Class and position of a cell: fixed columns stay at their edge. */
export function cellLook(
  column: Pick<ListColumn<never>, 'align' | 'fixed'>,
  offset: number | undefined,
): { className: string; style?: { left?: number; right?: number } } {
  const align = `xj-${column.align ?? 'left'}`
  if (offset === undefined) return { className: align }
  return column.fixed === 'left'
    ? { className: `${align} xj-fixed-left`, style: { left: offset } }
    : { className: `${align} xj-fixed-right`, style: { right: offset } }
}
