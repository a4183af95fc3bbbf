import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const CACHE = join(ROOT, 'node_modules', '.cache', 'xueji')

/** Runs a command to its end; resolves with its exit code, or rejects when `must` and it failed. */
export function run(command, args, { must = true, quiet = false, cwd = ROOT, env = process.env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      shell: process.platform === 'win32',
    })
    let output = ''
    child.stdout?.on('data', (data) => {
      output += data
    })
    child.stderr?.on('data', (data) => {
      output += data
    })
    child.on('error', reject)
    child.on('close', (code) => {
      if (code !== 0 && must) {
        if (quiet) process.stderr.write(output)
        reject(new Error(`${command} ${args.join(' ')} ended with ${code}`))
      } else resolve(code ?? 1)
    })
  })
}

/** SHA-256 over names and contents of files below the given paths; generated folders are passed over. */
export function fingerprint(...paths) {
  const hash = createHash('sha256').update(process.version)
  const visit = (path) => {
    if (!existsSync(path)) return
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort()) if (!SKIPPED.has(name)) visit(join(path, name))
    } else hash.update(path.slice(ROOT.length)).update(readFileSync(path))
  }
  for (const path of paths) visit(join(ROOT, path))
  return hash.digest('hex')
}

const SKIPPED = new Set(['node_modules', 'dist', 'generated', 'data', '.git', 'test-results'])

/** Does work only when its inputs changed since it last succeeded. */
export async function whenChanged(name, inputs, work, stillThere = () => true) {
  const stamp = join(CACHE, `${name}.stamp`)
  const now = fingerprint(...inputs)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now && stillThere()) return
  await work()
  mkdirSync(CACHE, { recursive: true })
  writeFileSync(stamp, now)
}
