import { existsSync } from 'node:fs'
import { openFileSource } from '@xueji/workbook/node/file-source'
import { nodeCodec } from '@xueji/workbook/node/node-codec'
import { openArchive } from '@xueji/workbook/read/open-archive'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { findRoom } from '../../rooms/index.ts'
import { askExport } from '../../testing/corridor.ts'
import { drawnPng } from '../../testing/drawn-images.ts'
import { type Answer, buildTestApp, type Person, type TestApp } from '../../testing/http.ts'
import { drawnPhoto, zipOf } from '../../testing/photos.ts'
import { addStudents } from '../../testing/students.ts'
import { buildWorld, TEST_PASSWORD, type World } from '../../testing/world.ts'
import { runExport } from '../export-run.ts'
import { keepHouse } from '../housekeeping.ts'
import { runPhotoPackage } from './package-run.ts'

let world: World
let test: TestApp
let registrar: Person
const NUMBERS = ['440203201903150015', '440203201903150023', '44020320190315004X', '440203201903150058']
let ids: string[]
let school: string

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  test = await buildTestApp(world)
  registrar = await test.as('registrar')
  school = world.org.school!.code
  ids = await addStudents(world, 'school', [
    { name: '甲某', identityNumber: NUMBERS[0]! },
    { name: '乙某', identityNumber: NUMBERS[1]!, classAt: 1 },
    { name: '丙某' },
    { name: '丁某', tail: '0101' },
    { name: '丁某', tail: '0202' },
    { name: '戊某', identityNumber: NUMBERS[2]!, classAt: null },
  ])
  await addStudents(world, 'schoolB', [{ name: '己某', identityNumber: NUMBERS[3]! }])
})
afterAll(async () => {
  await test.close()
  await world.database.drop()
})

const sql = async (text: string, values: unknown[] = []) => (await world.database.client.query(text, values)).rows
const idOf = (answer: Answer): string => answer.body?.error?.id ?? String(answer.status)
const send = (person: Person, student: string, bytes: Uint8Array, filename = '照片.jpg'): Promise<Answer> =>
  person.upload(`/api/students/${student}/photo`, [{ name: 'file', filename, content: bytes }])
const classOf = async (at: number): Promise<string> =>
  (await sql('select id from school_class where school_id = $1 order by class_number', [world.org.school!.id]))[at].id
const standing = async (): Promise<string[]> =>
  (await sql('select student_id from student_photo where replaced_at is null order by 1')).map((row) => row.student_id)

/** Uploads a zip and works it through; the package and its files by name. */
async function deliver(zip: Uint8Array, query: Record<string, string> = { target: 'school' }, chunk?: number) {
  const answer = await registrar.upload('/api/photo-packages', [{ name: 'file', filename: '照片.zip', content: zip }], {
    query,
  })
  if (answer.status !== 200) return { answer, pack: undefined, reasons: {} }
  await runPhotoPackage(test.platform, answer.body.id, chunk)
  const pack = (await registrar.get(`/api/photo-packages/${answer.body.id}`)).body
  const files = (await registrar.get(`/api/photo-packages/${answer.body.id}/files`, { query: { limit: '200' } })).body
    .rows
  const reasons = Object.fromEntries(
    files.map((file: { name: string; reason: string | null }) => [file.name, file.reason]),
  )
  return { answer, pack, reasons }
}

describe('单张上传（PHO-002、PHO-004、PHO-009）', () => {
  it('is scaled, kept, shown, and replaced: the last one replaced is kept, the one before goes', async () => {
    const photos: string[] = []
    for (const side of [1, 2, 1]) {
      const answer = await send(registrar, ids[0]!, await drawnPhoto(358 * side, 441 * side))
      expect(answer.body).toMatchObject({ id: ids[0], name: '甲某', photo: { uploader: 'registrar甲' } })
      photos.push(answer.body.photo.id)
    }
    const shown = await (await test.as('leader')).get(`/api/photos/${photos[2]}`)
    expect(shown.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
    const file = await sharp(test.platform.files.pathOf(photos[2]!)).metadata()
    expect(file).toMatchObject({ width: 358, height: 441, format: 'jpeg' })
    await keepHouse(test.platform)
    expect(photos.map((id) => existsSync(test.platform.files.pathOf(id)))).toEqual([false, true, true])
    expect((await registrar.get(`/api/photos/${photos[1]}`)).status).toBe(200)
    expect(idOf(await registrar.get(`/api/photos/${photos[0]}`))).toBe('notFound')
    const lines = await sql(`select action from audit_event where target = $1 order by at, seq`, [ids[0]])
    expect(lines.map((line) => line.action)).toEqual(['photo.set', 'photo.set', 'photo.set', 'photo.viewReplaced'])
  })

  it.each<[string, () => Promise<Uint8Array> | Uint8Array, string, string]>([
    ['大小', () => new Uint8Array(60 * 1024), '照片.jpg', 'photo.tooLarge'],
    ['格式', () => drawnPhoto(), '照片.png', 'photo.format'],
    ['改名', () => drawnPng(358, 441), '照片.jpg', 'photo.notImage'],
    ['像素', () => drawnPhoto(300, 370), '照片.jpg', 'photo.tooSmall'],
    ['比例', () => drawnPhoto(500, 500), '照片.jpg', 'photo.wrongRatio'],
    ['残缺', async () => (await drawnPhoto()).subarray(0, -20), '照片.jpg', 'photo.damaged'],
  ])('refuses: %s', async (_title, make, name, id) => {
    expect(idOf(await send(registrar, ids[1]!, await make(), name))).toBe(id)
  })

  it('is for the school’s own children, by its registrar', async () => {
    const photo = await drawnPhoto()
    expect(idOf(await send(await test.as('registrarB'), ids[0]!, photo))).toBe('notFound')
    for (const other of ['leader', 'clerk', 'county', 'teacher'])
      expect(idOf(await send(await test.as(other), ids[0]!, photo)), other).toBe('forbidden')
  })
})

describe('批量上传（PHO-005、PHO-006、PHO-007）', () => {
  it('stores what fits and says of every other file why not', async () => {
    const good = await drawnPhoto()
    const { pack, reasons } = await deliver(
      await zipOf({
        [`一年级/${NUMBERS[0]}.jpg`]: good,
        [`${NUMBERS[1]}.JPG`]: good,
        [`${school}_${world.classNumbers[0]}_丙某.jpg`]: good,
        [`${school}_${world.classNumbers[0]}_丁某_0101.jpg`]: good,
        [`${school}_${world.classNumbers[0]}_丁某.jpg`]: good,
        [`2144000009_${world.classNumbers[0]}_丙某.jpg`]: good,
        [`${NUMBERS[3]}.jpg`]: good,
        '440203201903159999.jpg': good,
        'IMG_0001.jpg': good,
        '说明.txt': '说明',
        [`${NUMBERS[2]}.jpg`]: await drawnPhoto(300, 300),
        '__MACOSX/._x.jpg': 'x',
        'Thumbs.db': 'x',
      }),
      { target: 'school' },
      4,
    )
    expect(pack).toMatchObject({
      status: 'done',
      statusName: '处理完毕',
      total: 11,
      done: 11,
      stored: 4,
      refused: 7,
      failure: null,
    })
    expect(reasons).toEqual({
      [`${NUMBERS[0]}.jpg`]: null,
      [`${NUMBERS[1]}.JPG`]: null,
      [`${school}_${world.classNumbers[0]}_丙某.jpg`]: null,
      [`${school}_${world.classNumbers[0]}_丁某_0101.jpg`]: null,
      [`${school}_${world.classNumbers[0]}_丁某.jpg`]: expect.stringContaining('同班有同名学生'),
      [`2144000009_${world.classNumbers[0]}_丙某.jpg`]: '文件名中的学校标识码不是本校',
      [`${NUMBERS[3]}.jpg`]: '本校在校生中找不到该学生',
      '440203201903159999.jpg': '本校在校生中找不到该学生',
      'IMG_0001.jpg': expect.stringContaining('文件名须为'),
      '说明.txt': '照片须为 jpg 格式',
      [`${NUMBERS[2]}.jpg`]: expect.stringContaining('宽高比'),
    })
    expect(await standing()).toEqual([ids[0], ids[1], ids[2], ids[3]].sort())
    // The zip itself has gone; the report can be taken along, and that is noted.
    expect(await sql('select file_id from photo_package where id = $1', [pack.id])).toEqual([{ file_id: null }])
    const report = await registrar.get(`/api/photo-packages/${pack.id}/report`)
    expect(report.headers['content-disposition']).toContain(encodeURIComponent('照片上传结果-照片.xlsx'))
    expect(
      await sql(`select detail from audit_event where action = 'photo.report' and target = $1`, [pack.id]),
    ).toEqual([{ detail: { count: 11 } }])
    expect(idOf(await (await test.as('registrarB')).get(`/api/photo-packages/${pack.id}`))).toBe('notFound')
  })

  it('only for the class or grade meant; one child, one picture', async () => {
    const good = await drawnPhoto()
    const { reasons } = await deliver(await zipOf({ [`${NUMBERS[0]}.jpg`]: good, [`${NUMBERS[1]}.jpg`]: good }), {
      target: 'class',
      targetId: await classOf(0),
    })
    expect(reasons).toEqual({ [`${NUMBERS[0]}.jpg`]: null, [`${NUMBERS[1]}.jpg`]: '该学生不在所选的班级或年级' })
    const twice = await deliver(
      await zipOf({ [`a/${NUMBERS[0]}.jpg`]: good, [`${school}_${world.classNumbers[0]}_甲某.jpg`]: good }),
    )
    expect(Object.values(twice.reasons)).toEqual(Array(2).fill(expect.stringContaining('多张照片')))
    const foreign = await sql('select id from school_class where school_id = $1', [world.org.schoolB!.id])
    expect(idOf((await deliver(await zipOf({}), { target: 'class', targetId: foreign[0].id })).answer)).toBe('notFound')
    expect(idOf((await deliver(await zipOf({}), { target: 'class' })).answer)).toBe('request.invalid')
  })

  it.each<[string, () => Promise<Uint8Array>, RegExp]>([
    ['不是压缩包', async () => Buffer.from('no zip'), /不是 zip/],
    ['空的', async () => zipOf({}), /没有文件/],
    ['截断', async () => (await zipOf({ 'a.jpg': 'x' })).subarray(0, 30), /不是 zip/],
    ['两个同名', async () => zipOf({ 'a.jpg': 'x', 'A.jpg': 'y' }), /已损坏/],
    ['压得太好', async () => zipOf({ 'a.jpg': Buffer.alloc(16 * 1024 * 1024) }), /结构异常/],
    [
      '文件太多',
      async () => zipOf(Object.fromEntries(Array.from({ length: 5001 }, (_, n) => [`${n}.jpg`, '']))),
      /超过 5000/,
    ],
  ])('a zip that is none: %s', async (_title, make, title) => {
    const { pack } = await deliver(await make())
    expect(pack).toMatchObject({ status: 'failed', statusName: '处理失败', stored: 0 })
    expect(pack.failure.title).toMatch(title)
  })

  it('asks the database as often for fifty files as for two', async () => {
    const { platform } = test
    const children = await addStudents(
      world,
      'school',
      Array.from({ length: 48 }, (_, n) => ({ name: `某${n}`, identityNumber: `4402032019031${String(60000 + n)}` })),
    )
    expect(children).toHaveLength(48)
    const good = await drawnPhoto()
    const counted: number[] = []
    for (const size of [2, 48]) {
      const zip = await zipOf(
        Object.fromEntries(Array.from({ length: size }, (_, n) => [`4402032019031${60000 + n}.jpg`, good])),
      )
      const answer = await registrar.upload(
        '/api/photo-packages',
        [{ name: 'file', filename: 'x.zip', content: zip }],
        { query: { target: 'school' } },
      )
      const before = platform.db.statementCount()
      await runPhotoPackage(platform, answer.body.id)
      counted.push(platform.db.statementCount() - before)
    }
    expect(counted[1]).toBe(counted[0])
  })

  it('a job that was killed goes on where it stopped; one that lost its right stops', async () => {
    const good = await drawnPhoto()
    const zip = await zipOf({ 'x.txt': '', [`${NUMBERS[0]}.jpg`]: good })
    const { body } = await registrar.upload(
      '/api/photo-packages',
      [{ name: 'file', filename: 'x.zip', content: zip }],
      { query: { target: 'school' } },
    )
    await sql(
      `insert into photo_package_file (package_id, position, org_path, name, fault) values ($1, 0, $2, 'x.txt', 'format')`,
      [body.id, world.org.school!.path],
    )
    await sql(
      `update photo_package set status = 'running', total = 2, done = 1, heartbeat_at = now() - interval '1 minute' where id = $1`,
      [body.id],
    )
    await keepHouse(test.platform)
    expect(test.platform.sentJobs).toContainEqual({ queue: 'photo-package', data: { packageId: body.id } })
    await runPhotoPackage(test.platform, body.id)
    expect((await registrar.get(`/api/photo-packages/${body.id}`)).body).toMatchObject({
      status: 'done',
      total: 2,
      done: 2,
      stored: 1,
    })
    const other = await registrar.upload('/api/photo-packages', [{ name: 'file', filename: 'x.zip', content: zip }], {
      query: { target: 'school' },
    })
    const account = world.actor('registrar').accountId
    await sql('update account set status = $2 where id = $1', [account, 'disabled'])
    await runPhotoPackage(test.platform, other.body.id)
    await sql('update account set status = $2 where id = $1', [account, 'active'])
    expect(await sql('select status, failure from photo_package where id = $1', [other.body.id])).toEqual([
      { status: 'failed', failure: 'right' },
    ])
  })
})

describe('查看与导出（PHO-008、EXP-011）', () => {
  it('tells class by class who has one', async () => {
    const leader = await test.as('leader')
    const classes = (await leader.get('/api/photos/classes')).body
    const first = classes.find((one: { classId: string }) => one.classId)
    const list = async (view: string) =>
      (await leader.get('/api/photos/students', { query: { classId: first.classId, view, limit: '200', count: '1' } }))
        .body
    const [all, missing, present] = [await list('all'), await list('missing'), await list('present')]
    expect([all.total, present.total, missing.total]).toEqual([
      first.students,
      first.photos,
      first.students - first.photos,
    ])
    expect(missing.rows.every((row: { photo: unknown }) => row.photo === null)).toBe(true)
    expect(present.rows.every((row: { photo: unknown }) => row.photo !== null)).toBe(true)
    expect(JSON.stringify(all)).not.toContain(NUMBERS[0])
    expect(classes.at(-1)).toMatchObject({ classId: null, className: '未分班', students: 1 })
    expect((await leader.get('/api/photos/students')).body.rows.map((row: { name: string }) => row.name)).toEqual([
      '戊某',
    ])
  })

  it('hands them out as a zip, authorised and audited, under names that can be uploaded again', async () => {
    const wish = { list: 'photos', conditions: { view: 'all', classId: await classOf(0) }, columns: ['photo'] }
    const authoriser = { username: 'leader', password: TEST_PASSWORD }
    expect(
      idOf(
        await registrar.post('/api/rooms/registration/exports', {
          ...wish,
          authoriser: { ...authoriser, password: 'Wrong-1234' },
        }),
      ),
    ).toBe('export.notAuthorised')
    const asked = await registrar.post('/api/rooms/registration/exports', { ...wish, authoriser })
    expect(asked.body).toMatchObject({
      list: 'photos',
      name: expect.stringMatching(/^学生照片-武江第一小学-\d{8}\.zip$/),
    })
    await runExport(test.platform, findRoom, asked.body.id, { page: 3, lookMillis: 0 })
    const file = await registrar.get(`/api/rooms/registration/exports/${asked.body.id}/file`)
    expect(file.headers['content-type']).toBe('application/zip')
    const [{ file_id }] = await sql('select file_id from export_job where id = $1', [asked.body.id])
    const source = await openFileSource(test.platform.files.pathOf(file_id))
    const opened = await openArchive(source, nodeCodec)
    const names = opened.ok ? opened.files.map(({ name }) => name) : []
    expect(names).toEqual(
      expect.arrayContaining([`${NUMBERS[0]}.jpg`, `${school}_${world.classNumbers[0]}_丁某_0101.jpg`]),
    )
    const bytes = opened.ok ? await opened.files[0]!.read(60 * 1024) : undefined
    expect(await sharp(bytes as Uint8Array).metadata()).toMatchObject({ width: 358, height: 441 })
    await source.close()
    const [{ n }] = await sql(
      'select count(*)::int as n from student_photo p join student s on s.id = p.student_id where p.replaced_at is null and s.class_id = $1',
      [await classOf(0)],
    )
    expect(names).toHaveLength(n)
    const actions = await sql(`select action from audit_event where target = $1 order by at, seq`, [asked.body.id])
    expect(actions.map((row) => row.action)).toEqual(['export.request', 'export.finish', 'export.download'])
    const other = await askExport(test.platform, world.actor('registrarB'), world.actor('leaderB'), {
      columns: ['photo'],
    })
    expect(idOf(await registrar.get(`/api/rooms/registration/exports/${other}/file`))).toBe('notFound')
  })

  it('a child that moves takes its photographs along', async () => {
    const before = await sql('select count(*)::int as n from student_photo where org_path = $1', [
      world.org.schoolB!.path,
    ])
    await sql('update student set org_path = $2, org_id = $3 where id = $1', [
      ids[0],
      world.org.schoolB!.path,
      world.org.schoolB!.id,
    ])
    const after = await sql('select count(*)::int as n from student_photo where org_path = $1', [
      world.org.schoolB!.path,
    ])
    expect(after[0].n).toBeGreaterThan(before[0].n)
  })
})
