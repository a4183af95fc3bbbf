// npm start: installs, generates, builds, then starts PostgreSQL, the identity sandbox, the worker and the API with the web app.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { build, generate, install, requireNode } from './lib/prepare.mjs'
import { ROOT } from './lib/run.mjs'

requireNode()
await install()
await generate()
await build()
const child = spawn(process.execPath, ['--import', 'tsx', join(ROOT, 'scripts', 'launch.ts')], {
  cwd: ROOT,
  stdio: 'inherit',
})
// Ctrl-C reaches the child by itself as well; hearing it twice does it no harm, and a signal to this process alone is not lost.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill('SIGTERM'))
child.on('close', (code) => process.exit(code ?? 1))
