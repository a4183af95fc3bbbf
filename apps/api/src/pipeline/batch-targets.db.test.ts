import { expect, it } from 'vitest'
import { openWorld } from '../testing/open-world.ts'
import { BATCH_PART, closePart, enlistTargets, listReasons, takePart } from './batch-targets.ts'

const { world, platform } = await openWorld()
const { db, clock } = platform

/** A batch command with these targets; returns its id and how many were written down. */
async function makeBatch(ids: readonly string[]): Promise<{ id: string; targets: number }> {
  const actor = world.actor('county')
  const id = clock.newId()
  const targets = await db.inScopeOf(actor, async (tx) => {
    await tx.query(
      `insert into review_batch (id, room, command, account_id, org_path, actor, request_id, total, created_at, heartbeat_at)
       values ($1, 'registration', 'approve', $2, $3, $4, 'test', $5, now(), now())`,
      [id, actor.accountId, actor.orgPath, JSON.stringify(actor), ids.length],
    )
    return enlistTargets(tx, id, 'select unnest($1::uuid[]) as id', [ids])
  })
  return { id, targets }
}
const newIds = (count: number): string[] => Array.from({ length: count }, () => clock.newId())

it('writes each target down once, in full parts and a rest', async () => {
  const ids = newIds(BATCH_PART * 2 + 201)
  const { id, targets } = await makeBatch([...ids, ...ids.slice(0, 300)])
  expect(targets).toBe(ids.length)
  const taken: string[][] = []
  await db.inSystem(async (tx) => {
    for (let part = await takePart(tx, id); part; part = await takePart(tx, id)) {
      taken.push([...part.itemIds])
      await closePart(tx, id, part, [])
    }
  })
  expect(taken.map((part) => part.length)).toEqual([BATCH_PART, BATCH_PART, 201])
  expect(taken.flat().sort()).toEqual([...ids].sort())
  expect(await listReasons(db.system, [id])).toEqual([])
})

it('gives nobody a part another one is at, and gives it back when he fails', async () => {
  const { id } = await makeBatch(newIds(BATCH_PART + 1))
  await expect(
    db.inSystem(async (first) => {
      expect(await takePart(first, id)).toMatchObject({ position: 0 })
      await db.inSystem(async (second) => {
        expect(await takePart(second, id)).toMatchObject({ position: 1 })
        await db.inSystem(async (third) => expect(await takePart(third, id)).toBeUndefined())
      })
      throw new Error('gone')
    }),
  ).rejects.toThrow('gone')
  expect(await db.inSystem((tx) => takePart(tx, id))).toMatchObject({ position: 0 })
})

it('tells the reasons of all parts together, the most frequent first', async () => {
  const ids = newIds(BATCH_PART + 3)
  const { id } = await makeBatch(ids)
  await db.inSystem(async (tx) => {
    for (let part = await takePart(tx, id); part; part = await takePart(tx, id))
      await closePart(tx, id, part, [
        { id: part.itemIds[0]!, outcome: 'skipped', reason: 'review.alreadyDecided' },
        ...(part.position === 1 ? [{ id: part.itemIds[1]!, outcome: 'failed', reason: 'notFound' } as const] : []),
      ])
  })
  expect(await listReasons(db.system, [id])).toEqual([
    { batchId: id, reason: 'review.alreadyDecided', outcome: 'skipped', count: 2, examples: [] },
    { batchId: id, reason: 'notFound', outcome: 'failed', count: 1, examples: [] },
  ])
})
