import { openFileSource } from '@xueji/workbook/node/file-source'
import { nodeCodec } from '@xueji/workbook/node/node-codec'
import { openWorkbook } from '@xueji/workbook/read/open-workbook'
import { readRows } from '@xueji/workbook/read/read-rows'

/** The rows of a file's first sheet as texts by header, read with the package's own reader; empty cells are left out. */
export async function readExported(path: string): Promise<Record<string, string>[]> {
  const source = await openFileSource(path)
  try {
    const opened = await openWorkbook(source, { codec: nodeCodec })
    if (!opened.ok) throw new Error(opened.refusal.code)
    let headers: readonly string[] | undefined
    const rows: Record<string, string>[] = []
    for await (const batch of readRows(opened.sheets[0]!)) {
      if (!batch.ok) throw new Error(batch.refusal.code)
      for (const { cells } of batch.rows)
        if (headers) rows.push(Object.fromEntries(cells.flatMap((text, at) => (text ? [[headers![at]!, text]] : []))))
        else headers = cells
    }
    return rows
  } finally {
    await source.close()
  }
}
