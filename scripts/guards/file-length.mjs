import { basename } from 'node:path'
import { read, sources } from './files.mjs'

export const name = 'file length'

const HARD_STOP = 400
// Budgets of a room's files (architecture §2).
const BUDGETS = [
  [/\/rooms\/[^/]+\/[^/]+\.(template|api)\.ts$/, 120],
  [/\/rooms\/[^/]+\/[^/]+\.rules\.ts$/, 150],
  [/\/rooms\/[^/]+\/[^/]+\.effects\.ts$/, 120],
  [/\/rooms\/[^/]+\/[^/]+\.(review|room)\.ts$/, 60],
  [/^apps\/web\/src\/rooms\/.*\.page\.tsx$/, 120],
]
// Names that say nothing have no place in a room.
const VAGUE = /^(utils?|helpers?|common|service|misc)\.tsx?$/

/** Files over their budget, and vague names in rooms. */
export function check(root) {
  return sources(root).flatMap((file) => {
    const faults = []
    const lines = read(root, file).split('\n').length - 1
    const budget = file.includes('.test.')
      ? HARD_STOP
      : (BUDGETS.find(([pattern]) => pattern.test(file))?.[1] ?? HARD_STOP)
    if (lines > budget) faults.push(`${file}: ${lines} lines, ${budget} allowed`)
    if (file.includes('/rooms/') && VAGUE.test(basename(file)))
      faults.push(`${file}: a room names its files by what they do`)
    return faults
  })
}
