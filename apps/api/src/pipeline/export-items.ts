import { codeTable } from '@xueji/contracts/codes/code-tables'
import { GENDER, IDTYPE, YESNO } from '@xueji/contracts/codes/student-codes'
import type { ExportConditions } from '@xueji/contracts/pipeline/export.api'
import { cellText } from '@xueji/contracts/template/cell-text'
import { groupTitleOf } from '@xueji/contracts/template/field-groups'
import type { TemplateColumn } from '@xueji/contracts/template/template'
import { checkStatusText } from '@xueji/domain/duplicates/verdict'
import { reviewStatusText } from '@xueji/domain/review/status-text'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { describeItems } from './export-item-words.ts'
import type { ExportList, ExportPage, WrittenColumn } from './export-list.ts'
import { conditionsOf } from './item-filter.ts'
import { ITEM_READER_ROLES } from './item-routes.ts'
import { LISTED_COLUMNS, type ListedItem } from './item-view.ts'
import { classOf, stateOf } from './review-store.ts'
import type { Room } from './room.ts'

/** An item with what it was filed with. */
type ExportedItem = ListedItem & { readonly appliedOn: string; readonly payload: StudentValues | null }

type ListColumn = readonly [
  key: string,
  header: string,
  width: number,
  text: (item: ExportedItem, room: Room) => string | null,
]

/** The columns of 学籍注册查询 (menu §2.6), in its words; numbers in full, for that is what was authorised. */
const LIST_COLUMNS: readonly ListColumn[] = [
  ['name', '姓名', 12, (item) => item.studentName],
  ['gender', '性别', 8, (item) => GENDER.label(item.gender)],
  ['birthDate', '出生日期', 12, (item) => item.birthDate],
  ['identityType', '身份证件类型', 16, (item) => IDTYPE.label(item.identityType)],
  ['identityNumber', '身份证件号', 22, (item) => item.identityNumber],
  ['studentNumber', '学籍号', 22, (item) => item.studentNumber],
  ['isProblem', '是否问题学籍', 14, (item) => YESNO.label(item.isProblem ? '1' : '0')],
  ['schoolName', '学校名称', 28, (item) => item.orgName],
  ['schoolCode', '学校标识码', 14, (item) => item.orgPath.split(':')[1] ?? ''],
  ['category', '注册类别', 24, (item) => codeTable('REGCAT').label(item.category)],
  ['gradeName', '年级', 14, (item) => item.gradeName],
  ['className', '班级', 14, (item) => item.className],
  ['checkText', '查重认证状态', 20, (item) => checkStatusText(classOf(item), stateOf(item).check)],
  ['appliedOn', '录入日期', 12, (item) => item.appliedOn],
  ['statusText', '当前环节/状态', 24, (item, room) => reviewStatusText(stateOf(item), room.doneText)],
  ['refusalOpinion', '退回意见', 30, (item) => item.refusalOpinion],
]

/** Of the list's columns only these are left off at first: the list itself shows them elsewhere or not at all. */
const NOT_USUAL: ReadonlySet<string> = new Set(['birthDate', 'isProblem', 'refusalOpinion', 'schoolCode'])

/** What says where a child lives, how it is reached, what ails it or who its family is: to be chosen with care (EXP-008). */
const PERSONAL =
  /^guardians\.|^(identityNumber|studentNumber|phone|email|healthStatus|isDisabled|isOrphan|isMartyrChild|needsAid|getsBoardingSubsidy|bloodType|householdPlaceCode|birthPlaceCode|\w+Address)$/

/** The items of a room as a list to be exported: the columns of its query page, then every other field of its templates. */
export function itemExport(room: Room): ExportList {
  const fields = templateFields(room)
  const columns: WrittenColumn[] = [
    ...LIST_COLUMNS.map(([key, header, width]) => ({
      key,
      header,
      group: `${room.title}信息`,
      personal: PERSONAL.test(key),
      usual: !NOT_USUAL.has(key),
      width,
    })),
    ...fields.map(({ key, header, width }) => ({
      key,
      header,
      group: groupTitleOf(key),
      personal: PERSONAL.test(key),
      usual: false,
      width,
    })),
  ]
  return {
    name: 'items',
    title: `${room.title}查询`,
    readers: ITEM_READER_ROLES,
    columns,
    describe: (db, conditions) => describeItems(db, conditions),
    count: async (db, reader, conditions, most) => {
      const { from, where, values } = conditionsOfExport(room, reader, conditions)
      const [row] = await db.query<{ n: number }>(
        `select count(*)::int as n from (select 1 from ${from} where ${where} limit ${most}) as counted`,
        values,
      )
      return row!.n
    },
    read: (reader, conditions, chosen) => {
      const { from, path, room: roomColumn, id, where, values } = conditionsOfExport(room, reader, conditions)
      const textsOf = rowWriter(room, fields, chosen)
      const payload = fields.some(({ key }) => chosen.includes(key)) ? 'i.payload' : 'null::jsonb as payload'
      // The whole key of the index (org_path, room, id), although the room is one: a deep page costs what the first does.
      const [keyAt, limitAt] = [values.length + 1, values.length + 3]
      const text = (more: string, limit: number): string =>
        `select ${LISTED_COLUMNS}, (i.applied_at at time zone 'Asia/Shanghai')::date::text as "appliedOn", ${payload}
         from ${from} join organization o on o.id = i.org_id where ${where} ${more} order by ${path}, ${roomColumn}, ${id} limit $${limit}`
      return async (db, after, limit): Promise<ExportPage> => {
        const items = after
          ? await db.query<ExportedItem>(
              text(`and (${path}, ${roomColumn}, ${id}) > ($${keyAt}, $1, $${keyAt + 1}::uuid)`, limitAt),
              [...values, ...after, limit],
            )
          : await db.query<ExportedItem>(text('', keyAt), [...values, limit])
        const last = items.at(-1)
        return { rows: items.map(textsOf), ...(last ? { last: [last.orgPath, last.id] } : {}) }
      }
    },
  }
}

const conditionsOfExport = (room: Room, reader: { orgPath: string }, { view, ...filter }: ExportConditions) =>
  conditionsOf(room, view, filter, reader)

/** Columns of the room's templates that are not the list's own already. */
function templateFields(room: Room): readonly TemplateColumn[] {
  const taken = new Set(LIST_COLUMNS.map(([key]) => key))
  return room.entries.flatMap((entry) => entry.template.columns).filter(({ key }) => !taken.has(key) && taken.add(key))
}

/** Writes the chosen columns of an item; where a value lies in what was filed is found out once and not for every row. */
function rowWriter(
  room: Room,
  fields: readonly TemplateColumn[],
  chosen: readonly string[],
): (item: ExportedItem) => string[] {
  const writers = chosen.map((key): ((item: ExportedItem) => string) => {
    const own = LIST_COLUMNS.find(([name]) => name === key)
    if (own) return (item) => own[3](item, room) ?? ''
    const field = fields.find((one) => one.key === key)!
    const textOf = valueAt(key)
    return ({ payload }) => (payload === null ? '' : cellText(field, textOf(payload)))
  })
  return (item) => writers.map((write) => write(item))
}

/** The reading of one value by its key in flattened rows, 'guardians.1.name' for the second guardian's. */
function valueAt(key: string): (values: StudentValues) => string | undefined {
  const [, position, part] = /^guardians\.(\d+)\.(.+)$/.exec(key) ?? []
  const textOf = (holder: object | undefined, name: string): string | undefined => {
    const value = (holder as Readonly<Record<string, unknown>> | undefined)?.[name]
    return typeof value === 'string' ? value : undefined
  }
  if (part === undefined) return (values) => textOf(values, key)
  return ({ guardians }) => textOf(guardians?.[Number(position)], part)
}
