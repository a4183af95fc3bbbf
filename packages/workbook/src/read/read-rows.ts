import { ByteWindow } from './byte-window.ts'
import type { CellContext } from './cell-reader.ts'
import type { Container, Sheet } from './open-workbook.ts'
import { partText, toUtf8 } from './part-encoding.ts'
import { type Refusal, refusalOf } from './refusal.ts'
import type { Row } from './row.ts'
import { NO_STRINGS, readSharedStrings, type SharedStrings } from './shared-strings.ts'
import { SheetScanner } from './sheet-scanner.ts'
import { type CellStyles, NO_STYLES, parseStyles } from './styles.ts'
import type { ZipEntry } from './zip-directory.ts'
import { readEntry, readWholeEntry } from './zip-entry.ts'

/** Some rows, or the reason why no more can be read. Nothing follows a refusal. */
export type RowBatch =
  | {
      readonly ok: true
      readonly rows: readonly Row[]
      /** How much of the sheet is read, 0 … 1. */
      readonly progress: number
    }
  | { readonly ok: false; readonly refusal: Refusal }

export type ReadOptions = {
  /** Rows handed out at once, about; 1,000 when left out. */
  readonly batchRows?: number
}

/** Rows are handed out after this much of the part at the latest, so that few rows of enormous cells do not pile up. */
const BATCH_BYTES = 4 * 1024 * 1024

/**
 * The rows of a sheet that have any text, in the order of the file, hidden ones included. The sheet is unpacked and
 * scanned as the caller asks for more, in memory that does not grow with it; leaving the loop stops the work. Shared
 * strings are read first, each time.
 */
export async function* readRows(sheet: Sheet, options: ReadOptions = {}): AsyncGenerator<RowBatch> {
  try {
    yield* scanSheet(sheet, options.batchRows ?? 1000)
  } catch (error) {
    yield { ok: false, refusal: refusalOf(error) }
  }
}

async function* scanSheet(sheet: Sheet, batchRows: number): AsyncGenerator<RowBatch> {
  const { container, entry } = sheet.content
  const scanner = new SheetScanner(await loadContext(sheet))
  const window = new ByteWindow()
  const scan = () => window.consume(scanner.scan(window.bytes, window.length))
  const take = (progress: number): RowBatch => {
    const rows = scanner.rows
    scanner.rows = []
    return { ok: true, rows, progress }
  }
  let seen = 0
  let taken = 0
  for await (const chunk of toUtf8(readEntry(container.source, entry, container.codec))) {
    seen += chunk.length
    if (window.append(chunk)) scan()
    const enough = scanner.rows.length >= batchRows || (scanner.rows.length > 0 && seen - taken >= BATCH_BYTES)
    if (!enough) continue
    taken = seen
    yield take(Math.min(1, seen / entry.uncompressedSize))
  }
  scan()
  scanner.finish()
  if (scanner.rows.length > 0) yield take(1)
}

async function loadContext(sheet: Sheet): Promise<CellContext> {
  const { container, epoch1904 } = sheet.content
  return {
    strings: await loadStrings(container, sheet.content.strings),
    styles: await loadStyles(container, sheet.content.styles),
    epoch1904,
    maxCells: container.limits.cells,
  }
}

async function loadStrings(container: Container, entry: ZipEntry | undefined): Promise<SharedStrings> {
  return entry === undefined
    ? NO_STRINGS
    : readSharedStrings(toUtf8(readEntry(container.source, entry, container.codec)))
}

async function loadStyles(container: Container, entry: ZipEntry | undefined): Promise<CellStyles> {
  if (entry === undefined) return NO_STYLES
  const { source, codec, limits } = container
  return parseStyles(partText(await readWholeEntry(source, entry, codec, limits.partBytes)))
}
