import type { CodeTable } from './code-table.ts'
import { COUNTRY } from './country.ts'
import { ETHNIC } from './ethnic.ts'
import * as school from './school-codes.ts'
import * as student from './student-codes.ts'

/** Every code table by its name. */
export const CODE_TABLES: Readonly<Record<string, CodeTable>> = { ...student, ...school, COUNTRY, ETHNIC }

/** The table a field names; throws on an unknown name, which is a bug. */
export function codeTable(name: string): CodeTable {
  const table = Object.hasOwn(CODE_TABLES, name) ? CODE_TABLES[name] : undefined
  if (!table) throw new Error(`unknown code table ${name}`)
  return table
}
