import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type BookChange, packBook } from '../testing/book-change.ts'
import { BYTE_CHANGES, SLIPS } from '../testing/byte-changes.ts'
import { SAMPLE_BOOK, type SampleBook, sampleParts } from '../testing/cell-samples.ts'
import { CHANGE_DIFFERENCES } from '../testing/change-differences.ts'
import type { ChangeDifference } from '../testing/difference-values.ts'
import { chanceOf } from '../testing/mutations.ts'
import { DIFFERENCES } from '../testing/oracle-differences.ts'
import { gridOf, readByExcelJs, readBySheetJs } from '../testing/oracle-readers.ts'
import { PACKAGE_CHANGES } from '../testing/package-changes.ts'
import { SHEET_CHANGES } from '../testing/sheet-changes.ts'
import { TABLE_CHANGES } from '../testing/table-changes.ts'
import { openWorkbook } from './open-workbook.ts'
import { readRows } from './read-rows.ts'
import type { Row } from './row.ts'

/** Many runs on a busy machine. */
const LONG = { timeout: 600_000 }
const SEED = 20261122
/** Workbooks that every change is made to. */
const BOOKS = 24
/** Files of every kind of damage, and of every slip. */
const DAMAGED_BOOKS = 64
const SLIPPED_BOOKS = 120
const DAMAGED_FILES = BYTE_CHANGES.length * DAMAGED_BOOKS + SLIPS.length * SLIPPED_BOOKS
const READERS = ['xlsx', 'exceljs'] as const
const CHANGES = [...SHEET_CHANGES, ...TABLE_CHANGES, ...PACKAGE_CHANGES]

/** An address billions of rows away. xlsx makes every row up to it, and never comes back. */
const FAR_AWAY = /\sr="[A-Z]*[\de.]{7,}"/

type Grid = readonly (readonly string[])[]
type Outcome = { readonly grid: Grid } | { readonly failed: string }
type Readings = Readonly<Record<'ours' | (typeof READERS)[number], Outcome>>

const met = new Set<ChangeDifference>()
const books = (count: number): SampleBook[] =>
  fc.sample(
    SAMPLE_BOOK.map((book) => ({ ...book, addressed: true })),
    { numRuns: count, seed: SEED },
  )

test(
  `${CHANGES.length * BOOKS} changed workbooks are read as xlsx and exceljs read them, but for what is listed`,
  LONG,
  async () => {
    const faults: string[] = []
    for (const change of CHANGES) {
      for (const [index, book] of books(BOOKS).entries()) {
        const bytes = packBook(change.apply({ parts: sampleParts(book) }, chanceOf(index)))
        faults.push(...judge(change, book, await readAll(bytes)))
      }
    }
    expect(faults).toEqual([])
  },
)

test(
  `${DAMAGED_FILES} damaged workbooks are refused, or read as one of the two that still opens them reads them`,
  LONG,
  async () => {
    const faults: string[] = []
    let compared = 0
    for (const change of [...BYTE_CHANGES, ...SLIPS]) {
      for (const [index, book] of books(SLIPS.includes(change) ? SLIPPED_BOOKS : DAMAGED_BOOKS).entries()) {
        const damaged = change.apply({ parts: sampleParts(book) }, chanceOf(index))
        if (damaged.parts.some(({ data }) => FAR_AWAY.test(String(data)))) continue
        const readings = await readAll(packBook(damaged))
        // Refused by name, or nothing to compare with.
        if (Object.values(readings).some((one) => 'failed' in one)) continue
        compared++
        faults.push(...judge(change, book, readings))
      }
    }
    expect(faults).toEqual([])
    expect(compared).toBeGreaterThan(DAMAGED_FILES / 2)
  },
)

test('every difference listed is met', () => {
  expect(
    CHANGE_DIFFERENCES.filter((one) => !met.has(one)).map(({ change, how, reader }) => [String(change), how, reader]),
  ).toEqual([])
})

/** What is wrong with what we read: differences that are not listed. */
function judge(change: BookChange, book: SampleBook, { ours, ...others }: Readings): string[] {
  const listed = (
    how: ChangeDifference['how'],
    reader?: (typeof READERS)[number],
    kind = '',
    theirs = '',
    our = '',
  ) => {
    const known = CHANGE_DIFFERENCES.find(
      (one) =>
        one.how === how &&
        one.reader === reader &&
        one.change.test(change.name) &&
        (one.kind?.test(kind) ?? true) &&
        (one.allows?.(theirs, our) ?? true),
    )
    if (known) met.add(known)
    return known !== undefined
  }
  if ('failed' in ours) return listed('refused') ? [] : [`${change.name}: refused ${ours.failed}`]
  const faults = READERS.flatMap((reader) => {
    const their = others[reader]
    return 'failed' in their && !listed('fails', reader) ? [`${change.name}: ${reader} fails, ${their.failed}`] : []
  })
  const meant = change.name === 'the other epoch' ? { ...book, epoch1904: !book.epoch1904 } : book
  for (const [row, column] of places([ours, ...READERS.map((reader) => others[reader])])) {
    const our = at(ours, row, column)
    const kind = book.rows[(row + 1) / (change.rows ?? 1) - 1]?.[column]?.kind ?? 'nothing'
    const differing = READERS.filter((reader) => 'grid' in others[reader] && at(others[reader], row, column) !== our)
    const unexplained = differing.filter(
      (reader) =>
        !DIFFERENCES.some(
          (one) =>
            one.reader === reader && one.kind.test(kind) && one.allows(at(others[reader], row, column), our, meant),
        ),
    )
    for (const reader of unexplained) {
      const their = at(others[reader], row, column)
      if (differing.length === 2 && listed('alone', undefined, kind, their, our)) continue
      if (unexplained.length === 1 && listed('differs', reader, kind, their, our)) continue
      faults.push(
        `${change.name}: ${kind} ${JSON.stringify({ our, [reader]: their, inner: book.rows[row]?.[column]?.inner })}`,
      )
    }
  }
  return faults
}

const at = (outcome: Outcome, row: number, column: number): string =>
  'grid' in outcome ? (outcome.grid[row]?.[column] ?? '') : ''

/** Every place where one of them has a cell; grids may have holes as wide as the format allows. */
function places(outcomes: readonly Outcome[]): (readonly [row: number, column: number])[] {
  const found = new Map<string, readonly [number, number]>()
  for (const outcome of outcomes) {
    if ('failed' in outcome) continue
    outcome.grid.forEach((cells, row) => {
      cells.forEach((_, column) => {
        found.set(`${row} ${column}`, [row, column])
      })
    })
  }
  return [...found.values()]
}

async function readAll(bytes: Uint8Array): Promise<Readings> {
  return {
    ours: await readByUs(bytes),
    xlsx: await outcomeOf(() => readBySheetJs(bytes)),
    exceljs: await outcomeOf(() => readByExcelJs(bytes)),
  }
}

async function outcomeOf(read: () => Grid | Promise<Grid>): Promise<Outcome> {
  try {
    return { grid: await read() }
  } catch (error) {
    return { failed: String(error) }
  }
}

/** A refusal is an outcome; anything thrown is a fault of ours and ends the test. */
async function readByUs(bytes: Uint8Array): Promise<Outcome> {
  const opened = await openWorkbook(bytes)
  if (!opened.ok) return { failed: opened.refusal.code }
  const rows: Row[] = []
  for await (const batch of readRows(opened.sheets[0]!)) {
    if (!batch.ok) return { failed: batch.refusal.code }
    rows.push(...batch.rows)
  }
  return { grid: gridOf(rows) }
}
