// npm run bench: seconds, rows per second, memory and ratios to floors measured in the same run; absolute figures mean nothing on shared machines.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { buildServers, generate, install, requireNode } from './lib/prepare.mjs'
import { ROOT } from './lib/run.mjs'

requireNode()
await install()
await generate()
await buildServers()
process.exit(
  spawnSync(process.execPath, ['--import', 'tsx', join(ROOT, 'bench', 'main.ts'), ...process.argv.slice(2)], {
    cwd: ROOT,
    stdio: 'inherit',
  }).status ?? 1,
)
