import { BUREAU_REGISTRARS } from '@xueji/domain/access/roles'
import { describeItems } from './export-item-words.ts'
import type { ExportList } from './export-list.ts'
import { momentText, type TextColumn, textsOf, writtenColumns } from './export-whole.ts'
import { conditionsOf } from './item-filter.ts'
import { countBySchool, type SchoolCounts } from './item-summary.ts'
import { type Room, schoolCodeOf } from './room.ts'

/** The columns of a bureau's review page (menu §2.4), in its words. */
const COLUMNS: readonly TextColumn<SchoolCounts>[] = [
  ['schoolName', '学校名称', 28, (row) => row.orgName],
  ['schoolCode', '学校标识码', 14, schoolCodeOf],
  ['total', '总数', 10, (row) => String(row.total)],
  ['resident', '居民身份证人数', 16, (row) => String(row.resident)],
  ['overseas', '港澳台和外籍人数', 18, (row) => String(row.overseas)],
  ['undocumented', '无身份证件人数', 16, (row) => String(row.undocumented)],
  ['oldestAt', '最早一名等待起', 18, (row) => momentText(row.oldestAt)],
]

/** What waits for a bureau, school by school: counts, no child among them. */
export function schoolExport(room: Room): ExportList {
  return {
    name: 'schools',
    title: `${room.title}待审核学校`,
    readers: BUREAU_REGISTRARS,
    askers: BUREAU_REGISTRARS,
    namesChildren: false,
    columns: writtenColumns('学校', COLUMNS),
    describe: (db, conditions) => describeItems(db, conditions),
    count: async (db, reader, { view, ...filter }, most) => {
      const { from, where, values } = conditionsOf(room, view, filter, reader)
      const [row] = await db.query<{ n: number }>(
        `select count(*)::int as n from (select distinct i.org_path from ${from} where ${where} limit ${most}) as counted`,
        values,
      )
      return row!.n
    },
    read: (reader, { view, ...filter }, chosen) => {
      const conditions = conditionsOf(room, view, filter, reader)
      const write = textsOf(COLUMNS, chosen)
      return async (db, after, limit) => {
        const schools = await countBySchool(db, conditions, String(after?.[0] ?? ''), limit)
        const last = schools.at(-1)
        return { rows: schools.map(write), ...(last ? { last: [last.orgPath] } : {}) }
      }
    },
  }
}
