import type { CorrectionLine } from '@xueji/contracts/pipeline/import.api'

/** A line of 修改记录, and the rows left out or taken in with it: one step reads as one line. */
export type LogLine = CorrectionLine & { readonly rowNumbers: readonly number[] }

const NAMED = 5

/** Lines with rows left out, or taken in again, by one step joined; corrections of cells each by itself. */
export function joinLines(lines: readonly CorrectionLine[]): LogLine[] {
  const joined: LogLine[] = []
  for (const line of lines) {
    const last = joined.at(-1)
    if (last && line.act !== 'edit' && stepOf(last) === stepOf(line))
      joined[joined.length - 1] = { ...last, rowNumbers: [line.rowNumber, ...last.rowNumbers] }
    else joined.push({ ...line, rowNumbers: [line.rowNumber] })
  }
  return joined
}

const stepOf = ({ at, accountName, act, undone }: CorrectionLine): string =>
  JSON.stringify([at, accountName, act, undone])

/** The rows in words; of many the first few. */
export function rowsText(rowNumbers: readonly number[]): string {
  const named = rowNumbers.slice(0, NAMED).join('、')
  return rowNumbers.length > NAMED ? `第 ${named} … 等 ${rowNumbers.length} 行` : `第 ${named} 行`
}
