import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RESIDENT_NEWCOMER_TEMPLATE } from '@xueji/contracts/rooms/registration/registration.template'
import { tinyXls, type XlsCell, xlsFormula, xlsText } from '@xueji/workbook/testing/tiny-xls'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openRoster } from './read-roster.ts'

// A library reads .xls whole and trusts it: whatever that leads to ends the reading process and nothing else.

const log = pino({ level: 'silent' })
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'xueji-read-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

async function failureOf(bytes: Uint8Array, limits: Partial<Parameters<typeof openRoster>[3]>) {
  const path = join(folder, 'roster')
  writeFileSync(path, bytes)
  const all = { timeMillis: 60_000, heapMegabytes: 384, residentMegabytes: 768, ...limits }
  const roster = await openRoster(path, RESIDENT_NEWCOMER_TEMPLATE, log, all)
  if (!('refused' in roster)) throw new Error('was read')
  return roster.refused
}

/** Every formula is compared with every array formula before it: minutes of work in a small file. */
function quadraticXls(): Uint8Array {
  const range = Uint8Array.of(0, 0, 0, 0, 0, 0, 7, 0, 0x1e, 1, 0, 0x1e, 2, 0, 0x03)
  const array: XlsCell = { type: 0x0221, data: range }
  return tinyXls({
    rows: [Array.from({ length: 60_000 }, () => array), Array.from({ length: 60_000 }, () => xlsFormula(3))],
  })
}

it('an .xls that keeps the library busy is given up', { timeout: 60_000 }, async () => {
  expect(await failureOf(quadraticXls(), { timeMillis: 5000 })).toEqual({ code: 'tooSlow' })
})

const wide = () =>
  tinyXls({ rows: Array.from({ length: 6000 }, (_, i) => Array.from({ length: 50 }, (_, c) => xlsText(`${i} ${c}`))) })

it('an .xls that fills the heap ends its process, and is said to be too large', { timeout: 60_000 }, async () => {
  expect(await failureOf(wide(), { heapMegabytes: 40 })).toEqual({ code: 'tooLarge' })
})

it('an .xls that fills the memory beside the heap is ended', { timeout: 60_000 }, async () => {
  expect(await failureOf(wide(), { residentMegabytes: 120 })).toEqual({ code: 'tooLarge' })
})
