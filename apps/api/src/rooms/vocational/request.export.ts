import { GENDER, IDTYPE } from '@xueji/contracts/codes/student-codes'
import type { ConditionWords, ExportConditions } from '@xueji/contracts/pipeline/export.api'
import { REQUEST_WORDS, STAGE_WORDS } from '@xueji/contracts/rooms/vocational/vocational.words'
import { RequestFilter, RequestView } from '@xueji/contracts/rooms/vocational/vocational-request.api'
import type { Role } from '@xueji/domain/access/roles'
import type { z } from 'zod'
import type { ExportList } from '../../pipeline/export-list.ts'
import { maskNumber } from '../../pipeline/item-view.ts'
import { countUpTo, type Where } from '../../pipeline/list-query.ts'
import { refuse } from '../../platform/refusal.ts'
import { REQUEST_COLUMNS, REQUEST_TABLES, requestConditions, type StoredRequest } from './request.list.ts'

/** Who may read 中职调档查询 (menu §1). */
export const REQUEST_READERS: readonly Role[] = [
  'schoolRegistrar',
  'schoolLeader',
  'countyRegistrar',
  'cityRegistrar',
  'provinceRegistrar',
]

type ExportedRequest = StoredRequest & { readonly askedOn: string; readonly decidedOn: string | null }
type Column = readonly [key: string, header: string, width: number, text: (request: ExportedRequest) => string | null]

/** The columns of the list in its words; numbers in full, for that is what was authorised. */
const COLUMNS: readonly Column[] = [
  ['schoolName', '学校名称', 28, (request) => request.schoolName],
  ['stage', '教育阶段', 10, (request) => (request.stage ? STAGE_WORDS[request.stage as 1] : '')],
  ['gradeName', '年级', 14, (request) => request.gradeName],
  ['className', '班级', 14, (request) => request.className],
  ['studentName', '学生姓名', 12, (request) => request.studentName],
  ['gender', '性别', 8, (request) => GENDER.label(request.gender)],
  ['identityType', '身份证件类型', 16, (request) => IDTYPE.label(request.identityType)],
  ['identityNumber', '身份证件号', 22, (request) => request.identityNumber],
  ['studentNumber', '学籍号', 22, (request) => request.studentNumber],
  ['vocationalSchoolName', '调档中职学校', 28, (request) => request.vocationalSchoolName],
  ['vocationalRegion', '中职学校所在省', 18, (request) => request.vocationalRegion],
  ['state', '调档状态', 18, (request) => REQUEST_WORDS[request.state]],
  ['admitted', '是否已被普通高中录取', 20, (request) => (request.admitted ? '是' : '否')],
  ['askedOn', '调档日期', 12, (request) => request.askedOn],
  ['decidedOn', '办结日期', 12, (request) => request.decidedOn],
  ['acknowledgedBy', '知悉人', 12, (request) => request.acknowledgedBy],
]
const PERSONAL: ReadonlySet<string> = new Set(['identityNumber', 'studentNumber'])
const day = (column: string, name: string): string =>
  `(${column} at time zone 'Asia/Shanghai')::date::text as "${name}"`

/** 中职调档查询 as a list to be exported. */
export const requestExport: ExportList = {
  name: 'requests',
  title: '中职调档查询',
  readers: REQUEST_READERS,
  columns: COLUMNS.map(([key, header, width]) => ({
    key,
    header,
    group: '中职调档信息',
    personal: PERSONAL.has(key),
    usual: true,
    width,
  })),
  describe: async (_db, conditions) => describe(conditions),
  count: (db, _reader, conditions, most) => countUpTo(db, REQUEST_TABLES, conditionsOf(conditions), most),
  read: (_reader, conditions, chosen) => {
    const { where, values } = conditionsOf(conditions)
    const writers = chosen.map((key) => COLUMNS.find(([name]) => name === key)![3])
    const [path, id] = [2, 3].map((n) => `$${values.length + n}`)
    return async (db, after, limit) => {
      const from = after ? `and (r.org_path, r.id) > (${path}, ${id}::uuid)` : ''
      const requests = await db.query<ExportedRequest>(
        `select ${REQUEST_COLUMNS}, ${day('r.asked_at', 'askedOn')}, ${day('r.decided_at', 'decidedOn')}
         from ${REQUEST_TABLES} where ${where} ${from} order by r.org_path, r.id limit $${values.length + 1}`,
        [...values, limit, ...(after ?? [])],
      )
      const last = requests.at(-1)
      return {
        rows: requests.map((request) => writers.map((write) => write(request) ?? '')),
        ...(last ? { last: [last.orgPath, last.id] } : {}),
      }
    }
  },
}

/** The room's own conditions, which the corridor passes on unread. */
const OwnConditions = RequestFilter.extend({ view: RequestView.default('all') }).strip()

const parseOwn = (own: ExportConditions['own']): z.infer<typeof OwnConditions> =>
  OwnConditions.safeParse(own ?? {}).data ??
  refuse('request.invalid', [{ field: 'own', message: '查询条件不符合要求' }])

function conditionsOf({ own }: ExportConditions): Where {
  const { view, ...filter } = parseOwn(own)
  return requestConditions(view, filter)
}

const LABELS: Readonly<Record<keyof RequestFilter, string>> = {
  studentName: '学生姓名',
  identityNumber: '身份证件号',
  studentNumber: '学籍号',
  schoolName: '学校名称',
  vocationalSchoolName: '调档中职学校',
  state: '调档状态',
  acknowledged: '是否知悉',
  askedFrom: '调档日期起',
  askedTo: '调档日期止',
}

function describe({ own }: ExportConditions): ConditionWords[] {
  const { view, ...filter } = parseOwn(own)
  const words = Object.entries(filter).map(([key, value]) => ({
    label: LABELS[key as keyof RequestFilter],
    text: wordOf(key as keyof RequestFilter, value),
  }))
  return [...(view === 'duplicates' ? [{ label: '列表', text: '重复录取' }] : []), ...words.filter(({ text }) => text)]
}

function wordOf(key: keyof RequestFilter, value: string): string {
  if (PERSONAL.has(key)) return maskNumber(value) ?? ''
  if (key === 'state') return REQUEST_WORDS[value as 'asked']
  return key === 'acknowledged' ? (value === '1' ? '是' : '否') : value
}
