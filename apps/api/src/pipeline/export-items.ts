import { codeTable } from '@xueji/contracts/codes/code-tables'
import { GENDER, IDTYPE, YESNO } from '@xueji/contracts/codes/student-codes'
import type { ExportConditions } from '@xueji/contracts/pipeline/export.api'
import { groupTitleOf } from '@xueji/contracts/template/field-groups'
import type { TemplateColumn } from '@xueji/contracts/template/template'
import { checkStatusText } from '@xueji/domain/duplicates/verdict'
import { reviewStatusText, STATUSES_OF_A_STEP } from '@xueji/domain/review/status-text'
import type { SentText } from '../platform/sent-rows.ts'
import { type ItemColumn, itemRows } from './export-item-rows.ts'
import { describeItems } from './export-item-words.ts'
import type { ExportList, ExportPage, WrittenColumn } from './export-list.ts'
import { conditionsOf } from './item-filter.ts'
import { ITEM_READER_ROLES } from './item-routes.ts'
import { LISTED, type ListedItem } from './item-view.ts'
import { countUpTo } from './list-query.ts'
import { checkOf, classOf } from './review-store.ts'
import { type Room, schoolCodeOf } from './room.ts'

/** An item with what it was filed with, JSON that is left as it was sent; in hand is only what the chosen columns need. */
type ExportedItem = ListedItem & { readonly appliedOn: string; readonly payload: SentText | null }

/** What it is read from. */
const READ: Readonly<Record<keyof ExportedItem, string>> = {
  ...LISTED,
  appliedOn: `(i.applied_at at time zone 'Asia/Shanghai')::date::text`,
  payload: 'i.payload::text',
  // Kept out of line, so that fetching it for a hundred thousand children shows.
  chain: `case when i.status in (${STATUSES_OF_A_STEP.map((status) => `'${status}'`).join(', ')}) then i.chain else '[]' end`,
}

type ListColumn = {
  readonly key: string
  readonly header: string
  readonly width: number
  readonly needs: readonly (keyof ExportedItem)[]
  readonly text: (item: ExportedItem, room: Room) => string | null
}

/** A column that reads nothing but what it says it needs. */
const column = <Need extends keyof ExportedItem>(
  key: string,
  header: string,
  width: number,
  needs: readonly Need[],
  text: (item: Pick<ExportedItem, Need>, room: Room) => string | null,
): ListColumn => ({ key, header, width, needs, text })

/** The columns of 学籍注册查询 (menu §2.6), in its words; numbers in full, for that is what was authorised. */
const LIST_COLUMNS: readonly ListColumn[] = [
  column('name', '姓名', 12, ['studentName'], (item) => item.studentName),
  column('gender', '性别', 8, ['gender'], (item) => GENDER.label(item.gender)),
  column('birthDate', '出生日期', 12, ['birthDate'], (item) => item.birthDate),
  column('identityType', '身份证件类型', 16, ['identityType'], (item) => IDTYPE.label(item.identityType)),
  column('identityNumber', '身份证件号', 22, ['identityNumber'], (item) => item.identityNumber),
  column('studentNumber', '学籍号', 22, ['studentNumber'], (item) => item.studentNumber),
  column('isProblem', '是否问题学籍', 14, ['isProblem'], (item) => YESNO.label(item.isProblem ? '1' : '0')),
  column('schoolName', '学校名称', 28, ['orgName'], (item) => item.orgName),
  column('schoolCode', '学校标识码', 14, ['orgPath'], schoolCodeOf),
  column('category', '注册类别', 24, ['category'], (item) => codeTable('REGCAT').label(item.category)),
  column('gradeName', '年级', 14, ['gradeName'], (item) => item.gradeName),
  column('className', '班级', 14, ['className'], (item) => item.className),
  column(
    'checkText',
    '查重认证状态',
    20,
    ['identityType', 'business', 'duplicateStatus', 'verificationStatus', 'verificationFault'],
    (item) => checkStatusText(classOf(item), checkOf(item)),
  ),
  column('appliedOn', '录入日期', 12, ['appliedOn'], (item) => item.appliedOn),
  column('statusText', '当前环节/状态', 24, ['status', 'chain', 'step'], (item, room) =>
    reviewStatusText(item, room.doneText),
  ),
  column('refusalOpinion', '退回意见', 30, ['status', 'refusalOpinion'], (item) => item.refusalOpinion),
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
    ...LIST_COLUMNS.map(({ key, header, width }) => ({
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
    count: (db, reader, asked, most) => {
      const conditions = conditionsOfExport(room, reader, asked)
      return countUpTo(db, conditions.from, conditions, most)
    },
    read: (reader, conditions, chosen) => {
      const { from, path, room: roomColumn, id, where, values } = conditionsOfExport(room, reader, conditions)
      const needs = new Set<keyof ExportedItem>(['orgPath', 'id'])
      for (const { key, needs: own } of LIST_COLUMNS) if (chosen.includes(key)) for (const need of own) needs.add(need)
      if (fields.some(({ key }) => chosen.includes(key))) needs.add('payload')
      const read = [...needs].map((need) => `${READ[need]} as "${need}"`).join(', ')
      // The whole key of the index (org_path, room, id), although the room is one: a deep page costs what the first does.
      const [keyAt, limitAt] = [values.length + 1, values.length + 3]
      const text = (more: string, limit: number): string =>
        `select ${read} from ${from} where ${where} ${more} order by ${path}, ${roomColumn}, ${id} limit $${limit}`
      const rowsOf = itemRows(chosen.map((key) => exportedColumn(room, fields, key)))
      return async (db, after, limit): Promise<ExportPage> => {
        const more = `and (${path}, ${roomColumn}, ${id}) > ($${keyAt}, $1, $${keyAt + 1}::uuid)`
        const [asked, given] = after
          ? [text(more, limitAt), [...values, ...after, limit]]
          : [text('', keyAt), [...values, limit]]
        const items = await db.queryLeavingSent<ExportedItem>('payload', asked, given)
        const last = items.at(-1)
        return { rows: rowsOf(items), ...(last ? { last: [last.orgPath, last.id] } : {}) }
      }
    },
  }
}

const conditionsOfExport = (room: Room, reader: { orgPath: string }, { view, ...filter }: ExportConditions) =>
  conditionsOf(room, view, filter, reader)

/** Columns of the room's templates that are not the list's own already. */
function templateFields(room: Room): readonly TemplateColumn[] {
  const taken = new Set(LIST_COLUMNS.map(({ key }) => key))
  return room.entries.flatMap((entry) => entry.template.columns).filter(({ key }) => !taken.has(key) && taken.add(key))
}

/** A chosen column: one of the list's own, or a field of what was filed. */
function exportedColumn(room: Room, fields: readonly TemplateColumn[], key: string): ItemColumn<ExportedItem> {
  const listed = LIST_COLUMNS.find((one) => one.key === key)
  if (listed) return { own: (item) => listed.text(item, room) ?? '' }
  return { filed: fields.find((one) => one.key === key)! }
}
