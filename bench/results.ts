// What the benches found, said as it is found and kept as a table: ratios to floors of the same run, never figures to compare between machines.
import { writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'

/** What something took: seconds by the clock, and by how many MB its process grew. */
export type Cost = { readonly seconds: number; readonly peakMegabytes: number }

/** One step of one bench. Seconds by the clock; `floor` in the same run on the same data; memory in MB. */
export type Result = {
  readonly bench: string
  readonly step: string
  readonly rows: number
  readonly seconds: number
  readonly floor?: number
  /** By how much the process grew, or how large the largest process of the system became. */
  readonly peakMegabytes?: number
  /** By how much a process of the system grew at most over what it held at rest, before anything was asked of it. */
  readonly overBase?: number
  /** The 99th percentile of a trivial request meanwhile, in milliseconds; and how much more that is than with nothing else to do. */
  readonly p99?: number
  readonly overIdle?: number
  /** How much longer one row took than it did in the smallest run of the step: 1 is linear. */
  readonly growth?: number
  /** What well-known libraries take for the same step, each in a process of its own. */
  readonly others?: Readonly<Record<string, Cost>>
}

/** The machine in words that name nobody: cores and memory. */
export const machine = (): string => `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`

/** The one in the middle of several figures. */
export const median = (figures: readonly number[]): number =>
  figures.toSorted((one, other) => one - other)[Math.floor(figures.length / 2)]!

/** Prints one result. */
export function show(result: Result): Result {
  const { bench, step, rows, seconds, floor, peakMegabytes, overBase, p99, overIdle, growth, others } = result
  const parts = [
    `${bench} ${step}`.padEnd(24),
    `${rows} rows`.padStart(13),
    `${seconds.toFixed(2)} s`.padStart(9),
    `${Math.round(rows / seconds)} rows/s`.padStart(15),
    ...(peakMegabytes === undefined ? [] : [`peak ${peakMegabytes} MB`]),
    ...(overBase === undefined ? [] : [`+${overBase} MB`]),
    ...(p99 === undefined ? [] : [`p99 ${p99.toFixed(0)} ms`]),
    ...(overIdle === undefined ? [] : [`idle ${overIdle < 0 ? '' : '+'}${overIdle.toFixed(0)} ms`]),
    ...(floor === undefined ? [] : [`floor ${floor.toFixed(2)} s  ratio ${(seconds / floor).toFixed(2)}`]),
    ...(growth === undefined ? [] : [`growth ${growth.toFixed(2)}`]),
    ...Object.entries(others ?? {}).map(([name, took]) => `${name} ${costText(took)}`),
  ]
  console.log(parts.join('  '))
  return result
}

const costText = (cost: Cost | undefined): string =>
  cost ? `${cost.seconds.toFixed(1)} s, ${cost.peakMegabytes} MB` : ''

/** The same, each step with how it grew from its smallest run on. */
const withGrowth = (results: readonly Result[]): Result[] =>
  results.map((result) => {
    const first = results.find(({ bench, step }) => bench === result.bench && step === result.step)
    if (!first || first.rows >= result.rows || result.growth !== undefined) return result
    return { ...result, growth: result.seconds / result.rows / (first.seconds / first.rows) }
  })

/** Writes the table; `idle` is the 99th percentile of a trivial request with nothing else to do, in milliseconds. */
export function writeResults(results: readonly Result[], idle?: number): void {
  const cell = (value: number | undefined, digits: number): string => (value === undefined ? '' : value.toFixed(digits))
  const lines = withGrowth(results).map(
    ({ bench, step, rows, seconds, floor, peakMegabytes, overBase, p99, overIdle, growth, others }) =>
      `| ${bench} | ${step} | ${rows} | ${cell(seconds, 2)} | ${Math.round(rows / seconds)} | ${cell(floor, 2)} | ${
        floor === undefined ? '' : `**${(seconds / floor).toFixed(2)}**`
      } | ${cell(growth, 2)} | ${costText(others?.xlsx)} | ${costText(others?.exceljs)} | ${cell(peakMegabytes, 0)} | ${cell(overBase, 0)} | ${cell(p99, 0)} | ${cell(overIdle, 0)} |`,
  )
  const text = `# Measured

By \`npm run bench\`, on ${machine()}. Seconds mean nothing on another machine; what counts is the ratio to the floor, measured in the same run on the
same data.${idle === undefined ? '' : ` A trivial request took ${idle.toFixed(0)} ms (p99) with nothing else to do.`}
What changes nothing is timed several times, in turn with its floor, and the middle counts; of memory and p99, watched meanwhile, the worst.

| bench | step | rows | seconds | rows/s | floor, s | ratio | growth per row | SheetJS | exceljs | peak, MB | over base, MB | p99 meanwhile, ms | over idle, ms |
|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
${lines.join('\n')}
`
  writeFileSync(join(import.meta.dirname, 'RESULTS.md'), text)
}
