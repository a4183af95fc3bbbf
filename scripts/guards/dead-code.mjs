import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

export const name = 'dead code'

/** Files, exports and dependencies that nothing uses (knip). `modules` is where knip is installed. */
export function check(root, modules = root) {
  const cli = join(modules, 'node_modules', 'knip', 'bin', 'knip.js')
  const result = spawnSync(process.execPath, [cli, '--no-progress', '--reporter', 'compact', '--no-config-hints'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  })
  if (result.status === 0) return []
  const lines = `${result.stdout}${result.stderr}`.split('\n').filter((line) => line.trim() !== '')
  return lines.length > 0 ? lines : ['knip failed without a word']
}
