// npm run guards: every check that is not lint or types. Prints each fault and a count; ends with 1 when there is any.
import { spawnSync } from 'node:child_process'
import { ROOT } from '../lib/run.mjs'
import * as deadCode from './dead-code.mjs'
import * as domainPurity from './domain-purity.mjs'
import * as fileLength from './file-length.mjs'
import * as glossary from './glossary.mjs'
import * as importWalls from './import-walls.mjs'
import * as traces from './traces.mjs'

const migrationDrift = {
  name: 'migration drift',
  check: () => {
    const code = `import('./scripts/guards/migration-drift.ts').then(async ({ findDrift }) => { process.stdout.write(await findDrift()); process.exit(0) })`
    const result = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
      cwd: ROOT,
      encoding: 'utf8',
    })
    if (result.status !== 0) return [result.stderr]
    return result.stdout.trim() === '' ? [] : [`schema and migrations disagree:\n${result.stdout}`]
  },
}

let passed = 0
let failed = 0
for (const guard of [importWalls, domainPurity, fileLength, glossary, traces, deadCode, migrationDrift]) {
  const faults = guard.check(ROOT, ROOT)
  if (faults.length === 0) passed++
  else failed++
  console.log(`${faults.length === 0 ? '✓' : '✗'} ${guard.name}`)
  for (const fault of faults) console.log(`    ${fault}`)
}
console.log(`guards: ${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
