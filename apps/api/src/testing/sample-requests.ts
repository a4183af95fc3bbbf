import { randomUUID } from 'node:crypto'
import type { DeclaredRoute } from '../platform/http/policy.ts'
import type { Answer, Options, Person } from './http.ts'
import { multipartBody } from './multipart.ts'
import type { World } from './world.ts'

/** A well-formed request of a route; ids name nothing unless a test puts its own in. */
export type Sample = {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Record<string, string>
  readonly body?: Record<string, unknown>
  /** The bytes of a file to be uploaded. */
  readonly file?: string
  /** The same for a picture. */
  readonly bytes?: Uint8Array
  /** The caller's session is over afterwards. */
  readonly endsSession?: true
  /** An endless answer: only its head is waited for. */
  readonly stream?: true
}

const ROOM = '/api/rooms/registration'
const PROBLEM = '/api/rooms/problem'
const ROSTER = '/api/rooms/preschool/lines'
const VOCATIONAL = '/api/rooms/vocational'
const page = { limit: '5', count: '1' }

/**
 * One request for every route of the app, by method and url. A route that is missing here fails the authorisation matrix: whoever adds a route adds its
 * request, and with it every role, every level and every kind of bad input is tried on it.
 */
const SAMPLES: Readonly<Record<string, (world: World) => Sample>> = {
  'GET /health/live': () => ({}),
  'GET /health/ready': () => ({}),
  'GET /api/docs': () => ({}),
  'GET /api/docs/json': () => ({}),
  'GET /api/docs/yaml': () => ({}),
  'GET /api/docs/static/index.html': () => ({}),
  'GET /api/docs/static/swagger-initializer.js': () => ({}),
  'GET /api/docs/static/*': () => ({ params: { '*': 'swagger-ui.css' } }),
  'GET /api/auth/sign-in': () => ({}),
  'POST /api/auth/login': () => ({ body: { username: `nobody-${randomUUID()}`, password: 'Wrong-1234' } }),
  'GET /api/auth/session': () => ({}),
  'POST /api/auth/logout': () => ({ endsSession: true }),
  'POST /api/auth/password': () => ({ body: { oldPassword: 'Wrong-1234', newPassword: 'Brand-New-2345' } }),
  'GET /api/online-users': () => ({ query: { ...page, search: '甲' } }),
  'POST /api/online-users/force-out': () => ({ body: { sessionKeys: ['0'.repeat(64)] } }),
  'GET /api/school/sub-accounts': () => ({}),
  'POST /api/school/sub-accounts': () => ({
    body: { displayName: '某某', username: `a${randomUUID().slice(0, 8)}` },
  }),
  'POST /api/school/sub-accounts/:id/password': () => ({ params: { id: randomUUID() } }),
  'PUT /api/school/sub-accounts/:id': () => ({ params: { id: randomUUID() }, body: { status: 'disabled' } }),
  'GET /api/service-accounts': () => ({}),
  'POST /api/service-accounts': () => ({ body: { name: '中职学生系统', validDays: 30 } }),
  'POST /api/service-accounts/:id/revocation': () => ({ params: { id: randomUUID() } }),
  'GET /api/organizations': (world) => ({
    query: { parentId: world.org.county!.id, search: '小学', level: 'school' },
  }),
  'GET /api/regions': () => ({ query: { parentCode: '440200', search: '武江' } }),
  'GET /api/school/structure': () => ({}),
  'GET /api/schools/:id/structure': () => ({ params: { id: randomUUID() } }),
  'POST /api/school/grades': (world) => ({ body: { stage: 1, entryYear: world.entryYear - 1 } }),
  'POST /api/school/classes': () => ({
    body: { gradeId: randomUUID(), classType: '10', name: '1班', headTeacherName: '某某', count: 1 },
  }),
  'DELETE /api/school/grades/:id': () => ({ params: { id: randomUUID() } }),
  'DELETE /api/school/classes/:id': () => ({ params: { id: randomUUID() } }),
  'GET /api/workflow-rules': () => ({ query: { business: '1', stage: '1', schoolKind: 'ordinary' } }),
  'GET /api/settings': () => ({}),
  'PUT /api/settings/:key': () => ({ params: { key: 'deadline.register' }, body: { value: 30 } }),
  'GET /api/live': () => ({ stream: true }),
  'GET /api/home': () => ({}),
  'POST /api/evidence': () => ({ file: 'no image' }),
  'GET /api/evidence/:id': () => ({ params: { id: randomUUID() } }),
  'DELETE /api/evidence/:id': () => ({ params: { id: randomUUID() } }),
  'GET /api/photos/classes': () => ({}),
  'GET /api/photos/students': () => ({ query: { ...page, classId: randomUUID(), view: 'missing' } }),
  'GET /api/photos/:id': () => ({ params: { id: randomUUID() } }),
  'POST /api/students/:id/photo': () => ({ params: { id: randomUUID() }, file: 'no photo' }),
  'POST /api/photo-packages': () => ({ query: { target: 'school' }, file: 'no zip' }),
  'GET /api/photo-packages': () => ({}),
  'GET /api/photo-packages/:id': () => ({ params: { id: randomUUID() } }),
  'GET /api/photo-packages/:id/files': () => ({ params: { id: randomUUID() }, query: { ...page, view: 'refused' } }),
  'GET /api/photo-packages/:id/report': () => ({ params: { id: randomUUID() } }),
  'GET /api/items/:id/evidence': () => ({ params: { id: randomUUID() } }),
  'POST /api/name-pinyin': () => ({ body: { name: '单小明' } }),
  [`GET ${ROOM}/template/:category`]: () => ({ params: { category: 'R11' } }),
  [`GET ${ROOM}/entries`]: () => ({}),
  [`POST ${ROOM}/imports`]: () => ({ query: { category: 'R11' }, file: 'no workbook' }),
  [`GET ${ROOM}/imports`]: () => ({ query: { ...page, category: 'R11' } }),
  [`GET ${ROOM}/imports/:id`]: () => ({ params: { id: randomUUID() } }),
  [`GET ${ROOM}/imports/:id/issues`]: () => ({
    params: { id: randomUUID() },
    query: { ...page, code: 'x', field: 'name', severity: 'error' },
  }),
  [`GET ${ROOM}/imports/:id/rows`]: () => ({
    params: { id: randomUUID() },
    query: { ...page, view: 'failing', code: 'x', field: 'name', from: '2' },
  }),
  [`GET ${ROOM}/imports/:id/corrections`]: () => ({ params: { id: randomUUID() }, query: page }),
  [`POST ${ROOM}/imports/:id/corrections`]: () => ({
    params: { id: randomUUID() },
    body: { version: 1, cells: [{ rowNumber: 2, field: 'name', value: '某某' }], drop: [3], restore: [4] },
  }),
  [`POST ${ROOM}/imports/:id/corrections/undo`]: () => ({ params: { id: randomUUID() }, body: { version: 1 } }),
  [`POST ${ROOM}/imports/:id/submit`]: () => ({ params: { id: randomUUID() }, body: { version: 1 } }),
  [`POST ${ROOM}/imports/:id/undo`]: () => ({ params: { id: randomUUID() }, body: { version: 1 } }),
  [`POST ${ROOM}/imports/:id/cancel`]: () => ({ params: { id: randomUUID() } }),
  [`GET ${ROOM}/check-facts`]: () => ({ query: { category: 'R11' } }),
  [`GET ${ROOM}/imports/:id/marked-file`]: () => ({ params: { id: randomUUID() } }),
  [`DELETE ${ROOM}/imports/:id`]: () => ({ params: { id: randomUUID() } }),
  [`GET ${ROOM}/items`]: () => ({
    query: { ...page, view: 'all', category: 'R11', check: 'passed', appliedFrom: '2026-09-01' },
  }),
  [`POST ${ROOM}/items/search`]: () => ({
    body: { limit: 20, view: 'all', studentName: '某', identityNumber: '1', category: 'R11', status: 'returned' },
  }),
  [`GET ${ROOM}/summary`]: () => ({ query: { ...page, view: 'review', schoolName: '小学', schoolCode: '2144' } }),
  [`POST ${ROOM}/items`]: () => ({
    body: { category: 'R13', values: { name: '某某', gradeName: '某级' }, evidenceIds: [randomUUID()] },
  }),
  [`GET ${ROOM}/items/:id`]: () => ({ params: { id: randomUUID() } }),
  [`POST ${ROOM}/items/:id/commands`]: () => ({
    params: { id: randomUUID() },
    body: { command: 'approve', opinion: '同意', version: 0 },
  }),
  [`PUT ${ROOM}/items/:id`]: () => ({ params: { id: randomUUID() }, body: { values: { name: '某某' }, version: 0 } }),
  [`DELETE ${ROOM}/items/:id`]: () => ({ params: { id: randomUUID() } }),
  [`POST ${ROOM}/review-batches`]: () => ({
    body: {
      command: 'refuse',
      opinion: '资料不全',
      ids: [randomUUID()],
      filter: { studentName: '某', schoolIds: [randomUUID()] },
    },
  }),
  [`GET ${ROOM}/review-batches`]: () => ({}),
  [`GET ${ROOM}/review-batches/:id`]: () => ({ params: { id: randomUUID() } }),
  [`GET ${ROOM}/reminder`]: () => ({}),
  [`GET ${ROOM}/progress`]: (world) => ({ query: { orgId: world.org.county!.id } }),
  [`POST ${ROOM}/collection-sheets`]: () => ({ body: { ids: [randomUUID()] } }),
  ...exportSamples(ROOM, 'items', { view: 'all', studentName: '某', schoolId: randomUUID(), status: 'returned' }, [
    'name',
    'identityNumber',
  ]),
  [`POST ${PROBLEM}/items/:id/commands`]: () => ({
    params: { id: randomUUID() },
    body: { command: 'approve', opinion: '同意', version: 0 },
  }),
  [`POST ${PROBLEM}/review-batches`]: () => ({ body: { command: 'refuse', opinion: '材料不清', ids: [randomUUID()] } }),
  [`GET ${PROBLEM}/review-batches`]: () => ({}),
  [`GET ${PROBLEM}/review-batches/:id`]: () => ({ params: { id: randomUUID() } }),
  [`POST ${PROBLEM}/parties/search`]: () => ({
    body: {
      limit: 20,
      view: 'all',
      studentName: '某',
      identityNumber: '1',
      problemType: 2,
      state: 'todo',
      isLocked: false,
    },
  }),
  [`GET ${PROBLEM}/groups/:id`]: () => ({ params: { id: randomUUID() } }),
  [`GET ${PROBLEM}/causes`]: () => ({}),
  [`POST ${PROBLEM}/handlings`]: () => ({
    body: {
      handling: 'amend',
      targets: [
        {
          studentId: randomUUID(),
          evidenceIds: [randomUUID()],
          amendment: { name: '某某', identityType: '1', identityNumber: '440203201905200011' },
        },
      ],
    },
  }),
  [`POST ${PROBLEM}/groups/:id/arbitration`]: () => ({
    params: { id: randomUUID() },
    body: {
      version: 0,
      opinion: '以户口簿为准',
      verdicts: [
        { studentId: randomUUID(), passes: true },
        { studentId: randomUUID(), passes: false },
      ],
    },
  }),
  ...exportSamples(PROBLEM, 'parties', { view: 'all', own: { view: 'all', studentName: '某', problemType: 2 } }, [
    'studentName',
    'identityNumber',
  ]),
  ...exportSamples('/api/rooms/preschool', 'lines', { studentName: '某', own: { view: 'all', match: '2' } }, ['name']),
  ...exportSamples('/api/rooms/school', 'classes', { gradeId: randomUUID() }, ['name', 'students']),
  ...exportSamples('/api/rooms/system', 'sessions', { own: { search: '甲' } }, ['username', 'ip']),
  ...importSamples('/api/rooms/preschool', 'P01'),
  ...importSamples('/api/rooms/preschool-archive', 'A01'),
  ...importSamples(VOCATIONAL, 'Z01'),
  ...vocationalSamples(),
  ...importSamples('/api/rooms/legacy', 'L01'),
  'GET /api/rooms/legacy/imports/:id/problems': () => ({
    params: { id: randomUUID() },
    query: { ...page, problemType: '2' },
  }),
  [`POST ${ROSTER}/search`]: () => ({
    body: { limit: 20, view: 'supplement', name: '某', identityNumber: '1', match: '2', supplemented: '0' },
  }),
  'GET /api/rooms/preschool/summary': () => ({}),
  [`POST ${ROSTER}`]: () => ({
    body: { name: '某某', gender: '男', birthDate: '20200315', identityType: '其他', identityNumber: '' },
  }),
  [`GET ${ROSTER}/:id`]: () => ({ params: { id: randomUUID() } }),
  [`PUT ${ROSTER}/:id`]: () => ({
    params: { id: randomUUID() },
    body: {
      values: { name: '某某', gender: '男', birthDate: '20200315', identityType: '其他', identityNumber: '' },
      version: 0,
    },
  }),
  [`POST ${ROSTER}/remove`]: () => ({ body: { ids: [randomUUID()] } }),
  [`POST ${ROSTER}/export`]: () => ({ body: { ids: [randomUUID()] } }),
  [`GET ${ROSTER}/:id/candidates`]: () => ({ params: { id: randomUUID() } }),
  [`POST ${ROSTER}/:id/confirmation`]: () => ({ params: { id: randomUUID() }, body: { archiveId: null, version: 0 } }),
  [`GET ${ROSTER}/:id/supplement`]: () => ({ params: { id: randomUUID() } }),
  [`POST ${ROSTER}/:id/supplement`]: () => ({
    params: { id: randomUUID() },
    body: { values: { ethnicity: '01' }, version: 0 },
  }),
}

/** 中职接续. */
function vocationalSamples(): Record<string, () => Sample> {
  const params = { id: randomUUID() }
  const values = { name: '某某', gender: '男', birthDate: '20110315', identityType: '其他', identityNumber: '' }
  const own = { view: 'duplicates', studentName: '某', state: 'continued', askedFrom: '2026-09-01' }
  return {
    [`POST ${VOCATIONAL}/lines/search`]: () => ({
      body: { limit: 20, name: '某', identityNumber: '1', studentNumber: 'G1', match: '2', state: 'open' },
    }),
    [`GET ${VOCATIONAL}/summary`]: () => ({}),
    [`POST ${VOCATIONAL}/lines`]: () => ({ body: { ...values, studentNumber: '' } }),
    [`GET ${VOCATIONAL}/lines/:id`]: () => ({ params }),
    [`PUT ${VOCATIONAL}/lines/:id`]: () => ({ params, body: { values, version: 0 } }),
    [`POST ${VOCATIONAL}/lines/remove`]: () => ({ body: { ids: [randomUUID()] } }),
    [`GET ${VOCATIONAL}/lines/:id/candidates`]: () => ({ params }),
    [`POST ${VOCATIONAL}/lines/:id/confirmation`]: () => ({ params, body: { studentId: randomUUID(), version: 0 } }),
    [`POST ${VOCATIONAL}/decisions`]: () => ({
      body: { lines: [{ id: randomUUID(), version: 0 }], decision: 'continue', despiteAdmission: true },
    }),
    [`POST ${VOCATIONAL}/requests/search`]: () => ({ body: { limit: 20, ...own } }),
    [`POST ${VOCATIONAL}/requests/acknowledgement`]: () => ({ body: { ids: [randomUUID()] } }),
    'POST /api/service/vocational/lines': () => ({ body: { schoolCode: '3644000001', lines: [values] } }),
    'POST /api/service/vocational/lines/search': () => ({ body: { schoolCode: '3644000001', ids: [randomUUID()] } }),
    'POST /api/service/vocational/decisions': () => ({
      body: { schoolCode: '3644000001', ids: [randomUUID()], decision: 'stop', despiteAdmission: false },
    }),
    ...exportSamples(VOCATIONAL, 'requests', { view: 'all', own }, ['studentName', 'identityNumber']),
  }
}

/** The exports of whatever has lists. */
function exportSamples(
  base: string,
  list: string,
  conditions: Record<string, unknown>,
  columns: string[],
): Record<string, () => Sample> {
  const params = { id: randomUUID() }
  return {
    [`GET ${base}/exports/columns`]: () => ({ query: { list } }),
    [`POST ${base}/exports/preview`]: () => ({ body: { list, conditions } }),
    [`POST ${base}/exports`]: () => ({
      body: {
        list,
        conditions,
        columns,
        authoriser: { username: `nobody-${randomUUID()}`, password: 'Wrong-1234' },
      },
    }),
    [`GET ${base}/exports`]: () => ({}),
    [`GET ${base}/exports/:id`]: () => ({ params }),
    [`POST ${base}/exports/:id/cancel`]: () => ({ params }),
    [`GET ${base}/exports/:id/file`]: () => ({ params }),
  }
}

/** The doors of a room whose files become records of its own. */
function importSamples(base: string, category: string): Record<string, () => Sample> {
  const params = { id: randomUUID() }
  return {
    [`GET ${base}/template/:category`]: () => ({ params: { category } }),
    [`GET ${base}/entries`]: () => ({}),
    [`POST ${base}/imports`]: () => ({ query: { category }, file: 'no workbook' }),
    [`GET ${base}/imports`]: () => ({ query: { ...page, category } }),
    [`GET ${base}/imports/:id`]: () => ({ params }),
    [`GET ${base}/imports/:id/issues`]: () => ({
      params,
      query: { ...page, code: 'x', field: 'name', severity: 'error' },
    }),
    [`GET ${base}/imports/:id/marked-file`]: () => ({ params }),
  }
}

/** Method and url as one text. */
export const routeName = (route: Pick<DeclaredRoute, 'method' | 'url'>): string => `${route.method} ${route.url}`

/** The request of a route; undefined when nobody wrote one. */
export const findSample = (world: World, route: Pick<DeclaredRoute, 'method' | 'url'>): Sample | undefined =>
  SAMPLES[routeName(route)]?.(world)

/** The url with its parameters filled in. */
export function urlOf(url: string, params: Readonly<Record<string, string>> = {}): string {
  return url.replace(/:(\w+)|\*$/g, (found, name?: string) => encodeURIComponent(params[name ?? found] ?? found))
}

/** Sends a sample as somebody. */
export async function sendSample(
  person: Person,
  route: Pick<DeclaredRoute, 'method' | 'url'>,
  sample: Sample,
  options: Options = {},
): Promise<Answer> {
  const url = urlOf(route.url, sample.params)
  const method = route.method as 'GET'
  if (sample.stream) return person.open(url, options)
  const part = sample.bytes ? photoPart(sample.bytes) : sample.file === undefined ? undefined : rosterPart(sample.file)
  const file = part && multipartBody([part])
  return person.call(method, url, {
    ...options,
    ...(sample.query ? { query: sample.query } : {}),
    body: file?.payload ?? sample.body,
    headers: { ...(file ? { 'content-type': file.contentType } : {}), ...options.headers },
  })
}

const rosterPart = (content: string) => ({ name: 'file', filename: '名单.xlsx', content })
const photoPart = (content: Uint8Array) => ({ name: 'file', filename: '照片.jpg', content })
