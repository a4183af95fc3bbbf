// npm run test:interop: what we write opens in LibreOffice and comes back equal, and what LibreOffice writes is read alike. Not a part of `npm test`.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { generate, install, requireNode } from './lib/prepare.mjs'
import { ROOT, run } from './lib/run.mjs'

requireNode()
const soffice = await findSoffice()
await install()
await generate()
process.exit(
  spawnSync(process.execPath, ['--import', 'tsx', join(ROOT, 'scripts', 'interop.ts'), soffice], {
    cwd: ROOT,
    stdio: 'inherit',
  }).status ?? 1,
)

/** The program on the PATH; installed on Debian when we may; otherwise says what is missing and ends with 1. */
async function findSoffice() {
  const names = ['soffice', 'libreoffice']
  const found = () => names.find((name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0)
  if (!found() && process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0) {
    console.log('正在安装 libreoffice-calc(Debian 软件包)…')
    const options = { quiet: true, must: false, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
    await run('apt-get', ['update', '-qq'], options)
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'libreoffice-calc'], options)
  }
  const name = found()
  if (name) return name
  console.error(
    '缺少 LibreOffice：请安装 libreoffice-calc，使 soffice 命令在 PATH 中，然后重新运行 npm run test:interop。',
  )
  process.exit(1)
}
