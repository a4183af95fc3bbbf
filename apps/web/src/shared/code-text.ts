import { codeTable } from '@xueji/contracts/codes/code-tables'

/** The name of a code in a table of the specification, the code itself when it is unknown, '' for none. */
export const codeText = (tableName: string, code: string | null | undefined): string => codeTable(tableName).label(code)

/** Choices of a table for a Select; `only` narrows and orders them. */
export function codeOptions(tableName: string, only?: readonly string[]): { value: string; label: string }[] {
  const { entries } = codeTable(tableName)
  const shown = only ? entries.filter((entry) => only.includes(entry.code)) : entries
  return shown.map((entry) => ({ value: entry.code, label: entry.name }))
}
