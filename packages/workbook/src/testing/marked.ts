import { type MarkOptions, markWorkbook } from '../mark/mark-workbook.ts'
import type { Mark } from '../mark/marks.ts'
import { nodeCodec } from '../node/node-codec.ts'
import { asRandomAccess } from '../read/source.ts'
import { readZipDirectory } from '../read/zip-directory.ts'
import { readWholeEntry } from '../read/zip-entry.ts'
import { mustOpen } from './tiny-workbook.ts'
import { join } from './tiny-zip.ts'

export const OPTIONS: MarkOptions = { author: '学籍系统', styleName: '学籍系统标注' }

/** The workbook with marks on its first sheet. For tests. */
export async function mark(bytes: Uint8Array, marks: readonly Mark[], sheetIndex = 0): Promise<Uint8Array> {
  const { sheets } = await mustOpen(bytes, { codec: nodeCodec })
  const marked = await markWorkbook(sheets[sheetIndex]!, marks, OPTIONS)
  if (!marked.ok) throw new Error(`not markable: ${marked.code}`)
  const chunks: Uint8Array[] = []
  for await (const chunk of marked.chunks) chunks.push(chunk)
  return join(chunks)
}

/** The parts of a zip by name, as text. */
export async function partsOf(bytes: Uint8Array): Promise<Map<string, string>> {
  const source = asRandomAccess(bytes)
  const parts = new Map<string, string>()
  for (const entry of await readZipDirectory(source, 1000)) {
    parts.set(
      entry.name,
      new TextDecoder('utf-8', { ignoreBOM: true }).decode(await readWholeEntry(source, entry, nodeCodec, 1 << 28)),
    )
  }
  return parts
}
