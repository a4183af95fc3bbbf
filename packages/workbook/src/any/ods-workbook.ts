import { portableCodec } from '../codec/portable-codec.ts'
import { partText, toUtf8 } from '../read/part-encoding.ts'
import { RefusedError } from '../read/refusal.ts'
import type { Row } from '../read/row.ts'
import { scanXml } from '../read/xml-text.ts'
import { readZipDirectory, type ZipEntry } from '../read/zip-directory.ts'
import { readEntry, readWholeEntry } from '../read/zip-entry.ts'
import type { AnySheet, SlowInput } from './any-sheet.ts'
import { OdsScanner } from './ods-scanner.ts'
import { inBatches } from './row-batches.ts'

/**
 * The sheets of an OpenDocument spreadsheet. Its one part is read from the start for every sheet, a row at a time, under the limits an .xlsx
 * is under. Not by the library `xlsx`, which holds the part several times over, drops values of cells without a paragraph and
 * repeats rows as often as the file says.
 */
export async function openOds(input: SlowInput): Promise<readonly AnySheet[]> {
  const entries = await readZipDirectory(input.source, input.limits.entries)
  if (entries.some(({ name }) => /^(basic|scripts)\//i.test(name))) throw new RefusedError('macro')
  await checkManifest(input, entries)
  const content = entries.find(({ name }) => name === 'content.xml')
  if (content === undefined) throw new RefusedError('damaged', 'content.xml')
  const scanner = new OdsScanner(-1)
  for await (const _ of scan(input, content, scanner)) throw new RefusedError('damaged', 'content.xml')
  if (!scanner.isSpreadsheet) throw new RefusedError('notWorkbook', 'opendocument')
  if (scanner.sheets.length === 0) throw new RefusedError('noSheet')
  return scanner.sheets.map(
    ({ name, hidden }, index): AnySheet => ({
      name,
      hidden,
      rows: (options) => {
        const one = new OdsScanner(index)
        const progress = () => one.bytesSeen / content.uncompressedSize
        return inBatches(scan(input, content, one), input.limits.cells, progress, options)
      },
    }),
  )
}

async function* scan({ source, options }: SlowInput, content: ZipEntry, scanner: OdsScanner): AsyncGenerator<Row> {
  for await (const chunk of toUtf8(readEntry(source, content, options.codec ?? portableCodec))) {
    yield* scanner.push(chunk)
    if (scanner.isDone) return
  }
  yield* scanner.finish()
}

/** Each part of a protected file is encrypted by itself, and the manifest says how. */
async function checkManifest({ source, limits, options }: SlowInput, entries: readonly ZipEntry[]): Promise<void> {
  const manifest = entries.find(({ name }) => name === 'META-INF/manifest.xml')
  if (manifest === undefined) return
  const bytes = await readWholeEntry(source, manifest, options.codec ?? portableCodec, limits.partBytes)
  scanXml(partText(bytes), {
    open: (name) => {
      if (name === 'encryption-data') throw new RefusedError('encrypted')
    },
  })
}
