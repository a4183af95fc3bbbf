import { expect, test } from 'vitest'
import { nodeCodec } from '../node/node-codec.ts'
import { OPTIONS } from '../testing/marked.ts'
import { mustOpen } from '../testing/tiny-workbook.ts'
import { writeWorkbook } from '../write/workbook-stream.ts'
import { markWorkbook } from './mark-workbook.ts'
import type { Mark } from './marks.ts'

const LONG = { timeout: 60_000 }
const error = (row: number, column: number): Mark => ({ row, column, severity: 'error', comment: '请核对' })

test('10,000 marks in a sheet of 20,000 rows come in small pieces', LONG, async () => {
  const rows = function* () {
    for (let i = 0; i < 20_000; i++) yield Array.from({ length: 30 }, (_, c) => `值${i * c}`)
  }
  const columns = Array.from({ length: 30 }, (_, i) => ({ header: `列${i}`, text: true }))
  const original = await writeWorkbook(
    { sheets: [{ kind: 'table', name: 'S', columns, rows: rows() }] },
    { codec: nodeCodec },
  )
  const marks = Array.from({ length: 10_000 }, (_, i) => error(2 + i * 2, i % 31))
  const { sheets } = await mustOpen(original, { codec: nodeCodec })
  const marked = await markWorkbook(sheets[0]!, marks, { ...OPTIONS, level: 1 })
  if (!marked.ok) throw new Error(marked.code)
  let largest = 0
  let size = 0
  for await (const chunk of marked.chunks) {
    size += chunk.length
    largest = Math.max(largest, chunk.length)
  }
  expect(size).toBeGreaterThan(original.length)
  expect(largest).toBeLessThan(4 << 20)
})
