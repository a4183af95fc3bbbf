import { GENDER, IDTYPE, YESNO } from '@xueji/contracts/codes/student-codes'
import type { ConditionWords, ExportConditions } from '@xueji/contracts/pipeline/export.api'
import { ProblemFilter, ProblemView } from '@xueji/contracts/rooms/problem/problem.api'
import { faultText, HANDLING_WORDS, PROBLEM_TYPES } from '@xueji/contracts/rooms/problem/problem.words'
import { EXPORTERS } from '@xueji/domain/access/may-export'
import { partyStatusText } from '@xueji/domain/rooms/problem/problem.status'
import type { GroupStatus, PartyState } from '@xueji/domain/rooms/problem/problem-group'
import type { z } from 'zod'
import type { ExportList, ExportReader } from '../../pipeline/export-list.ts'
import { maskNumber } from '../../pipeline/item-view.ts'
import { countUpTo, type Where } from '../../pipeline/list-query.ts'
import type { Executor } from '../../platform/db.ts'
import { refuse } from '../../platform/refusal.ts'
import { PROBLEM_TABLES, problemConditions } from './problem.filter.ts'
import { type ListedParty, PARTY_COLUMNS } from './problem.list.ts'
import { loadNotices, type PartyNotice, statusOf } from './problem.parties.ts'

type ExportedParty = ListedParty & {
  readonly state: PartyState
  readonly groupStatus: GroupStatus
  /** The other parties in acting order, by their named fields. */
  readonly others: readonly PartyNotice[]
}
type Column = readonly [key: string, header: string, width: number, text: (party: ExportedParty) => string | null]

/** The columns of the lists (menu §3.1, §3.2), in their words; numbers in full, for that is what was authorised. */
const COLUMNS: readonly Column[] = [
  ['problemType', '问题学籍类型', 24, (party) => PROBLEM_TYPES[party.problemType]],
  ['schoolName', '学校名称', 28, (party) => party.schoolName],
  ['gradeName', '年级名称', 14, (party) => party.gradeName],
  ['className', '班级名称', 14, (party) => party.className],
  ['studentName', '学生姓名', 12, (party) => party.studentName],
  ['gender', '性别', 8, (party) => GENDER.label(party.gender)],
  ['identityType', '身份证件类型', 16, (party) => IDTYPE.label(party.identityType)],
  ['identityNumber', '身份证件号', 22, (party) => party.identityNumber],
  ['studentNumber', '学籍号', 22, (party) => party.studentNumber],
  ['fault', '错误类型', 32, (party) => faultText(party.fault, party.isCrossProvince)],
  ['handling', '处理方式', 10, (party) => party.handling && HANDLING_WORDS[party.handling]],
  ['isLocked', '是否锁定', 10, (party) => YESNO.label(party.isLocked ? '1' : '0')],
  ['isHistory', '历史问题学籍', 14, (party) => YESNO.label(party.isHistory ? '1' : '0')],
  ['statusText', '处理状态', 30, statusText],
  [
    'otherProvince',
    '对方省份',
    16,
    ({ others }) => [...new Set(others.map(({ provinceName }) => provinceName))].join('、'),
  ],
  ['otherStatus', '对方处理状态', 30, ({ others }) => others.map(statusOf).join('、')],
]
/** The columns that speak of a side out of range. */
const OF_OTHERS: ReadonlySet<string> = new Set(['otherProvince', 'otherStatus'])
const PERSONAL: ReadonlySet<string> = new Set(['identityNumber', 'studentNumber'])
const LABELS: Readonly<Record<string, string>> = {
  isCrossProvince: '跨省',
  state: '处理状态',
  schoolCode: '学校标识码',
}

const VIEW_WORDS: Readonly<Record<ProblemView, string>> = {
  handle: '待本校处理',
  review: '待本单位审核',
  arbitrate: '待本单位仲裁',
  all: '',
}

/** 问题学籍 as a list to be exported (menu §3.1, §3.2 导出Excel); on the page of 审核 the school's leader asks for it. */
export const problemExport: ExportList = {
  name: 'parties',
  title: '问题学籍',
  readers: ['schoolRegistrar', 'schoolLeader', 'countyRegistrar', 'cityRegistrar', 'provinceRegistrar'],
  askers: [...EXPORTERS, 'schoolLeader'],
  columns: COLUMNS.map(([key, header, width]) => ({
    key,
    header,
    group: '问题学籍信息',
    personal: PERSONAL.has(key),
    usual: true,
    width,
  })),
  describe: async (_db, conditions) => describe(conditions),
  count: (db, reader, conditions, most) => countUpTo(db, PROBLEM_TABLES, conditionsOf(reader, conditions), most),
  read: (reader, conditions, chosen) => {
    const { where, values } = conditionsOf(reader, conditions)
    const writers = chosen.map((key) => COLUMNS.find(([name]) => name === key)![3])
    const [path, group, student] = [2, 3, 4].map((n) => `$${values.length + n}`)
    return async (db, after, limit) => {
      const from = after
        ? `and (m.org_path, m.group_id, m.student_id) > (${path}, ${group}::uuid, ${student}::uuid)`
        : ''
      const parties = await db.query<Omit<ExportedParty, 'others'>>(
        `select ${PARTY_COLUMNS}, case when m.is_locked then 'locked' else m.state end as state, g.status as "groupStatus"
         from ${PROBLEM_TABLES} where ${where} ${from} order by m.org_path, m.group_id, m.student_id limit $${values.length + 1}`,
        [...values, limit, ...(after ?? [])],
      )
      const last = parties.at(-1)
      const notices = chosen.some((key) => OF_OTHERS.has(key))
        ? await loadNoticesByGroup(reader.nation, parties)
        : NO_NOTICES
      return {
        rows: parties.map((party) => {
          const others = (notices.get(party.groupId) ?? []).filter(({ studentId }) => studentId !== party.studentId)
          return writers.map((write) => write({ ...party, others }) ?? '')
        }),
        ...(last ? { last: [last.orgPath, last.groupId, last.studentId] } : {}),
      }
    }
  },
}

const NO_NOTICES: ReadonlyMap<string, readonly PartyNotice[]> = new Map()

async function loadNoticesByGroup(
  nation: Executor,
  parties: readonly Pick<ListedParty, 'groupId'>[],
): Promise<ReadonlyMap<string, readonly PartyNotice[]>> {
  const byGroup = new Map<string, PartyNotice[]>()
  for (const notice of await loadNotices(nation, [...new Set(parties.map(({ groupId }) => groupId))]))
    byGroup.set(notice.groupId, [...(byGroup.get(notice.groupId) ?? []), notice])
  return byGroup
}

/** The room's own conditions, which the corridor passes on unread. */
const OwnConditions = ProblemFilter.extend({ view: ProblemView.default('all') }).strip()

const parseOwn = (own: ExportConditions['own']): z.infer<typeof OwnConditions> =>
  OwnConditions.safeParse(own ?? {}).data ??
  refuse('request.invalid', [{ field: 'own', message: '查询条件不符合要求' }])

function conditionsOf(reader: ExportReader, { own }: ExportConditions): Where {
  const { view, ...filter } = parseOwn(own)
  return problemConditions(view, filter, reader)
}

function describe({ own }: ExportConditions): ConditionWords[] {
  const { view, identityNumber, studentNumber, ...filter } = parseOwn(own)
  const words: [string, string | null | undefined][] = [
    ['列表', VIEW_WORDS[view]],
    ['身份证件号', maskNumber(identityNumber ?? null)],
    ['学籍号', maskNumber(studentNumber ?? null)],
    ...Object.entries(filter).map(([key, value]): [string, string] => [labelOf(key), wordOf(key, value)]),
  ]
  return words.flatMap(([label, text]) => (text ? [{ label, text }] : []))
}

const labelOf = (key: string): string => COLUMNS.find(([name]) => name === key)?.[1] ?? LABELS[key] ?? key

function wordOf(key: string, value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (key === 'problemType') return PROBLEM_TYPES[value as 1]
  if (key === 'handling') return HANDLING_WORDS[value as 'amend']
  return key === 'fault' ? faultText(String(value), false) : String(value)
}

function statusText({ state, groupStatus, itemStatus, chain, step }: ExportedParty): string {
  return partyStatusText(
    { state, groupStatus },
    itemStatus && chain ? { status: itemStatus, chain, step: step ?? 0 } : undefined,
  )
}
