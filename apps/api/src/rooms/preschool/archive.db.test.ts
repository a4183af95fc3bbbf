import { PRESCHOOL_ARCHIVE_TEMPLATE } from '@xueji/contracts/rooms/preschool/archive.template'
import { buildChildren, rosterRow } from '@xueji/db/seed/roster'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { buildTestApp, type Person, type TestApp } from '../../testing/http.ts'
import { type ArchiveValues, archiveFile, uploadTo } from '../../testing/preschool.ts'
import { buildWorld, type World } from '../../testing/world.ts'

let world: World
let test: TestApp
let data: Person

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  test = await buildTestApp(world)
  data = await test.as('data')
})
afterAll(async () => {
  await test.close()
  await world.database.drop()
})

const children = (count: number, seed: number): ArchiveValues[] =>
  buildChildren(count, seed, {
    regionCode: '440203',
    regionName: '某区',
    schoolCode: '0',
    entryYear: world.entryYear,
  }).map((child) => ({ ...child, kindergartenName: '向阳幼儿园', kindergartenRegion: '440203000000' }))
const load = async (archives: readonly ArchiveValues[]) =>
  (await uploadTo(test, data, 'preschool-archive', 'A01', await archiveFile(archives))).batch
const stored = async (number: string) =>
  (await world.database.client.query('select * from preschool_archive where identity_number = $1', [number])).rows

describe('学前档案共享数据', () => {
  it('enters new archives, changes what differs, leaves the rest alone (upsert by identity)', async () => {
    const archives = children(5, 1)
    expect(await load(archives)).toMatchObject({
      status: 'succeeded',
      outcome: { created: 5, changed: 0, unchanged: 0 },
    })
    const [first, second, ...rest] = archives
    const news = [{ ...first!, nativePlace: '新籍贯' }, { ...second!, name: '新名字' }, ...rest, ...children(2, 2)]
    expect(await load(news)).toMatchObject({ outcome: { created: 2, changed: 2, unchanged: 3 } })
    const [row] = await stored(first!.identityNumber!)
    expect(row.profile).toMatchObject({ nativePlace: '新籍贯', guardians: [{ name: first!.guardians![0]!.name }, {}] })
    expect(row.profile).not.toHaveProperty('identityNumber')
    expect((await stored(second!.identityNumber!)).map((one) => one.name)).toEqual(['新名字'])
  })

  it('refuses single rows, names them, and enters the others', async () => {
    const [good, bad, nameless] = children(3, 3)
    const batch = await load([
      good!,
      { ...bad!, gender: bad!.gender === '1' ? '2' : '1' },
      { ...nameless!, kindergartenName: '' },
    ])
    expect(batch).toMatchObject({
      status: 'succeeded',
      totalRows: 3,
      validRows: 1,
      droppedRows: 2,
      outcome: { created: 1 },
    })
    const { body } = await data.get(`/api/rooms/preschool-archive/imports/${batch.id}/issues`)
    expect(body.rows.map((row: { rowNumber: number; summary: string }) => [row.rowNumber, row.summary])).toEqual([
      [3, '性别与身份证件号不一致，'],
      [4, '幼儿园名称不能为空，'],
    ])
    expect(await stored(bad!.identityNumber!)).toEqual([])
    expect(await stored(good!.identityNumber!)).toHaveLength(1)
  })

  it('knows children without a document by name, birth and kindergarten, however often they stand in the file', async () => {
    const [{ identityNumber: _, ...child }] = children(1, 4) as [ArchiveValues]
    const undocumented = { ...child, identityType: 'Z' }
    expect(await load([undocumented, undocumented])).toMatchObject({
      outcome: { created: 1, changed: 0, unchanged: 1 },
    })
    expect(await load([{ ...undocumented, phone: '19900000001' }])).toMatchObject({ outcome: { changed: 1 } })
    expect(await load([{ ...undocumented, kindergartenName: '另一幼儿园' }])).toMatchObject({ outcome: { created: 1 } })
  })

  it('reads .csv as well', async () => {
    const template = PRESCHOOL_ARCHIVE_TEMPLATE
    const lines = [template.columns.map((column) => column.header), rosterRow(template, children(1, 5)[0]!)]
    const csv = lines.map((line) => line.map((text) => `"${text}"`).join(',')).join('\n')
    const { batch } = await uploadTo(test, data, 'preschool-archive', 'A01', [
      { name: 'file', filename: '学前档案.csv', content: csv },
    ])
    expect(batch).toMatchObject({ status: 'succeeded', fileName: '学前档案.csv', outcome: { created: 1 } })
  })

  it('is the data administrator’s alone', async () => {
    for (const name of ['registrar', 'province', 'provinceAdmin', 'ministry']) {
      const person = await test.as(name)
      expect((await person.get('/api/rooms/preschool-archive/imports')).status, name).toBe(403)
    }
  })
})
