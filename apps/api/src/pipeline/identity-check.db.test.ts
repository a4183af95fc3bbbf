import { flatten } from '@xueji/contracts/template/row-schema'
import type { ChildWish } from '@xueji/db/seed/children'
import { buildChildren } from '@xueji/db/seed/roster'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createClock } from '../platform/clock.ts'
import { createIdentityGateway, type IdentityGateway } from '../platform/identity/identity-gateway.ts'
import { type SandboxProcess, startSandboxProcess } from '../platform/identity/testing/sandbox-process.ts'
import { loadSettings } from '../platform/settings.ts'
import { registrationRoom } from '../rooms/registration/registration.room.ts'
import { command, importChildren, itemsOf } from '../testing/corridor.ts'
import { createTestPlatform, type TestPlatform } from '../testing/test-platform.ts'
import { buildWorld, type World } from '../testing/world.ts'
import { resubmitItem } from './correction.ts'
import { endDuplicates } from './end-duplicates.ts'
import { runIdentityCheck } from './identity-check.ts'

let world: World
let platform: TestPlatform
let sandbox: SandboxProcess
let gateway: IdentityGateway
let offset = 0

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  platform = createTestPlatform(
    world.database.url,
    {},
    createClock(() => Date.now() + offset),
  )
  sandbox = await startSandboxProcess()
  gateway = createIdentityGateway({
    baseUrl: sandbox.baseUrl,
    token: sandbox.token,
    timeoutMs: 400,
    maxRetries: 0,
    batchSize: 500,
    concurrency: 4,
    breaker: { failureThreshold: 3, openMs: 50 },
  })
})
afterAll(async () => {
  await gateway.close()
  await sandbox.stop()
  await platform.close()
  await world.database.drop()
})

const wish = (regionCode: string) => ({
  regionCode,
  regionName: '武江区',
  schoolCode: world.org.school!.code,
  entryYear: world.entryYear,
})
const importSteered = async (regionCode: string, outcomes: ChildWish['outcome'][]): Promise<string[]> => {
  const children = buildChildren(outcomes.length, 5, wish(regionCode), (index) => outcomes[index])
  return itemsOf(platform, await importChildren(platform, world.actor('registrar'), children))
}
const statesOf = async (ids: readonly string[]) =>
  (
    await world.database.client.query(
      'select status, duplicate_status as dup, verification_status as auth, verification_fault as fault, duplicate_holder as holder from review_item where id = any($1) order by id',
      [ids],
    )
  ).rows

describe('the nation and the population register are asked about every child (DUP-001…010)', () => {
  it('opens the clear, marks the unverified with the reason, stops the duplicate (DUP-002, DUP-006)', async () => {
    const ids = await importSteered('440203', [undefined, 'notFound', 'nameMismatch', 'duplicate', undefined])
    expect((await statesOf(ids)).map((row) => row.status)).toEqual([
      'checking',
      'checking',
      'checking',
      'checking',
      'checking',
    ])
    await runIdentityCheck(platform, gateway)
    expect(await statesOf(ids)).toEqual([
      { status: 'open', dup: 2, auth: 2, fault: null, holder: null },
      { status: 'open', dup: 2, auth: 3, fault: 'notFound', holder: null },
      { status: 'open', dup: 2, auth: 3, fault: 'nameMismatch', holder: null },
      { status: 'duplicate', dup: 3, auth: 0, fault: null, holder: '安徽省' },
      { status: 'open', dup: 2, auth: 2, fault: null, holder: null },
    ])
  })

  it('refuses to review a duplicate, then ends it and frees the number, so that the school can file again (REG-022, E2E-03)', async () => {
    const [id] = (await world.database.client.query(`select id from review_item where status = 'duplicate'`)).rows.map(
      (row) => row.id as string,
    )
    expect(await command(platform, world.actor('leader'), 'approve', [id!])).toEqual([
      { id, refusal: 'review.duplicate' },
    ])
    expect(await endDuplicates(platform)).toBe(1)
    expect((await statesOf([id!]))[0]).toMatchObject({ status: 'ended' })
    const { rows } = await world.database.client.query(
      'select released_at is not null as released from identity_claim where item_id = $1',
      [id],
    )
    expect(rows).toEqual([{ released: true }])
    expect(await command(platform, world.actor('leader'), 'approve', [id!])).toEqual([
      { id, refusal: 'review.alreadyDecided' },
    ])
    // Why it ended is told (DUP-007), and it is signed by the system.
    const ended = await world.database.client.query(
      `select i.duplicate_holder as holder, e.actor_name as who from review_item i join review_event e on e.item_id = i.id where i.id = $1 and e.kind = 'end'`,
      [id],
    )
    expect(ended.rows).toEqual([{ holder: '安徽省', who: '系统' }])
  })

  it('files an ended duplicate again once its number is corrected: claimed and asked about anew (REG-022 重新发起)', async () => {
    const [row] = (
      await world.database.client.query(`select id, version, payload from review_item where status = 'ended'`)
    ).rows
    const actor = world.actor('registrar')
    const settings = await loadSettings(platform.db.system, actor.orgPath)
    const resubmit = (values: StudentValues, who = actor) =>
      platform.db.inScopeOf(who, (tx) =>
        resubmitItem(tx, platform, who, settings, registrationRoom, {
          id: row.id,
          version: row.version,
          values: flatten(values),
          requestId: 'test',
        }),
      )
    expect(await resubmit(row.payload, world.actor('leader'))).toEqual({ refusal: 'review.notYourStep' })
    const [other] = buildChildren(1, 77, {
      regionCode: '440204',
      regionName: '某区',
      schoolCode: world.org.school!.code,
      entryYear: world.entryYear,
    })
    const { identityNumber, birthDate, gender } = other!
    expect(await resubmit({ ...row.payload, identityNumber, birthDate, gender })).toEqual({})
    expect((await statesOf([row.id]))[0]).toMatchObject({ status: 'checking', dup: 0, holder: null })
    await runIdentityCheck(platform, gateway)
    expect((await statesOf([row.id]))[0]).toMatchObject({ status: 'open', dup: 2 })
    const live = await world.database.client.query(
      'select identity_number as number from identity_claim where item_id = $1 and released_at is null',
      [row.id],
    )
    expect(live.rows).toEqual([{ number: identityNumber }])
  })

  it('registers an unverified child with a temporary number and an open problem record (NUM-006, REG-023, E2E-02)', async () => {
    const { rows } = await world.database.client.query(
      `select id from review_item where verification_status = 3 order by id`,
    )
    const ids = rows.map((row) => row.id as string)
    await command(platform, world.actor('leader'), 'approve', ids)
    await command(platform, world.actor('registrar'), 'escalate', ids)
    await command(platform, world.actor('county'), 'approve', ids)
    const students = (
      await world.database.client.query(
        `select s.student_number as number, s.birth_date::text as birth, s.gender, s.is_problem as problem, g.problem_type as type, g.fault, g.status,
           (select string_agg(e.kind, ',') from problem_event e where e.group_id = g.id) as events
         from student s join problem_member m on m.student_id = s.id join problem_group g on g.id = m.group_id order by s.id`,
      )
    ).rows
    expect(students).toHaveLength(2)
    for (const [index, student] of students.entries()) {
      expect(student).toMatchObject({
        problem: true,
        type: 1,
        status: 'open',
        events: 'open',
        fault: ['notFound', 'nameMismatch'][index],
      })
      expect(student.number).toMatch(
        new RegExp(`^L440203${student.birth.replaceAll('-', '')}00${student.gender}[0-9X]$`),
      )
    }
  })

  it('keeps items 查重认证中 while the register is away, passes none, and finishes by itself when it returns (DUP-010)', async () => {
    await sandbox.control({ mode: 'down' })
    const ids = await importSteered(
      '440204',
      Array.from({ length: 40 }, () => undefined),
    )
    platform.sentJobs.length = 0
    await runIdentityCheck(platform, gateway)
    expect(new Set((await statesOf(ids)).map((row) => `${row.status} ${row.dup} ${row.auth}`))).toEqual(
      new Set(['checking 1 0']),
    )
    expect(await command(platform, world.actor('leader'), 'approve', ids.slice(0, 1))).toEqual([
      { id: ids[0], refusal: 'review.checkPending' },
    ])
    // It asks to be run again later by itself.
    expect(platform.sentJobs).toContainEqual({ queue: 'identity-check', data: {} })
    await sandbox.control({ mode: 'normal' })
    for (let tries = 0; tries < 10 && (await statesOf(ids)).some((row) => row.status === 'checking'); tries++) {
      offset += 61_000
      await new Promise((resolve) => setTimeout(resolve, 80))
      await runIdentityCheck(platform, gateway)
    }
    expect(new Set((await statesOf(ids)).map((row) => `${row.status} ${row.dup} ${row.auth}`))).toEqual(
      new Set(['open 2 2']),
    )
  })

  it('is not held up by one person on whom the register hangs', async () => {
    const outcomes = Array.from({ length: 30 }, (_, index): ChildWish['outcome'] =>
      index === 11 ? 'hangs' : undefined,
    )
    const ids = await importSteered('440205', outcomes)
    await runIdentityCheck(platform, gateway)
    const states = await statesOf(ids)
    expect(states.filter((row) => row.status === 'open')).toHaveLength(29)
    expect(states[11]).toMatchObject({ status: 'checking', auth: 1 })
  })

  it('asks in batches, not one by one', async () => {
    // On a slow machine the one of the last test comes due meanwhile, and is asked about many times.
    await world.database.client.query(
      `update review_item set next_check_at = now() + interval '1 day' where status = 'checking'`,
    )
    const before = (await sandbox.stats()).calls
    await importSteered(
      '440222',
      Array.from({ length: 400 }, () => undefined),
    )
    await runIdentityCheck(platform, gateway)
    const stats = await sandbox.stats()
    expect(stats.calls - before).toBeLessThanOrEqual(4)
    expect(stats.maxBatch).toBeLessThanOrEqual(500)
  })
})
