import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

export const name = 'import walls'

/** Imports run downwards only, never to a sibling room (architecture §2). `modules` is where dependency-cruiser is installed. */
export function check(root, modules = root) {
  const folders = ['apps', 'packages', 'prisma'].filter((folder) => existsSync(join(root, folder)))
  const cli = join(modules, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs')
  const result = spawnSync(
    process.execPath,
    [cli, '--config', join(modules, '.dependency-cruiser.cjs'), '--output-type', 'json', ...folders],
    { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 },
  )
  if (!result.stdout) return [`dependency-cruiser did not run: ${result.stderr.slice(0, 500)}`]
  const { summary } = JSON.parse(result.stdout)
  if (summary.totalCruised === 0) return ['dependency-cruiser found no module']
  return summary.violations.map((violation) => `${violation.from} → ${violation.to}: ${violation.rule.name}`)
}
