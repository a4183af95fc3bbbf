import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'

const SKIPPED = new Set(['node_modules', 'dist', 'generated', 'data', '.git', 'test-results', 'playwright-report'])

/** Files of a tree that belong to the project: what git tracks or would track; every file where there is no git. */
export function listFiles(root) {
  try {
    const out = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 1 << 26,
    })
    const files = out.split('\0').filter((file) => file && existsSync(join(root, file)))
    if (files.length > 0) return files
  } catch {
    // Not a checkout: a planted tree of the guards' own tests.
  }
  const found = []
  const visit = (folder) => {
    for (const name of readdirSync(folder)) {
      if (SKIPPED.has(name)) continue
      const path = join(folder, name)
      if (statSync(path).isDirectory()) visit(path)
      else found.push(relative(root, path))
    }
  }
  visit(root)
  return found
}

/** Text of a project file. */
export const read = (root, file) => readFileSync(join(root, file), 'utf8')

/** Source files of TypeScript. */
export const sources = (root) => listFiles(root).filter((file) => /\.tsx?$/.test(file) && !file.includes('/generated/'))
