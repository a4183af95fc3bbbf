import { CLASSTYPE } from '@xueji/contracts/codes/school-codes'
import type { ConditionWords } from '@xueji/contracts/pipeline/export.api'
import type { SchoolStructure } from '@xueji/contracts/platform/organization.api'
import type { SubAccount } from '@xueji/contracts/platform/sub-account.api'
import { stageName } from '@xueji/domain/organization/class-number'
import type { Stage } from '@xueji/domain/organization/school-kind'
import type { ExportList, ExportReader, ExportRoom } from '../../pipeline/export-list.ts'
import { momentText, shortList, type TextColumn, writtenColumns } from '../../pipeline/export-whole.ts'
import { listSubAccounts } from '../../platform/accounts/sub-account-store.ts'
import { chinaDay } from '../../platform/clock.ts'
import type { Executor } from '../../platform/db.ts'
import { IDLE_MILLIS } from '../../platform/http/session.ts'
import { loadStructure } from '../../platform/school/structure-store.ts'

type Grade = SchoolStructure['grades'][number]
type ClassLine = Grade['classes'][number] & { readonly grade: Grade }

/** Lists of one's own school, none of which names a child: the registrar takes them out, the leader or another registrar authorises it. */
const OWN_SCHOOL = {
  readers: ['schoolRegistrar', 'schoolLeader'],
  askers: ['schoolRegistrar'],
  namesChildren: false,
} as const satisfies Partial<ExportList>

const structureOf = (db: Executor, { orgId, now }: ExportReader) =>
  loadStructure(db, chinaDay(now), { id: orgId, name: '' })

/** Columns of 年级信息管理 (fields 3.4). */
const GRADE_COLUMNS: readonly TextColumn<Grade>[] = [
  ['name', '年级名称', 20, (grade) => grade.name],
  ['levelName', '常规名称', 16, (grade) => grade.levelName],
  ['stage', '教育阶段', 12, (grade) => stageName(grade.stage as Stage)],
  ['entryYear', '入学年份', 12, (grade) => String(grade.entryYear)],
  ['classes', '班级数', 10, (grade) => String(grade.classes.length)],
  ['students', '学生数', 10, (grade) => String(grade.students)],
]

/** Columns of 班级信息管理 (fields 3.5). */
const CLASS_COLUMNS: readonly TextColumn<ClassLine>[] = [
  ['classNumber', '班号', 14, (one) => one.classNumber],
  ['name', '班级名称', 20, (one) => one.name],
  ['grade', '年级', 16, (one) => one.grade.levelName],
  ['classType', '班级类型', 16, (one) => CLASSTYPE.label(one.classType)],
  ['headTeacher', '班主任', 12, (one) => one.headTeacherName],
  ['students', '学生数', 10, (one) => String(one.students)],
]

/** Columns of 新生注册账号 (REG-035). */
const ACCOUNT_COLUMNS: readonly TextColumn<SubAccount>[] = [
  ['name', '使用人', 14, (account) => account.displayName],
  ['username', '用户名', 24, (account) => account.username],
  ['status', '状态', 10, (account) => (account.status === 'active' ? '启用' : '已停用')],
  ['password', '密码', 18, (account) => (account.mustChange ? '待首次登录修改' : '已自行设置')],
  ['online', '在线', 8, (account) => (account.online > 0 ? '在线' : '')],
  ['createdAt', '建立时间', 18, (account) => momentText(new Date(account.createdAt))],
]

/** The lists of 学校管理 that can be exported. */
export const schoolLists: ExportRoom = {
  name: 'school',
  title: '学校管理',
  lists: [
    {
      ...OWN_SCHOOL,
      name: 'grades',
      title: '年级信息',
      columns: writtenColumns('年级', GRADE_COLUMNS),
      describe: async () => [],
      ...shortList(async (db, reader) => (await structureOf(db, reader)).grades, GRADE_COLUMNS),
    },
    {
      ...OWN_SCHOOL,
      name: 'classes',
      title: '班级信息',
      columns: writtenColumns('班级', CLASS_COLUMNS),
      describe: async (db, { gradeId }) => {
        const [grade] = gradeId
          ? await db.query<{ name: string }>('select name from grade where id = $1', [gradeId])
          : []
        return grade ? [{ label: '年级', text: grade.name } satisfies ConditionWords] : []
      },
      ...shortList(async (db, reader, { gradeId }) => {
        const { grades } = await structureOf(db, reader)
        return grades
          .filter((grade) => !gradeId || grade.id === gradeId)
          .flatMap((grade) => grade.classes.map((one) => ({ ...one, grade })))
      }, CLASS_COLUMNS),
    },
    {
      ...OWN_SCHOOL,
      name: 'subAccounts',
      title: '新生注册账号',
      columns: writtenColumns('账号', ACCOUNT_COLUMNS),
      describe: async () => [],
      ...shortList(
        (db, { orgId, now }) => listSubAccounts(db, orgId, new Date(now.getTime() - IDLE_MILLIS)),
        ACCOUNT_COLUMNS,
      ),
    },
  ],
}
