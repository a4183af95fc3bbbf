import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PRESCHOOL_ROSTER_TEMPLATE } from '../../packages/contracts/src/rooms/preschool/roster.template.ts'
import { RESIDENT_NEWCOMER_TEMPLATE } from '../../packages/contracts/src/rooms/registration/registration.template.ts'
import type { RoomTemplate } from '../../packages/contracts/src/template/template.ts'
import type { StudentValues } from '../../packages/domain/src/student/field-catalogue.ts'
import { nodeCodec } from '../../packages/workbook/src/node/node-codec.ts'
import { writeWorkbook } from '../../packages/workbook/src/write/workbook-stream.ts'
import { zipStream } from '../../packages/workbook/src/write/zip-stream.ts'
import type { ChildWish } from '../../prisma/seed/children.ts'
import { DEMO_SCHOOLS } from '../../prisma/seed/demo-world.ts'
import { drawPhoto } from '../../prisma/seed/drawn-photos.ts'
import { buildChildren, rosterRow } from '../../prisma/seed/roster.ts'
import { entryChildren, fileByForm } from './demo-entries.ts'
import { playProblems } from './problem-activity.ts'

/** A person at the API: signs in once, then reads and sends as the web page does. */
export type ApiPerson = {
  readonly get: <Answer>(path: string) => Promise<Answer>
  readonly send: <Answer>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) => Promise<Answer>
  readonly upload: <Answer>(path: string, name: string, bytes: Uint8Array) => Promise<Answer>
}

/** Signs in. */
export async function signIn(url: string, username: string, password: string): Promise<ApiPerson> {
  const response = await fetch(`${url}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  })
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const session = (await response.json()) as { csrfToken: string }
  if (!response.ok) throw new Error(`${username} 无法登录：${JSON.stringify(session)}`)
  const call = async <Answer>(method: string, path: string, body?: BodyInit, type?: string): Promise<Answer> => {
    const answer = await fetch(url + path, {
      method,
      headers: {
        cookie,
        'x-csrf-token': session.csrfToken,
        'idempotency-key': randomUUID(),
        ...(type ? { 'content-type': type } : {}),
      },
      ...(body === undefined ? {} : { body }),
    })
    const content = (await answer.json()) as Answer
    if (!answer.ok) throw new Error(`${method} ${path}: ${JSON.stringify(content)}`)
    return content
  }
  return {
    get: (path) => call('GET', path),
    send: (method, path, body) =>
      call(
        method,
        path,
        body === undefined ? undefined : JSON.stringify(body),
        body === undefined ? undefined : 'application/json',
      ),
    upload: (path, name, bytes) => {
      const form = new FormData()
      form.append('file', new Blob([new Uint8Array(bytes)]), name)
      return call('POST', path, form)
    },
  }
}

const ROOM = '/api/rooms/registration'
const PRESCHOOL = '/api/rooms/preschool'

// Children of one school are given numbers of a county of their own: invented numbers of one county and year may meet, and a demo must not trip over itself.
const PLACES = {
  small: { regionCode: '440203', regionName: '广东省韶关市武江区' },
  large: { regionCode: '440205', regionName: '广东省韶关市曲江区' },
  spoilt: { regionCode: '440222', regionName: '广东省韶关市始兴县' },
  virtue: { regionCode: '440224', regionName: '广东省韶关市仁化县' },
  harbour: { regionCode: '440229', regionName: '广东省韶关市翁源县' },
  riverside: { regionCode: '440204', regionName: '广东省韶关市浈江区' },
  draft: { regionCode: '440232', regionName: '广东省韶关市乳源瑶族自治县' },
} as const

type Place = (typeof PLACES)[keyof typeof PLACES]

type Batch = { id: string; status: string }

/** Writes a roster of the newcomers' template. */
export const writeRoster = (
  children: readonly StudentValues[],
  edit: (row: string[], index: number) => void = () => {},
): Promise<Uint8Array> => writeTemplate(RESIDENT_NEWCOMER_TEMPLATE, children, edit)

function writeTemplate(
  template: RoomTemplate,
  children: readonly StudentValues[],
  edit: (row: string[], index: number) => void = () => {},
): Promise<Uint8Array> {
  const rows = children.map((child, index) => {
    const row = rosterRow(template, child)
    edit(row, index)
    return row
  })
  const columns = template.columns.map((column) => ({
    header: column.header,
    width: column.width,
    required: column.required,
    text: true,
  }))
  return writeWorkbook({ sheets: [{ kind: 'table', name: template.sheetName, columns, rows }] }, { codec: nodeCodec })
}

/** Sample rosters of the tour's school, in `samples/` of the data folder. */
export async function writeSamples(dataFolder: string, entryYear: number): Promise<void> {
  const folder = join(dataFolder, 'samples')
  mkdirSync(folder, { recursive: true })
  const save = (name: string, bytes: Uint8Array): void => writeFileSync(join(folder, name), bytes)
  const { small, large, spoilt } = sampleChildren(entryYear)
  save('阳光小学-一年级新生-30人.xlsx', await writeRoster(small))
  save('阳光小学-一年级新生-300人.xlsx', await writeRoster(large))
  save('阳光小学-一年级新生-有错误.xlsx', await writeRoster(spoilt, spoil))
}

/** The children of the sample rosters. */
function sampleChildren(entryYear: number): Record<'small' | 'large' | 'spoilt', StudentValues[]> {
  const wish = (place: Place): ChildWish => wishOf('sunshine', place, entryYear)
  return {
    small: buildChildren(30, 101, { ...wish(PLACES.small), classNumber: `${entryYear}101` }),
    large: buildChildren(300, 102, wish(PLACES.large), mixedOutcome),
    spoilt: buildChildren(40, 103, wish(PLACES.spoilt)),
  }
}

/** Gives a fresh demo world a past, through the front door: imports, reviews, refusals and registered students, by the people themselves. */
export async function playDemo(url: string, password: string, entryYear: number): Promise<void> {
  // Everybody signs in once: who knocks again and again within a minute is kept out (security: Sign-in).
  const people = new Map<string, Promise<ApiPerson>>()
  const person = (username: string): Promise<ApiPerson> => {
    const known = people.get(username) ?? signIn(url, username, password)
    people.set(username, known)
    return known
  }
  const importAs = async (
    key: string,
    place: Place,
    count: number,
    seed: number,
    outcome?: (index: number) => ChildWish['outcome'],
  ): Promise<ApiPerson> => {
    const registrar = await person(`${key}.registrar`)
    const wish = { ...wishOf(key, place, entryYear), classNumber: `${entryYear}101` }
    const children = buildChildren(count, seed, wish, outcome)
    await listChildren(registrar, `${entryYear}级学前调档名单.xlsx`, children)
    await uploadAndWait(registrar, `${entryYear}级新生名单.xlsx`, await writeRoster(children))
    return registrar
  }
  await importAs('virtue', PLACES.virtue, 186, 201, mixedOutcome)
  const harbour = await importAs('harbour', PLACES.harbour, 96, 202, (index) =>
    index === 17 ? 'nameMismatch' : undefined,
  )
  const riverside = await importAs('riverside', PLACES.riverside, 132, 203, (index) =>
    index === 40 ? 'notFound' : undefined,
  )
  const sunshine = await person('sunshine.registrar')
  const draft = buildChildren(24, 204, wishOf('sunshine', PLACES.draft, entryYear))
  // The sample rosters are to be imported by whoever tries the system: their children are on the list already.
  const { small, large, spoilt } = sampleChildren(entryYear)
  await listChildren(sunshine, '一年级新生名单.xlsx', [...draft, ...small, ...large, ...spoilt])
  await uploadAndWait(sunshine, '一年级新生（初稿）.xlsx', await writeRoster(draft, spoil))
  await all(await person('harbour.leader'), 'approve')
  await all(harbour, 'escalate')
  await all(await person('riverside.leader'), 'approve')
  await all(riverside, 'escalate')
  await playEntries(person, entryYear)
  const bureau = await person('county440204')
  const waiting = await bureau.get<{ rows: { id: string; version: number }[] }>(`${ROOM}/items?view=review&limit=80`)
  for (const [index, row] of waiting.rows.slice(0, 2).entries())
    await bureau.send('POST', `${ROOM}/items/${row.id}/commands`, {
      command: 'refuse',
      version: row.version,
      opinion: ['家庭住址不完整，请补充门牌号', '成员2联系电话为空号，请核实'][index],
    })
  await settle(
    bureau,
    await bureau.send('POST', `${ROOM}/review-batches`, {
      command: 'approve',
      ids: waiting.rows.slice(2).map((row) => row.id),
    }),
  )
  await deliverPhotos(riverside, entryYear)
  await playProblems(person)
}

/** Photographs for most of those whom the bureau has registered, and two files that belong to nobody. */
async function deliverPhotos(registrar: ApiPerson, entryYear: number): Promise<void> {
  const { classId } = (await registrar.get<{ classId: string; className: string }[]>('/api/photos/classes'))[0]!
  const { rows } = await registrar.get<{ rows: { name: string }[] }>(
    `/api/photos/students?classId=${classId}&limit=200`,
  )
  const { schoolCode } = DEMO_SCHOOLS.find((one) => one.key === 'riverside')!
  const names = [...new Set(rows.map(({ name }) => name))].slice(0, 60)
  const parts: { name: string; content: Uint8Array[] }[] = []
  for (const [index, name] of names.entries())
    parts.push({ name: `${schoolCode}_${entryYear}101_${name}.jpg`, content: [await drawPhoto(index)] })
  parts.push({ name: 'IMG_0001.jpg', content: [await drawPhoto(900)] })
  parts.push({ name: `${schoolCode}_${entryYear}101_查无此人.jpg`, content: [await drawPhoto(901)] })
  const chunks: Uint8Array[] = []
  for await (const chunk of zipStream(parts, nodeCodec, 0)) chunks.push(chunk)
  const path = '/api/photo-packages'
  const { id } = await registrar.upload<{ id: string }>(
    `${path}?target=school`,
    '一年级1班照片.zip',
    Buffer.concat(chunks),
  )
  await until(async () => (await registrar.get<{ status: string }>(`${path}/${id}`)).status === 'done')
}

/** Children who came by the other entries and wait: foreign ones, ones of other grades, and ones without document on their way to the province. */
async function playEntries(person: (username: string) => Promise<ApiPerson>, schoolYear: number): Promise<void> {
  const wish = { count: 2, regionCode: '440233', schoolYear }
  const twelve = await person('twelveyear.registrar')
  for (const child of entryChildren('R22', { ...wish, key: 'twelveyear', seed: 211, stage: 2 }))
    await fileByForm(twelve, 'R22', child)
  for (const child of entryChildren('R21', { ...wish, key: 'twelveyear', seed: 212, stage: 3 }))
    await fileByForm(twelve, 'R21', child)
  const harbour = await person('harbour.registrar')
  const [first, second] = entryChildren('R13', { ...wish, key: 'harbour', seed: 213 })
  const ids = [await fileByForm(harbour, 'R13', first!)]
  const go = async (who: ApiPerson, command: 'approve' | 'escalate'): Promise<void> =>
    settle(who, await who.send('POST', `${ROOM}/review-batches`, { command, ids }))
  await go(await person('harbour.leader'), 'approve')
  await go(harbour, 'escalate')
  await fileByForm(harbour, 'R13', second!)
}

function wishOf(key: string, place: Place, entryYear: number): ChildWish {
  const school = DEMO_SCHOOLS.find((one) => one.key === key)!
  return { ...place, schoolCode: school.schoolCode, entryYear }
}

const mixedOutcome = (index: number): ChildWish['outcome'] =>
  index % 60 === 59 ? 'notFound' : index % 75 === 74 ? 'nameMismatch' : index === 33 ? 'duplicate' : undefined

/** The slips of a real registrar: one in each of some rows. */
function spoil(row: string[], index: number): void {
  const at = (header: string): number =>
    RESIDENT_NEWCOMER_TEMPLATE.columns.findIndex((column) => column.header === header)
  const set = (header: string, text: string): void => {
    row[at(header)] = text
  }
  if (index === 2) set('身份证件号', `${row[at('身份证件号')]!.slice(0, 16)}00`)
  if (index === 5) set('民族', '汉')
  if (index === 7) set('联系电话', '138-0000-000')
  if (index === 9) set('成员1姓名', '张 3')
  if (index === 11) set('出生日期', '20300101')
  if (index === 13) set('班号', '2020199')
  if (index === 15) set('健康状况', '')
  if (index === 18) set('性别', row[at('性别')] === '男' ? '女' : '男')
  if (index === 20) set('学校标识码', '2144109999')
  if (index === 22) set('邮政编码', '5120')
}

/** Puts children on the school's preschool roster, as registrars do first (PRE-017). */
export async function listChildren(person: ApiPerson, name: string, children: readonly StudentValues[]): Promise<void> {
  const bytes = await writeTemplate(PRESCHOOL_ROSTER_TEMPLATE, children)
  const { batch } = await person.upload<{ batch: Batch }>(`${PRESCHOOL}/imports?category=P01`, name, bytes)
  await until(
    async () => (await person.get<{ batch: Batch }>(`${PRESCHOOL}/imports/${batch.id}`)).batch.status === 'succeeded',
  )
}

async function uploadAndWait(person: ApiPerson, name: string, bytes: Uint8Array): Promise<void> {
  const { batch } = await person.upload<{ batch: Batch }>(`${ROOM}/imports?category=R11`, name, bytes)
  await until(
    async () =>
      !['pending', 'running'].includes(
        (await person.get<{ batch: Batch }>(`${ROOM}/imports/${batch.id}`)).batch.status,
      ),
  )
  await until(
    async () => (await person.get<{ total: number }>(`${ROOM}/items?status=checking&count=1&limit=1`)).total === 0,
  )
}

async function all(person: ApiPerson, command: 'approve' | 'escalate'): Promise<void> {
  await settle(person, await person.send('POST', `${ROOM}/review-batches`, { command, filter: {} }))
}

async function settle(person: ApiPerson, batch: Batch): Promise<void> {
  await until(async () => (await person.get<Batch>(`${ROOM}/review-batches/${batch.id}`)).status === 'finished')
}

async function until(done: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end; ) {
    if (await done()) return
    await new Promise((resolve) => setTimeout(resolve, 150))
  }
  throw new Error('演示数据没有在一分钟内就绪')
}
