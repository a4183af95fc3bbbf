// npm run dev: the same system from source with reload: API, worker and sandbox through tsx --watch, the web app through Vite.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { generate, install, requireNode } from './lib/prepare.mjs'
import { ROOT } from './lib/run.mjs'

requireNode()
await install()
await generate()
const child = spawn(process.execPath, ['--import', 'tsx', join(ROOT, 'scripts', 'launch.ts'), '--watch'], {
  cwd: ROOT,
  stdio: 'inherit',
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill('SIGTERM'))
child.on('close', (code) => process.exit(code ?? 1))
