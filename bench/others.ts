import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type { Cost } from './results.ts'

const CONTESTANT = join(import.meta.dirname, 'contestant.ts')
const NAMES = ['xlsx', 'exceljs'] as const

/** What the libraries take for a step of the corridor, one after the other. `path` is the file they read, or write. */
export const askOthers = (
  job: 'stage' | 'export',
  databaseUrl: string,
  batchId: string,
  path: string,
): Record<string, Cost> =>
  Object.fromEntries(
    NAMES.map((name) => {
      const flags = ['--max-old-space-size=8192', '--expose-gc', '--import', 'tsx']
      const args = [...flags, CONTESTANT, job, name, databaseUrl, batchId, path]
      return [name, JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Cost]
    }),
  )
