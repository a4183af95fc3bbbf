import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, run, whenChanged } from './run.mjs'

const PNPM = 'pnpm@12.21.0'
const OLDEST_NODE = [20, 19]

/** Every package.json of the workspace: what the installation depends on besides the lock file. */
const manifests = () =>
  ['apps', 'packages'].flatMap((folder) =>
    readdirSync(join(ROOT, folder)).map((name) => `${folder}/${name}/package.json`),
  )

/** Stops with a sentence when Node is too old. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return
  console.error(`需要 Node.js ${OLDEST_NODE.join('.')} 或更高版本，当前是 ${process.versions.node}。`)
  process.exit(1)
}

/** Installs what the lock file names, through npm alone: no global installs. */
export async function install() {
  const there = () =>
    existsSync(join(ROOT, 'node_modules', 'tsx')) && existsSync(join(ROOT, 'apps', 'api', 'node_modules'))
  const inputs = [
    'pnpm-lock.yaml',
    'pnpm-workspace.yaml',
    'package.json',
    'prisma/package.json',
    'e2e/package.json',
    ...manifests(),
  ]
  await whenChanged(
    'install',
    inputs,
    async () => {
      console.log('正在安装依赖 …')
      await run('npx', ['--yes', PNPM, 'install', '--frozen-lockfile', '--reporter=append-only'], {
        quiet: true,
        env: { ...process.env, CI: 'true' },
      })
    },
    there,
  )
}

/** Generates the Prisma client. The command insists on finding an engine it never runs: any executable will do. */
export async function generate() {
  const there = () => existsSync(join(ROOT, 'prisma', 'generated', 'client.ts'))
  await whenChanged(
    'generate',
    ['prisma/models', 'prisma/package.json'],
    async () => {
      console.log('正在生成数据库客户端 …')
      const cli = join(ROOT, 'prisma', 'node_modules', 'prisma', 'build', 'index.js')
      await run(process.execPath, [cli, 'generate'], {
        cwd: join(ROOT, 'prisma'),
        quiet: true,
        env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath },
      })
    },
    there,
  )
}

/** Builds API, worker and sandbox. */
export async function buildServers() {
  const there = () =>
    existsSync(join(ROOT, 'apps', 'api', 'dist', 'main.js')) &&
    existsSync(join(ROOT, 'apps', 'identity-sandbox', 'dist', 'main.js'))
  await whenChanged(
    'build-servers',
    ['apps/api', 'apps/identity-sandbox', 'packages', 'prisma', 'pnpm-lock.yaml', 'scripts/lib/build.mjs'],
    async () => {
      console.log('正在构建服务 …')
      await run(process.execPath, [join(ROOT, 'scripts', 'lib', 'build.mjs')])
    },
    there,
  )
}

/** Builds the servers and the web app. */
export async function build() {
  await buildServers()
  const there = () => existsSync(join(ROOT, 'apps', 'web', 'dist', 'index.html'))
  await whenChanged(
    'build-web',
    ['apps/web', 'packages', 'pnpm-lock.yaml'],
    async () => {
      console.log('正在构建网页 …')
      const vite = join(ROOT, 'apps', 'web', 'node_modules', 'vite', 'bin', 'vite.js')
      await run(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: join(ROOT, 'apps', 'web') })
    },
    there,
  )
}
