import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { ANCHOR_FILE, keepHouse } from '../pipeline/housekeeping.ts'
import { createTestPlatform, type TestPlatform } from '../testing/test-platform.ts'
import { buildWorld, type World } from '../testing/world.ts'
import { AUDIT_CHAINS, type AuditAnchor, type AuditLine, appendAudit, verifyAudit } from './audit.ts'

let world: World
let platform: TestPlatform

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  // As many connections as writers: nobody waits for one of them.
  platform = createTestPlatform(world.database.url, {}, undefined, {
    statementTimeout: 30_000,
    lockTimeout: 30_000,
    connections: 34,
    patience: 30_000,
  })
})
afterAll(async () => {
  await platform.close()
  await world.database.drop()
})
beforeEach(async () => {
  await tamper('truncate audit_event')
  await tamper(`update audit_chain set seq = 0, hash = repeat('0', 64)`)
})

/** What somebody with the owner's rights on the database could do: triggers do not hold him. */
async function tamper(text: string, values: unknown[] = []): Promise<void> {
  const { client } = world.database
  await client.query('set session_replication_role = replica')
  try {
    await client.query(text, values)
  } finally {
    await client.query('set session_replication_role = origin')
  }
}

const line = (actorId: string | null, detail: Record<string, unknown> = {}): AuditLine => ({
  actorId,
  actorName: '某某',
  orgPath: '44',
  action: 'test.act',
  target: 't',
  detail,
  requestId: 'r',
})
const append = (lines: readonly AuditLine[]) =>
  platform.db.inScopeOf({ orgPath: '' }, (tx) => appendAudit(tx, platform.clock, lines))
const verify = (anchors?: readonly AuditAnchor[]) => verifyAudit(platform.db.system, anchors)
const faults = async (anchors?: readonly AuditAnchor[]) => (await verify(anchors)).faults.map((one) => one.fault)
const headOf = async (chain: number): Promise<AuditAnchor> =>
  (await world.database.client.query('select chain, seq::text, hash from audit_chain where chain = $1', [chain]))
    .rows[0]

/** Twelve lines of one person, one chain: its number. */
async function writeTwelve(): Promise<number> {
  const who = randomUUID()
  for (let at = 0; at < 4; at++) await append([line(who, { at }), line(who), line(who)])
  const { rows } = await world.database.client.query('select distinct chain from audit_event')
  expect(rows).toHaveLength(1)
  return rows[0].chain
}

describe('the verifier', () => {
  it('finds nothing in an untouched table, however many chains and pages', async () => {
    for (let person = 0; person < 40; person++) await append([line(randomUUID(), { person })])
    await append(Array.from({ length: 11_000 }, (_, at) => line(null, { at })))
    expect(await verify()).toEqual({ lines: 11_040, faults: [] })
  })

  it.each([
    ['action', `action = 'test.other'`],
    ['actor', `actor_name = '别人'`],
    ['actor id', `actor_id = gen_random_uuid()`],
    ['time', `at = at + interval '1 millisecond'`],
    ['place', `org_path = '37'`],
    ['target', `target = 'u'`],
    ['detail', `detail = detail || '{"at": 99}'`],
    ['request', `request_id = 's'`],
  ])('finds an edited %s', async (_what, change) => {
    const chain = await writeTwelve()
    await tamper(`update audit_event set ${change} where seq = 7`)
    expect((await verify()).faults).toEqual([{ chain, seq: '7', fault: 'edited' }])
  })

  it('finds an edit whose hash was recomputed to fit', async () => {
    await writeTwelve()
    await tamper(`update audit_event set action = 'x', hash = encode(sha256('forged'), 'hex') where seq = 7`)
    expect(await faults()).toEqual(expect.arrayContaining(['edited', 'broken']))
  })

  it('finds a deleted line, the first as well', async () => {
    const chain = await writeTwelve()
    await tamper('delete from audit_event where seq in (1, 5)')
    expect((await verify()).faults).toEqual([
      { chain, seq: '1', fault: 'missing' },
      { chain, seq: '5', fault: 'missing' },
    ])
  })

  it('finds a line inserted in the middle', async () => {
    await writeTwelve()
    await tamper('update audit_event set seq = seq + 1000 where seq > 6')
    await tamper(`insert into audit_event select chain, 7, at, actor_id, actor_name, org_path, 'forged', target, detail, request_id, hash, hash
      from audit_event where seq = 6`)
    await tamper('update audit_event set seq = seq - 999 where seq > 1000')
    expect(await faults()).toEqual(expect.arrayContaining(['edited', 'broken']))
  })

  it('finds a line put behind the head’s back, though it is right in itself', async () => {
    const who = randomUUID()
    await append([line(who)])
    const { rows } = await world.database.client.query('select chain from audit_event')
    const head = await headOf(rows[0].chain)
    await append([line(who)])
    await tamper('update audit_chain set seq = $2, hash = $3 where chain = $1', [head.chain, head.seq, head.hash])
    expect((await verify()).faults).toEqual([{ chain: head.chain, seq: '2', fault: 'broken' }])
  })

  it('finds lines where no chain runs: before the beginning, in a chain that is none', async () => {
    const chain = await writeTwelve()
    for (const place of [`${chain}, 0`, `${chain}, -3`, `${AUDIT_CHAINS}, 1`, '-1, 5'])
      await tamper(`insert into audit_event select ${place}, at, actor_id, actor_name, org_path, 'forged', target, detail, request_id, prev_hash, hash
        from audit_event where seq = 2`)
    expect(await faults()).toEqual(['stray', 'stray', 'stray', 'stray'])
  })

  it('finds a cut tail by the head; with the head moved back, by the anchor', async () => {
    const chain = await writeTwelve()
    const anchor = await headOf(chain)
    await tamper('delete from audit_event where seq > 9')
    expect((await verify()).faults).toEqual([{ chain, seq: '12', fault: 'cutTail' }])
    await tamper(
      `update audit_chain c set seq = e.seq, hash = e.hash from audit_event e where e.chain = c.chain and e.seq = 9`,
    )
    // Nothing inside the database tells any more: this is what the anchors outside it are for.
    expect(await faults()).toEqual([])
    expect(await faults([anchor])).toEqual(['cutTail'])
    // Written on over the cut: as long as before, but not the same.
    const { rows } = await world.database.client.query('select actor_id from audit_event where chain = $1 limit 1', [
      chain,
    ])
    await append(Array.from({ length: 5 }, () => line(rows[0].actor_id)))
    expect(await faults()).toEqual([])
    expect((await verify([anchor])).faults).toEqual([{ chain, seq: '12', fault: 'edited' }])
  })

  it('finds a head that was edited or removed', async () => {
    const chain = await writeTwelve()
    const { rows } = await world.database.client.query('delete from audit_chain where chain = $1 returning seq, hash', [
      chain,
    ])
    expect(await faults()).toHaveLength(1)
    await world.database.client.query('insert into audit_chain values ($1, $2, $3)', [
      chain,
      rows[0].seq,
      'f'.repeat(64),
    ])
    expect(await faults()).toEqual(['broken'])
    await world.database.client.query('update audit_chain set hash = $2 where chain = $1', [chain, rows[0].hash])
    expect(await faults()).toEqual([])
  })

  it('reads the anchors that housekeeping writes beside the database', async () => {
    const chain = await writeTwelve()
    await keepHouse(platform)
    const text = await readFile(resolve(platform.config.dataFolder, ANCHOR_FILE), 'utf8')
    const anchors = text
      .trim()
      .split('\n')
      .flatMap((row) => JSON.parse(row).heads as AuditAnchor[])
    expect(anchors).toContainEqual(await headOf(chain))
    expect(await faults(anchors)).toEqual([])
  })
})

describe('writing', () => {
  it('survives 32 writers at once: every chain whole, no line lost', async () => {
    const people = Array.from({ length: 32 }, () => randomUUID())
    await Promise.all(
      people.map(async (who, at) => {
        for (let round = 0; round < 10; round++) await append(Array.from({ length: 1 + (at % 3) }, () => line(who)))
      }),
    )
    const expected = people.reduce((sum, _who, at) => sum + 10 * (1 + (at % 3)), 0)
    expect(await verify()).toEqual({ lines: expected, faults: [] })
  })

  it('leaves no gap when a transaction rolls back', async () => {
    const who = randomUUID()
    await append([line(who)])
    await expect(
      platform.db.inSystem(async (tx) => {
        await appendAudit(tx, platform.clock, [line(who), line(who)])
        throw new Error('changed my mind')
      }),
    ).rejects.toThrow('changed my mind')
    await append([line(who)])
    expect(await verify()).toEqual({ lines: 2, faults: [] })
  })

  it('hashes any detail so that reading it back gives the same hash', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(key, fc.jsonValue({ maxDepth: 3 }).filter(isStorable), { maxKeys: 6 }),
        async (detail) => {
          await append([
            line(null, detail),
            line(null, { when: new Date(0), none: undefined, nested: { none: undefined } }),
          ])
        },
      ),
      { numRuns: 60 },
    )
    expect(await faults()).toEqual([])
  })
})

// jsonb holds neither NUL nor half a surrogate pair; such a detail fails its action, which the next file tests.
const isStorable = (value: unknown): boolean => !/\\u0000|\\ud[89a-f]/i.test(JSON.stringify(value))
const key = fc.string({ maxLength: 8 }).filter(isStorable)
