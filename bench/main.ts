// `npm run bench`: everything, and bench/RESULTS.md with it. `npm run bench -- workbook|nation|preschool|legacy|registration|export [sizes …]`: one of them, only
// said; `export` is the registration without its reviews.
import { benchLegacy } from './legacy.ts'
import { benchNation } from './nation.ts'
import { benchPreschool } from './preschool.ts'
import { benchRegistration } from './registration.ts'
import { machine, type Result, writeResults } from './results.ts'
import { benchWorkbook } from './workbook.ts'

const [only, ...rest] = process.argv.slice(2)
const sizes = rest.map(Number).filter((size) => size > 0)
const asked = sizes.length > 0 ? sizes : undefined
const results: Result[] = []
let idle: number | undefined

console.log(`machine: ${machine()}`)
if (!only || only === 'workbook') results.push(...benchWorkbook(asked))
if (!only || only === 'nation') results.push(...(await benchNation(asked)))
if (!only || only === 'preschool') results.push(...(await benchPreschool(asked)))
if (!only || only === 'legacy') results.push(...(await benchLegacy(asked)))
if (!only || only === 'registration') {
  const registration = await benchRegistration(asked ?? (only ? undefined : [5_000, 20_000, 100_000]))
  results.push(...registration.results)
  idle = registration.idle
}
if (only === 'export') await benchRegistration(asked ?? [100_000], 'export')
if (!only) writeResults(results, idle)
process.exit(0)
