import { codeTable } from '@xueji/contracts/codes/code-tables'
import { GENDER, IDTYPE } from '@xueji/contracts/codes/student-codes'
import type { ConditionWords, ExportConditions } from '@xueji/contracts/pipeline/export.api'
import { RosterSearch } from '@xueji/contracts/rooms/preschool/preschool.api'
import type { z } from 'zod'
import type { ExportList, ExportRoom } from '../../pipeline/export-list.ts'
import { momentText, type TextColumn, textsOf, writtenColumns } from '../../pipeline/export-whole.ts'
import { maskNumber } from '../../pipeline/item-view.ts'
import { countUpTo } from '../../pipeline/list-query.ts'
import type { Executor } from '../../platform/db.ts'
import { refuse } from '../../platform/refusal.ts'
import { loadSettings } from '../../platform/settings.ts'
import { rosterConditions } from './roster-list.ts'
import { LINE_COLUMNS, lineOf, type StoredLine } from './roster-store.ts'

/** The columns of menu §2.1, in its words; numbers in full, for that is what was authorised. */
const COLUMNS: readonly TextColumn<StoredLine>[] = [
  ['name', '姓名', 12, (line) => line.name],
  ['gender', '性别', 8, (line) => GENDER.label(line.gender)],
  ['birthDate', '出生日期', 12, (line) => line.birthDate],
  ['identityType', '身份证件类型', 16, (line) => IDTYPE.label(line.identityType)],
  ['identityNumber', '身份证件号', 22, (line) => line.identityNumber],
  ['match', '处理状态', 18, (line) => codeTable('MATCH').label(line.match)],
  ['supplemented', '是否完成补录', 14, (line) => codeTable('SUPPLEMENT').label(lineOf(line).supplemented ? '1' : '0')],
  ['registration', '学籍注册状态', 16, (line) => codeTable('ROSTER_REGISTRATION').label(lineOf(line).registration)],
  ['importFileName', '导入Excel名称', 30, (line) => line.importFileName],
  ['addedAt', '录入时间', 18, (line) => momentText(line.addedAt)],
]

/** 学前调档名单 as a list to be exported. What is filled in to be imported again is another file: 调档学生导出 (PRE-011…013). */
const rosterExport: ExportList = {
  name: 'lines',
  title: '学前调档名单',
  readers: ['schoolRegistrar', 'schoolLeader', 'newcomerClerk'],
  columns: writtenColumns('学前调档名单', COLUMNS, ['identityNumber']),
  describe: async (_db, conditions) => describe(conditions),
  count: async (db, reader, conditions, most) => {
    const own = await conditionsOf(db, reader, conditions)
    return countUpTo(db, 'preschool_roster l', own, most)
  },
  read: (reader, conditions, chosen) => {
    const write = textsOf(COLUMNS, chosen)
    return async (db, after, limit) => {
      const { where, values } = await conditionsOf(db, reader, conditions)
      const n = values.length
      const lines = await db.query<StoredLine>(
        `select ${LINE_COLUMNS} from preschool_roster l where ${where} and ($${n + 1}::uuid is null or l.id < $${n + 1}::uuid)
         order by l.org_path desc, l.id desc limit $${n + 2}`,
        [...values, after?.[0] ?? null, limit],
      )
      const last = lines.at(-1)
      return { rows: lines.map(write), ...(last ? { last: [last.id] } : {}) }
    }
  },
}

/** The lists of 学前接续. */
export const preschoolLists: ExportRoom = { name: 'preschool', title: '学前接续', lists: [rosterExport] }

const OwnConditions = RosterSearch.pick({
  view: true,
  importFileName: true,
  match: true,
  identityType: true,
  supplemented: true,
}).strip()

const parseOwn = (own: ExportConditions['own']): z.infer<typeof OwnConditions> =>
  OwnConditions.safeParse(own ?? {}).data ??
  refuse('request.invalid', [{ field: 'own', message: '查询条件不符合要求' }])

async function conditionsOf(
  db: Executor,
  { orgPath }: { readonly orgPath: string },
  { studentName: name, identityNumber, own }: ExportConditions,
) {
  const settings = await loadSettings(db, orgPath)
  return rosterConditions({ name, identityNumber, ...parseOwn(own) }, settings['preschool.supplementUnmatched'])
}

function describe({ studentName, identityNumber, own }: ExportConditions): ConditionWords[] {
  const { view, importFileName, match, identityType, supplemented } = parseOwn(own)
  const words: [string, string | null | undefined][] = [
    ['列表', view === 'supplement' ? '可补录学籍信息的学生' : ''],
    ['姓名', studentName],
    ['身份证件号', maskNumber(identityNumber ?? null)],
    ['导入Excel名称', importFileName],
    ['处理状态', match && codeTable('MATCH').label(match)],
    ['身份证件类型', identityType && IDTYPE.label(identityType)],
    ['是否完成补录', supplemented && codeTable('SUPPLEMENT').label(supplemented)],
  ]
  return words.flatMap(([label, text]) => (text ? [{ label, text }] : []))
}
