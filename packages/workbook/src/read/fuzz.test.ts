import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { refusalOfAny } from '../testing/any-rows.ts'
import type { FuzzReport } from '../testing/fuzz-child.ts'
import { intactFiles } from '../testing/mutations.ts'

const FILES = 4000
/** Looks at the reading process this often, and gives it up after so many looks without a word: two seconds for one tiny file. */
const LOOK_MILLIS = 250
const LOOKS = 8
const MAX_GROWTH = 256 * 1024 * 1024
/** Files read before memory is measured: code is compiled, buffers have their size. */
const WARM = 400

test('undamaged, the files are read', async () => {
  for (const file of intactFiles()) expect(await refusalOfAny(file)).toBeUndefined()
})

test(`${FILES} damaged files: no crash, no hang, no growth`, { timeout: 300_000 }, async () => {
  const child = fork(fileURLToPath(new URL('../testing/fuzz-child.ts', import.meta.url)), [], {
    execArgv: ['--import', 'tsx'],
  })
  const outcomes = new Map<string, number>()
  const thrown: FuzzReport[] = []
  let [last, before, peak, silent, hung] = [-1, 0, 0, 0, false]
  child.on('message', ({ number, outcome, residentBytes }: FuzzReport) => {
    last = number
    silent = 0
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    if (outcome.startsWith('threw')) thrown.push({ number, outcome, residentBytes })
    if (number < WARM) before = Math.max(before, residentBytes)
    peak = Math.max(peak, residentBytes)
  })
  // Counted in looks, not in time: a pause of the whole machine is one look. The first file waits for the process to start.
  const watch = setInterval(() => {
    hung = last >= 0 && ++silent > LOOKS
    if (hung) child.kill('SIGKILL')
  }, LOOK_MILLIS)
  child.send({ from: 0, to: FILES })
  await new Promise((resolve) => child.once('exit', resolve))
  clearInterval(watch)
  expect({ hungAfterFile: hung ? last : undefined, thrown, last }).toEqual({
    hungAfterFile: undefined,
    thrown: [],
    last: FILES - 1,
  })
  expect(peak - before).toBeLessThan(MAX_GROWTH)
  // The damage reaches deep enough to matter: files still read, and refusals of many kinds.
  expect(outcomes.get('read')).toBeGreaterThan(FILES / 20)
  expect(outcomes.size).toBeGreaterThan(6)
})
