import type { ProgressConditions, ProgressRow } from './progress.api.ts'

/** What the list may be ordered by. */
export const PROGRESS_ORDERS = [
  { value: 'tree', label: '机构次序' },
  { value: 'overdue', label: '超期人数（多→少）' },
  { value: 'unfinished', label: '未完成人数（多→少）' },
  { value: 'verified', label: '认证率（低→高）' },
  { value: 'photographed', label: '照片率（低→高）' },
] as const
type ProgressOrder = (typeof PROGRESS_ORDERS)[number]['value']

/** What of it may be looked at alone. */
export const ONLY_WORDS = { unfinished: '有未完成的', none: '尚未录入的' } as const

/** Conditions of the list; all rows are here already. */
export type ProgressFilter = Omit<ProgressConditions, 'orgId'>

/** Under way, with whomever. */
export const unfinishedOf = (row: ProgressRow): number => row.waiting + row.returned

/** Share of resident cards the register confirmed, of those it has answered for; undefined when it has answered for none. */
export const verifiedShare = (row: Pick<ProgressRow, 'verified' | 'unverified'>): number | undefined =>
  row.verified + row.unverified === 0 ? undefined : row.verified / (row.verified + row.unverified)

/** Share of the registered who have their photograph; undefined when nobody is registered. A child may have moved on: never above one. */
export const photoShare = (row: Pick<ProgressRow, 'registered' | 'photographed'>): number | undefined =>
  row.registered === 0 ? undefined : Math.min(1, row.photographed / row.registered)

/** A share as 98.6%; never rounded up to 100%. */
export const shareText = (share: number | undefined): string =>
  share === undefined ? '—' : `${Math.floor(share * 1000) / 10}%`

const ORDERS: Readonly<Record<ProgressOrder, (a: ProgressRow, b: ProgressRow) => number>> = {
  tree: () => 0,
  overdue: (a, b) => b.overdue - a.overdue,
  unfinished: (a, b) => unfinishedOf(b) - unfinishedOf(a),
  verified: (a, b) => (verifiedShare(a) ?? 2) - (verifiedShare(b) ?? 2),
  photographed: (a, b) => (photoShare(a) ?? 2) - (photoShare(b) ?? 2),
}

/** The rows that meet the conditions, in the order wished; equals keep the order of the tree. */
export function progressRows(
  rows: readonly ProgressRow[],
  { name, only, order = 'tree' }: ProgressFilter,
): ProgressRow[] {
  return rows
    .filter((row) => !name || row.orgName.includes(name.trim()))
    .filter((row) => only !== 'unfinished' || unfinishedOf(row) > 0)
    .filter((row) => only !== 'none' || row.registered + unfinishedOf(row) === 0)
    .sort(ORDERS[order])
}

/** All rows in one. */
export function sumOf(
  rows: readonly ProgressRow[],
): Record<'registered' | 'unfinished' | 'overdue' | 'schools' | 'overdueSchools', number> {
  const add = (of: (row: ProgressRow) => number): number => rows.reduce((sum, row) => sum + of(row), 0)
  return {
    registered: add((row) => row.registered),
    unfinished: add(unfinishedOf),
    overdue: add((row) => row.overdue),
    schools: add((row) => row.schools),
    overdueSchools: add((row) => row.overdueSchools),
  }
}
