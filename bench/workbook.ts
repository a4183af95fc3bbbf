// Reading and writing 73 columns: ours, the floor, and what SheetJS and exceljs take, each in a process of its own.
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { makeTemporaryFolder } from '../prisma/src/embedded-postgres.ts'
import { type Cost, median, type Result, show } from './results.ts'

const RUNS = 3
const CONTESTANT = join(import.meta.dirname, '..', 'packages', 'workbook', 'bench', 'contestant.ts')

/** Reads and writes rosters of these sizes; the libraries are asked for the largest only. */
export function benchWorkbook(sizes: readonly number[] = [5_000, 100_000]): Result[] {
  const folder = makeTemporaryFolder('xueji-bench-')
  try {
    const largest = Math.max(...sizes)
    return sizes.flatMap((rows) => {
      const results: Result[] = []
      for (const kind of ['excel', 'own']) {
        const path = join(folder, `${kind}-${rows}.xlsx`)
        run('make', kind, rows, path)
        const others = rows === largest && kind === 'own' ? libraries('read', rows, path) : undefined
        results.push(compare('read', kind === 'excel' ? 'as Excel saves' : 'as we write', rows, path, others))
      }
      results.push(
        compare('write', 'text cells', rows, '-', rows === largest ? libraries('write', rows, '-') : undefined),
      )
      return results
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function compare(job: string, step: string, rows: number, path: string, others?: Record<string, Cost>): Result {
  const pairs = Array.from({ length: RUNS }, () => ({
    ours: cost(job, 'ours', rows, path),
    floor: cost(job, 'floor', rows, path),
  }))
  return show({
    bench: job,
    step,
    rows,
    seconds: median(pairs.map(({ ours }) => ours.seconds)),
    floor: median(pairs.map(({ floor }) => floor.seconds)),
    peakMegabytes: Math.max(...pairs.map(({ ours }) => ours.peakMegabytes)),
    ...(others ? { others } : {}),
  })
}

const libraries = (job: string, rows: number, path: string): Record<string, Cost> => ({
  xlsx: cost(job, 'xlsx', rows, path),
  exceljs: cost(job, 'exceljs', rows, path),
})

const cost = (job: string, who: string, rows: number, path: string): Cost =>
  JSON.parse(run(job, who, rows, path)) as Cost

const run = (job: string, who: string, rows: number, path: string): string =>
  execFileSync(
    process.execPath,
    ['--max-old-space-size=8192', '--expose-gc', '--import', 'tsx', CONTESTANT, job, who, String(rows), path],
    { encoding: 'utf8', maxBuffer: 1 << 26 },
  )
