import { DEFAULT_LIMITS } from '../read/limits.ts'
import { type OpenOptions, openWorkbook } from '../read/open-workbook.ts'
import { type Refusal, refusalOf } from '../read/refusal.ts'
import { asRandomAccess, type WorkbookSource } from '../read/source.ts'
import { type AnySheet, anySheet, type SlowInput } from './any-sheet.ts'

export type AnyOpened =
  | { readonly ok: true; readonly sheets: readonly AnySheet[] }
  | { readonly ok: false; readonly refusal: Refusal }

type SlowFormat = 'xls' | 'ods' | 'csv'

/** What is not .xlsx is held in memory, wholly or in part. */
const MAX_SLOW_BYTES = 10 * 1024 * 1024

/**
 * Like `openWorkbook` for every kind of file a roster comes in: .xlsx streams; .xls, .ods and .csv of up to 10 MB go a slower
 * road to the same rows. What the file is, its content says, never its name. Their readers are loaded when the first such file comes.
 *
 * An .xls is read by a library that trusts its input: do this in a process whose memory and time are limited.
 */
export async function openAnyWorkbook(source: WorkbookSource, options: OpenOptions = {}): Promise<AnyOpened> {
  const opened = await openWorkbook(source, options)
  if (opened.ok) {
    return { ok: true, sheets: opened.sheets.map(anySheet) }
  }
  const format = slowFormat(opened.refusal)
  if (format === undefined) return opened
  const access = asRandomAccess(source)
  if (access.size > MAX_SLOW_BYTES) return { ok: false, refusal: { code: 'tooLargeUnlessXlsx', detail: format } }
  try {
    const input = { source: access, limits: { ...DEFAULT_LIMITS, ...options.limits }, options }
    return { ok: true, sheets: await openSlow(format, input) }
  } catch (error) {
    return { ok: false, refusal: refusalOf(error) }
  }
}

function slowFormat(refusal: Refusal): SlowFormat | undefined {
  if (refusal.code === 'legacyXls') return 'xls'
  if (refusal.code === 'openDocument') return 'ods'
  return refusal.code === 'text' && refusal.detail === 'csv' ? 'csv' : undefined
}

async function openSlow(format: SlowFormat, input: SlowInput): Promise<readonly AnySheet[]> {
  if (format === 'xls') return (await import('./xls-workbook.ts')).openXls(input)
  if (format === 'ods') return (await import('./ods-workbook.ts')).openOds(input)
  return (await import('./csv-sheet.ts')).openCsv(input)
}
