import { flatten } from '@xueji/contracts/template/row-schema'
import { buildChildren } from '@xueji/db/seed/roster'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { loadSettings } from '../platform/settings.ts'
import { registrationRoom } from '../rooms/registration/registration.room.ts'
import { command, importChildren, itemsOf, passChecks } from '../testing/corridor.ts'
import { createTestPlatform, type TestPlatform } from '../testing/test-platform.ts'
import { buildWorld, type World } from '../testing/world.ts'
import { resubmitItem } from './correction.ts'

let world: World
let platform: TestPlatform
let list: StudentValues[]
let ids: string[]

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  platform = createTestPlatform(world.database.url)
  list = buildChildren(8, 9, {
    regionCode: '440203',
    regionName: '武江区',
    schoolCode: world.org.school!.code,
    entryYear: world.entryYear,
  })
  ids = await itemsOf(platform, await importChildren(platform, world.actor('registrar'), list.slice(0, 6)))
  await passChecks(platform)
})
afterAll(async () => {
  await platform.close()
  await world.database.drop()
})

const item = async (id: string) =>
  (
    await world.database.client.query(
      'select status, step, round, version, waiting_path, student_name, identity_number, duplicate_status as dup, verification_status as auth, payload from review_item where id = $1',
      [id],
    )
  ).rows[0]

async function resubmit(id: string, values: StudentValues, username = 'registrar') {
  const actor = world.actor(username)
  const settings = await loadSettings(platform.db.system, actor.orgPath)
  const { version } = await item(id)
  return platform.db.inScopeOf(actor, (tx) =>
    resubmitItem(tx, platform, actor, settings, registrationRoom, {
      id,
      version,
      values: flatten(values),
      requestId: 'test',
    }),
  )
}

describe('退回, correction and resubmission (flows §3.1 D7, D8; REG-024, REG-029)', () => {
  it('a refusal by the school goes back to the registrar; corrected without touching the identity it goes straight to review', async () => {
    const [id] = ids
    expect(await command(platform, world.actor('leader'), 'refuse', [id!])).toEqual([
      { id, refusal: 'review.opinionRequired' },
    ])
    await command(platform, world.actor('leader'), 'refuse', [id!], '住址不完整')
    expect(await item(id!)).toMatchObject({ status: 'returned', round: 0, waiting_path: null })
    const corrected = { ...list[0]!, currentAddress: '解放路 1 号 101 室', namePinyin: 'written otherwise' }
    expect(await resubmit(id!, corrected)).toEqual({})
    expect(await item(id!)).toMatchObject({
      status: 'open',
      round: 1,
      step: 0,
      waiting_path: world.org.school!.path,
      dup: 2,
      auth: 2,
    })
    expect((await item(id!)).payload).toMatchObject({
      currentAddress: '解放路 1 号 101 室',
      namePinyin: 'WRITTEN OTHERWISE',
    })
    // The same step of the new round can be decided again.
    expect(await command(platform, world.actor('leader'), 'approve', [id!])).toEqual([{ id }])
  })

  it('a refusal by the bureau goes to the registrar too, not to a level between (REG-029)', async () => {
    const [, id] = ids
    await command(platform, world.actor('leader'), 'approve', [id!])
    await command(platform, world.actor('registrar'), 'escalate', [id!])
    await command(platform, world.actor('county'), 'refuse', [id!], '姓名与户口簿不符')
    expect(await item(id!)).toMatchObject({ status: 'returned', step: 2 })
    // A changed name is asked about again (flows §3.1); the spelling made from the old one goes with it (fields 1.2).
    const { namePinyin } = (await item(id!)).payload
    expect(namePinyin).toMatch(/^[A-Z]+$/)
    expect(await resubmit(id!, { ...list[1]!, name: '单改名', namePinyin })).toEqual({})
    expect((await item(id!)).payload.namePinyin).toBe('SHANGAIMING')
    expect(await item(id!)).toMatchObject({
      status: 'checking',
      round: 1,
      step: 0,
      student_name: '单改名',
      dup: 0,
      auth: 0,
    })
  })

  it('a changed identity number moves its claim, and the old number is free again', async () => {
    const [, , id] = ids
    await command(platform, world.actor('leader'), 'refuse', [id!], '证件号有误')
    const free = list[6]!
    expect(
      await resubmit(id!, {
        ...list[2]!,
        identityNumber: free.identityNumber!,
        birthDate: free.birthDate!,
        gender: free.gender!,
      }),
    ).toEqual({})
    const { rows } = await world.database.client.query(
      'select identity_number as number, released_at is null as live from identity_claim where item_id = $1 order by claimed_at, id',
      [id],
    )
    expect(rows).toEqual([
      { number: list[2]!.identityNumber, live: false },
      { number: free.identityNumber, live: true },
    ])
  })

  it('refuses a number somebody else holds, a wrong field, another version, another school, and changes nothing', async () => {
    const [, , , id] = ids
    await command(platform, world.actor('leader'), 'refuse', [id!], '请核对')
    const before = await item(id!)
    const taken = list[4]!
    const conflict = await resubmit(id!, {
      ...list[3]!,
      identityNumber: taken.identityNumber!,
      birthDate: taken.birthDate!,
      gender: taken.gender!,
    })
    expect(conflict.issues?.map((issue) => [issue.field, issue.code])).toEqual([
      ['identityNumber', 'duplicate.sameSchool'],
    ])
    const wrong = await resubmit(id!, { ...list[3]!, postcode: '12', phone: '', namePinyin: '拼音' })
    expect(wrong.issues?.map((issue) => [issue.field, issue.code])).toEqual([
      ['namePinyin', 'shape.pinyin'],
      ['phone', 'shape.required'],
      ['postcode', 'shape.postcode'],
    ])
    expect(await resubmit(id!, list[3]!, 'registrarB')).toEqual({ refusal: 'notFound' })
    expect(await resubmit(ids[4]!, list[4]!)).toEqual({ refusal: 'review.notReturned' })
    expect(await item(id!)).toEqual(before)
  })

  it('removing a returned item frees its number; what is not returned cannot be removed', async () => {
    const [, , , id, open] = ids
    expect(await command(platform, world.actor('registrar'), 'remove', [open!])).toEqual([
      { id: open, refusal: 'review.notReturned' },
    ])
    expect(await command(platform, world.actor('registrar'), 'remove', [id!])).toEqual([{ id }])
    expect(await item(id!)).toMatchObject({ status: 'removed' })
    const { rows } = await world.database.client.query(
      'select count(*)::int as live from identity_claim where item_id = $1 and released_at is null',
      [id],
    )
    expect(rows[0].live).toBe(0)
  })
})

describe('the chain is the item’s own (WF-007)', () => {
  it('a change of configuration reaches new items only', async () => {
    const before = (await world.database.client.query('select chain from review_item where id = $1', [ids[5]])).rows[0]
      .chain
    expect(before.map((node: { act: string; level: string }) => `${node.act} ${node.level}`)).toEqual([
      'review school',
      'escalate school',
      'review county',
    ])
    await world.database.client.query(
      `insert into workflow_rule (id, business, school_kind, stage, scope_path, scope_name, steps) values (new_id(), 1, 'ordinary', 1, '4402', '韶关市', '{school,authority,city}')`,
    )
    const [late] = await itemsOf(platform, await importChildren(platform, world.actor('registrar'), list.slice(7)))
    const chains = (
      await world.database.client.query('select id, chain from review_item where id = any($1)', [[ids[5], late]])
    ).rows
    expect(chains.find((row) => row.id === ids[5]).chain).toEqual(before)
    expect(chains.find((row) => row.id === late).chain.map((node: { orgName: string }) => node.orgName)).toEqual([
      '武江第一小学',
      '武江第一小学',
      '韶关市武江区教育局',
      '韶关市教育局',
    ])
  })

  it.each([
    ['cityDirect', 'registrarCity', '440205', ['韶关实验小学', '韶关实验小学', '韶关市教育局']],
    ['provinceDirect', 'registrarProvince', '440222', ['广东省直属小学', '广东省直属小学', '广东省教育厅']],
  ])(
    'a school under a %s authority goes to it directly (F-002, REG-028)',
    async (school, registrar, regionCode, names) => {
      const children = buildChildren(1, 10, {
        regionCode,
        regionName: '某区',
        schoolCode: world.org[school]!.code,
        entryYear: world.entryYear,
      })
      const [id] = await itemsOf(platform, await importChildren(platform, world.actor(registrar), children))
      const { rows } = await world.database.client.query('select chain from review_item where id = $1', [id])
      expect(rows[0].chain.map((node: { orgName: string }) => node.orgName).slice(0, 3)).toEqual(names)
    },
  )
})
