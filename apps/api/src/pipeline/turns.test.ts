import { expect, test } from 'vitest'
import { createTurns } from './turns.ts'

test('so many at a time, the others in their order', async () => {
  const turns = createTurns(2)
  const begun: number[] = []
  const ends: (() => void)[] = []
  const all = [0, 1, 2, 3].map(async (who) => {
    const end = await turns.take()
    begun.push(who)
    ends.push(end)
  })
  await Promise.all(all.slice(0, 2))
  expect(begun).toEqual([0, 1])
  ends[1]!()
  // Ended twice, a turn frees one place only.
  ends[1]!()
  await all[2]
  expect(begun).toEqual([0, 1, 2])
  ends[0]!()
  await all[3]
  expect(begun).toEqual([0, 1, 2, 3])
})
