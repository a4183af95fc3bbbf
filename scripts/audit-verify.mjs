// npm run audit:verify: recomputes every audit chain of a database and compares heads and anchors; ends with 1 when anything was altered.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { generate, install, requireNode } from './lib/prepare.mjs'
import { ROOT } from './lib/run.mjs'

requireNode()
await install()
await generate()
process.exit(
  spawnSync(process.execPath, ['--import', 'tsx', join(ROOT, 'scripts', 'audit-verify.ts'), ...process.argv.slice(2)], {
    cwd: ROOT,
    stdio: 'inherit',
  }).status ?? 1,
)
