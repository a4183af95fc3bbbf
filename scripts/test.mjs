// npm test: installs what is missing, then lint, types, guards, unit, database and browser tests; ends with `N passed, N failed`.
// `npm test -- unit db` runs only the named parts: lint types guards unit db e2e.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { findChromium } from './lib/chromium.mjs'
import { build, generate, install, requireNode } from './lib/prepare.mjs'
import { ROOT } from './lib/run.mjs'

const PARTS = ['lint', 'types', 'guards', 'unit', 'db', 'e2e']
const PROJECTS = [
  'packages/domain',
  'packages/domain/tsconfig.test.json',
  'packages/contracts',
  'packages/workbook',
  'prisma',
  'apps/api',
  'apps/identity-sandbox',
  'apps/web',
  'e2e',
  'scripts',
]
const chosen = process.argv.slice(2).filter((word) => PARTS.includes(word))
const wanted = (part) => chosen.length === 0 || chosen.includes(part)
const results = join(ROOT, 'test-results')

let passed = 0
let failed = 0
const count = (part, ok, bad) => {
  passed += ok
  failed += bad
  console.log(`— ${part}: ${ok} passed, ${bad} failed`)
}
const node = (args, options = {}) =>
  spawnSync(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'], ...options }).status === 0
const bin = (name, file, at = ROOT) => join(at, 'node_modules', name, file)

requireNode()
await install()
await generate()
mkdirSync(results, { recursive: true })

if (wanted('lint')) {
  const ok = node([bin('@biomejs/biome', 'bin/biome'), 'check', '--error-on-warnings', '.'])
  count('lint', ok ? 1 : 0, ok ? 0 : 1)
}
if (wanted('types')) {
  const bad = PROJECTS.filter((project) => !node([bin('typescript', 'bin/tsc'), '-p', project, '--noEmit']))
  count('types', PROJECTS.length - bad.length, bad.length)
}
if (wanted('guards')) {
  const run = spawnSync(process.execPath, [join(ROOT, 'scripts/guards/run.mjs')], { cwd: ROOT, encoding: 'utf8' })
  process.stdout.write(run.stdout)
  process.stderr.write(run.stderr)
  const counts = /guards: (\d+) passed, (\d+) failed/.exec(run.stdout)
  count('guards', Number(counts?.[1] ?? 0), Number(counts?.[2] ?? 1))
}
for (const part of ['unit', 'db']) if (wanted(part)) countVitest(part)
if (wanted('e2e')) await countPlaywright()

console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 && passed > 0 ? 0 : 1)

function countVitest(part) {
  const file = join(results, `${part}.json`)
  rmSync(file, { force: true })
  const ok = node([
    bin('vitest', 'vitest.mjs'),
    'run',
    '--project',
    part,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ])
  const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
  const bad =
    (report?.numFailedTests ?? 0) +
    (report?.testResults ?? []).filter((one) => one.status === 'failed' && one.assertionResults.length === 0).length
  count(part, report?.numPassedTests ?? 0, ok ? bad : Math.max(1, bad))
}

async function countPlaywright() {
  const chromium = await findChromium()
  await build()
  const file = join(results, 'e2e.json')
  rmSync(file, { force: true })
  const cli = join(ROOT, 'e2e', 'node_modules', '@playwright', 'test', 'cli.js')
  const ok = node([cli, 'test', '--reporter=list,json'], {
    cwd: join(ROOT, 'e2e'),
    env: {
      ...process.env,
      CHROMIUM_PATH: chromium,
      PLAYWRIGHT_JSON_OUTPUT_NAME: file,
      E2E_PORT: String(await findFreeBase()),
    },
  })
  const stats = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).stats : undefined
  count('e2e', stats?.expected ?? 0, ok ? (stats?.unexpected ?? 0) : Math.max(1, stats?.unexpected ?? 0))
}

/** A port with three free ones behind it: the system wants four in a row. */
async function findFreeBase() {
  const isFree = (port) =>
    new Promise((resolve) => {
      const probe = createServer()
        .once('error', () => resolve(false))
        .once('listening', () => probe.close(() => resolve(true)))
        .listen(port, '127.0.0.1')
    })
  for (;;) {
    const base = 20_000 + Math.floor(Math.random() * 20_000)
    const free = await Promise.all([0, 1, 2, 3].map((step) => isFree(base + step)))
    if (free.every(Boolean)) return base
  }
}
