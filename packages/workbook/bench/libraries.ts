import { createWriteStream, readFileSync, writeFileSync } from 'node:fs'
import exceljs from 'exceljs'
import * as xlsx from 'xlsx'

/** A library to be compared with. */
export type Library = 'xlsx' | 'exceljs'

/** The rows of a file's first sheet as the library reads them: SheetJS the whole workbook at once, exceljs as a stream. */
export async function* readBy(who: Library, path: string): AsyncGenerator<string[]> {
  if (who === 'xlsx') {
    const book = xlsx.read(readFileSync(path), { dense: true })
    yield* xlsx.utils.sheet_to_json<string[]>(book.Sheets[book.SheetNames[0]!]!, { header: 1, raw: false, defval: '' })
    return
  }
  const reader = new exceljs.stream.xlsx.WorkbookReader(path, { sharedStrings: 'cache', styles: 'cache' })
  for await (const sheet of reader) {
    for await (const row of sheet) {
      const texts: string[] = []
      row.eachCell((cell, column) => {
        texts[column - 1] = cell.text
      })
      yield texts
    }
    return
  }
}

/** Writes rows to a file: SheetJS holds all of them, exceljs hands them on. */
export async function writeBy(who: Library, path: string, rows: AsyncIterable<readonly string[]>): Promise<void> {
  if (who === 'xlsx') {
    const all: (readonly string[])[] = []
    for await (const row of rows) all.push(row)
    const sheet = xlsx.utils.aoa_to_sheet(all as string[][], { dense: true })
    writeFileSync(path, xlsx.write(xlsx.utils.book_new(sheet, 'Sheet1'), { type: 'buffer', compression: true }))
    return
  }
  const writer = new exceljs.stream.xlsx.WorkbookWriter({ stream: createWriteStream(path) })
  const sheet = writer.addWorksheet('Sheet1')
  for await (const row of rows) sheet.addRow([...row]).commit()
  await writer.commit()
}
