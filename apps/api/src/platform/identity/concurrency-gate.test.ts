import { expect, it } from 'vitest'
import { createConcurrencyGate } from './concurrency-gate.ts'

it('runs at most the limit at one time, in order, and goes on after a task that throws', async () => {
  const gate = createConcurrencyGate(2)
  const started: number[] = []
  let most = 0
  const tasks = Array.from({ length: 7 }, (_, index) =>
    gate.run(async () => {
      started.push(index)
      most = Math.max(most, gate.running())
      await new Promise((resolve) => setImmediate(resolve))
      if (index === 1) throw new Error('planted')
      return index
    }),
  )
  expect(gate.running()).toBe(2)
  expect(gate.waiting()).toBe(5)
  const settled = await Promise.allSettled(tasks)
  expect(settled.map((task) => task.status === 'fulfilled')).toEqual([true, false, true, true, true, true, true])
  expect(started).toEqual([0, 1, 2, 3, 4, 5, 6])
  expect(most).toBe(2)
  expect(gate.running()).toBe(0)
})
