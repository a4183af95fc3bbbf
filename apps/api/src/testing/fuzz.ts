import type { Chance } from '@xueji/db/seed/random'
import type { DeclaredRoute } from '../platform/http/policy.ts'
import { multipartBody, type Part } from './multipart.ts'
import { type Sample, urlOf } from './sample-requests.ts'

/** A request as it will be sent: everything already text or bytes. */
export type WildRequest = {
  readonly url: string
  readonly headers: Record<string, string>
  readonly payload?: string | Buffer
  /** How it was made, for the report of a failure. */
  readonly how: string
}

/** The part of a JSON schema that requests are generated from. */
export type JsonSchema = {
  readonly type?: string
  readonly format?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly items?: JsonSchema
  readonly anyOf?: readonly JsonSchema[]
  readonly additionalProperties?: JsonSchema | boolean
}

/** What a route asks for, from the OpenAPI description. */
export type RouteSchema = { readonly query: Readonly<Record<string, JsonSchema>>; readonly body?: JsonSchema }

const DIGITS = '^\\d{6}$'
const UUID = '01900000-0000-7000-8000-000000000000'
const LONE_SURROGATES = ['\ud800', 'a\udfff', '学\ud83d籍']
const TEXTS = [
  ...['', ' ', '\0', 'a\0b', '\u202e', '😀'.repeat(40), '学'.repeat(300), 'x'.repeat(20_000)],
  ...LONE_SURROGATES,
  ...["' or 1=1 --", "'; drop table student; --", '$1', '#{7*7}', '%', '_', '\\', '%00', '<script>alert(1)</script>'],
  ...['__proto__', 'constructor', 'toString', 'null', 'undefined', 'true', 'NaN', '1e999', '-1', '0', '9'.repeat(30)],
  ...['2026-02-30', '0000-01-01', '9999-12-31', '-271821-04-20', '2026-09-01T00:00:00Z', '2026-9-1'],
  ...['../../etc/passwd', '..\\..\\windows', '\r\nset-cookie: a=b', 'ffffffff-ffff-ffff-ffff-ffffffffffff', UUID],
  ...['{"a":1}', '[]', '*', '/*', 'R11', 'all', '44020319'],
]
const VALUES: readonly unknown[] = [
  ...[0, -1, 1.5, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308, true, false, null, [], {}, [[]], [null], [{}]],
  ...[{ $gt: '' }, { length: 1e9 }, { toString: 1 }, { valueOf: 1 }, Array(6000).fill(UUID), Array(300).fill('x')],
]
// Written into JSON as they stand, where JSON.stringify would not let them through.
const RAW = [
  '1e999',
  '-0',
  '"\\ud800"',
  '"\\u0000"',
  '"\\uD83D"',
  '{"__proto__":{"admin":true}}',
  '{"constructor":{"prototype":{"x":1}}}',
]
const HOLE = '\u0001hole\u0001'
const BODIES: readonly (() => string | Buffer)[] = [
  () => '',
  () => '{',
  () => 'null',
  () => '"text"',
  () => '[]',
  () => '{"a":1}{"b":2}',
  () => '{"__proto__":{"admin":true}}',
  () => '{"a":{"constructor":{"prototype":{"x":1}}}}',
  () => '\ufeff{}',
  () => '{"a":NaN}',
  () => '[[['.repeat(30_000),
  () => `${'['.repeat(60_000)}${']'.repeat(60_000)}`,
  () => `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
  () => Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
  () => Buffer.alloc(64, 0),
  () => `{"x":"${'y'.repeat(3 << 20)}"}`,
]
const TYPES = [
  ...['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'application/json; charset=utf-16', ''],
  ...['multipart/form-data', 'multipart/form-data; boundary=', 'multipart/mixed; boundary=x', 'application/jsonp'],
  ...['application/json/x', '学籍', 'application/octet-stream', 'text/html, application/json'],
]
const FILE_NAMES = [
  ...['', '../../etc/passwd', '..\\..\\x.xlsx', '/etc/passwd', 'x.exe', 'x\0.xlsx', 'x'.repeat(9000), '😀'.repeat(100)],
  ...[
    '=cmd|x',
    '<img src=x onerror=alert(1)>.xlsx',
    '名单\r\nx: y.xlsx',
    'CON',
    '.xlsx',
    '\u202excod.xlsx',
    '%00',
    '"',
  ],
]

/**
 * Makes one wild request for a route. Half of them keep to the schema and are wild only in their texts, so that they get past validation and into the
 * work itself; the others are wrong in a few places, or altogether.
 */
export function makeWildRequest(
  chance: Chance,
  route: DeclaredRoute,
  sample: Sample,
  schema: RouteSchema,
): WildRequest {
  const isFitting = chance.next() < 0.5
  const query = isFitting ? fittingQuery(chance, sample, schema) : wildQuery(chance, sample, schema)
  const path = isFitting ? urlOf(route.url, sample.params) : wildPath(chance, route.url, sample)
  const url = query ? `${path}?${query}` : path
  if (route.method === 'GET') return { url, headers: wildHeaders(chance), how: isFitting ? 'fitting' : 'query' }
  if (sample.file !== undefined) return { url, ...wildUpload(chance, sample.file) }
  if (isFitting && schema.body)
    return {
      url,
      headers: JSON_TYPE,
      payload: JSON.stringify(fittingBody(chance, sample, schema.body)),
      how: 'fitting',
    }
  return { url, ...wildBody(chance, sample, schema) }
}

const JSON_TYPE = { 'content-type': 'application/json' }

/** What the schema lets through; single fields may be as in the sample, so that ids and versions are right at times. */
function fittingBody(chance: Chance, sample: Sample, schema: JsonSchema): unknown {
  const made = fromSchema(chance, schema, 0) as Record<string, unknown>
  for (const [key, value] of Object.entries(sample.body ?? {})) if (chance.next() < 0.5) made[key] = value
  return made
}

function wildBody(chance: Chance, sample: Sample, schema: RouteSchema): Omit<WildRequest, 'url'> {
  const kind = chance.between(1, 10)
  if (kind === 1) return { headers: JSON_TYPE, payload: chance.pick(BODIES)(), how: 'raw body' }
  if (kind === 2) {
    const type = chance.pick(TYPES)
    const headers: Record<string, string> = type ? { 'content-type': encodeHeader(type) } : {}
    return { headers, payload: JSON.stringify(sample.body ?? {}), how: `type ${type}` }
  }
  const body = kind <= 6 || !schema.body ? structuredClone(sample.body ?? {}) : fromSchema(chance, schema.body)
  return { headers: { ...JSON_TYPE, ...wildHeaders(chance) }, payload: spoil(chance, body), how: `mutated ${kind}` }
}

/** Changes one to three places of a value and writes it as JSON. */
function spoil(chance: Chance, value: unknown): string {
  let body = value
  const holes: string[] = []
  for (let times = chance.between(1, 3); times > 0; times--) {
    const places = placesIn(body)
    const place = chance.pick(places)
    const wild = chance.between(1, 8)
    if (wild === 1) body = place.remove(body)
    else if (wild === 2) {
      holes.push(chance.pick(RAW))
      body = place.put(body, HOLE)
    } else if (wild === 3)
      body = place.put(body, { [chance.pick(TEXTS)]: structuredClone(chance.pick(VALUES)), extra: 1 })
    else body = place.put(body, chance.next() < 0.6 ? chance.pick(TEXTS) : structuredClone(chance.pick(VALUES)))
  }
  const text = JSON.stringify(body === undefined ? null : body)
  return holes.reduce((result, hole) => result.replace(JSON.stringify(HOLE), hole), text)
}

type Place = { put: (root: unknown, value: unknown) => unknown; remove: (root: unknown) => unknown }

/** Every place of a value: itself, and whatever stands in it. */
function placesIn(root: unknown): Place[] {
  const places: Place[] = [{ put: (_root, value) => value, remove: () => undefined }]
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    const holder = node as Record<string, unknown>
    for (const key of Object.keys(holder).slice(0, 20)) {
      const put = (whole: unknown, value: unknown): unknown => {
        holder[key] = value
        return whole
      }
      const remove = (whole: unknown): unknown => {
        delete holder[key]
        return whole
      }
      places.push({ put, remove })
      visit(holder[key])
    }
  }
  visit(root)
  return places
}

/** A value that fits the schema in most places; everywhere with a wildness of 0, and then only its texts are odd. */
function fromSchema(chance: Chance, schema: JsonSchema, wildness = 0.1): unknown {
  if (chance.next() < wildness) return chance.next() < 0.5 ? chance.pick(TEXTS) : structuredClone(chance.pick(VALUES))
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return chance.pick(schema.enum)
  if (schema.anyOf) return fromSchema(chance, chance.pick(schema.anyOf), wildness)
  if (schema.type === 'object' || schema.properties) return objectFrom(chance, schema, wildness)
  if (schema.type === 'array')
    return Array.from({ length: chance.between(1, 4) }, () => fromSchema(chance, schema.items ?? {}, wildness))
  if (schema.type === 'integer')
    return chance.between(Math.max(-5, schema.minimum ?? -5), Math.min(2100, schema.maximum ?? 50))
  if (schema.type === 'number') return chance.next() * 100
  if (schema.type === 'boolean') return chance.next() < 0.5
  if (schema.format === 'uuid') return chance.next() < 0.5 ? UUID : crypto.randomUUID()
  if (schema.format === 'date') return `20${chance.between(10, 99)}-0${chance.between(1, 9)}-1${chance.between(0, 9)}`
  if (schema.pattern === DIGITS) return String(chance.between(100_000, 999_999))
  return chance
    .pick(TEXTS)
    .slice(0, schema.maxLength ?? 50)
    .padEnd(schema.minLength ?? 0, '1')
}

function objectFrom(chance: Chance, schema: JsonSchema, wildness: number): Record<string, unknown> {
  const wanted = Object.entries(schema.properties ?? {}).filter(
    ([key]) => schema.required?.includes(key) || chance.next() < 0.6,
  )
  const made = wanted.map(([key, inner]) => [key, fromSchema(chance, inner, wildness)] as const)
  const more = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined
  if (!more) return Object.fromEntries(made)
  const keys = ['name', 'identityNumber', 'birthDate', 'guardians.0.name', chance.pick(TEXTS).slice(0, 50)]
  return Object.fromEntries([...made, ...keys.map((key) => [key, fromSchema(chance, more, wildness)] as const)])
}

function fittingQuery(chance: Chance, sample: Sample, schema: RouteSchema): string {
  const keys = Object.keys(schema.query).filter((key) => key in (sample.query ?? {}) || chance.next() < 0.4)
  const pairs = keys.map((key) => {
    if (key === 'after') return [key, pageKey(chance)] as const
    return [
      key,
      chance.next() < 0.4 ? (sample.query?.[key] ?? '') : textOf(fromSchema(chance, schema.query[key]!, 0)),
    ] as const
  })
  // An absent value is not an empty one.
  return pairs.flatMap(([key, value]) => (value === '' ? [] : [`${encode(key)}=${encode(value)}`])).join('&')
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

function wildQuery(chance: Chance, sample: Sample, schema: RouteSchema): string {
  const pairs = Object.entries(sample.query ?? {}).filter(() => chance.next() < 0.8)
  const known = [...Object.keys(schema.query), ...Object.keys(sample.query ?? {})]
  for (let times = chance.between(1, 3); times > 0; times--) {
    const key =
      known.length > 0 && chance.next() < 0.85
        ? chance.pick(known)
        : chance.pick(['__proto__', 'a[b]', 'x', '', 'limit[]'])
    pairs.push([key, key === 'after' ? pageKey(chance) : wildText(chance, schema.query[key])])
  }
  const text = pairs.map(([key, value]) => `${encode(key)}=${encode(value)}`).join('&')
  return chance.next() < 0.05 ? `${text}&%zz=%&&=;` : text
}

const wildText = (chance: Chance, schema?: JsonSchema): string => {
  const value = schema && chance.next() < 0.3 ? fromSchema(chance, schema) : chance.pick(TEXTS)
  return textOf(value).slice(0, 4000)
}

/** Page keys that were never handed out. */
function pageKey(chance: Chance): string {
  const keys: readonly unknown[] = [
    ...[[], [''], ['x', UUID], ['44', 'x'], [UUID], ['1e400'], ['NaN'], ['-1'], ['99999999999'], ['\0', UUID]],
    ...[['\ud800', UUID], [1, 2], [null], {}, 'x', null, 7, [['x']], Array(100).fill('x'), ["' or 1=1"]],
  ]
  const text = JSON.stringify(chance.pick(keys))
  return chance.next() < 0.8 ? Buffer.from(text).toString('base64url') : chance.pick(TEXTS)
}

function wildPath(chance: Chance, url: string, sample: Sample): string {
  if (!sample.params || chance.next() < 0.5) return urlOf(url, sample.params)
  const kind = chance.next()
  if (kind < 0.05) return url.replace(/:(\w+)|\*$/, '%zz')
  const params = Object.keys(sample.params).map((key) => [key, safe(chance.pick(TEXTS)).slice(0, 2000)] as const)
  return urlOf(url, Object.fromEntries(params))
}

const wildHeaders = (chance: Chance): Record<string, string> => {
  if (chance.next() < 0.8) return {}
  return chance.pick<Record<string, string>>([
    { accept: 'text/html' },
    { accept: '*/*;q=x' },
    { 'accept-language': 'x'.repeat(2000) },
    { 'user-agent': 'x'.repeat(4000) },
    { 'user-agent': Buffer.from('学籍').toString('latin1') },
    { 'x-http-method-override': 'DELETE' },
    { 'if-none-match': '*' },
    { range: 'bytes=0-1' },
    { 'x-forwarded-for': "' or 1=1" },
  ])
}

function wildUpload(chance: Chance, content: string): Omit<WildRequest, 'url'> {
  const file: Part = { name: 'file', filename: '名单.xlsx', content }
  const forms: readonly (readonly Part[])[] = [
    [{ ...file, filename: chance.pick(FILE_NAMES) }],
    [{ ...file, filename: null }],
    [
      {
        ...file,
        name: chance
          .pick(TEXTS)
          .replace(/["\r\n]/g, '')
          .slice(0, 500),
      },
    ],
    [{ name: 'note', content: 'no file at all' }],
    [...Array(8).fill({ name: 'field', content: 'x' }), file],
    [file, file],
    [{ name: '__proto__', content: 'x' }, file],
    [{ name: 'json', content: '{"__proto__":', type: 'application/json' }, file],
    [{ ...file, type: 'application/json' }],
    [{ ...file, content: '' }],
    [{ ...file, content: Buffer.alloc(chance.between(1, 300_000), chance.between(0, 255)) }],
    [],
  ]
  const { payload, contentType } = multipartBody(chance.pick(forms))
  const kind = chance.between(1, 10)
  const headers = { 'content-type': contentType }
  if (kind <= 2)
    return { headers, payload: payload.subarray(0, chance.between(0, payload.length)), how: 'truncated form' }
  if (kind === 3) return { headers: { 'content-type': encodeHeader(chance.pick(TYPES)) }, payload, how: 'wrong type' }
  if (kind === 4)
    return { headers: { 'content-type': 'multipart/form-data; boundary=other' }, payload, how: 'wrong boundary' }
  if (kind === 5)
    return { headers: { 'content-type': 'application/json' }, payload: chance.pick(BODIES)(), how: 'no form' }
  return { headers, payload, how: 'form' }
}

// A url carries bytes: half a surrogate pair becomes what browsers make of it.
const safe = (text: string): string => Buffer.from(text).toString()
const encode = (text: string): string => encodeURIComponent(safe(text))
const encodeHeader = (text: string): string => Buffer.from(text).toString('latin1')
