import { codeTable } from '@xueji/contracts/codes/code-tables'
import type { ConditionWords, ExportConditions } from '@xueji/contracts/pipeline/export.api'
import { CHECK_WORDS, GROUP_WORDS, STATUS_WORDS, VIEW_WORDS } from '@xueji/contracts/pipeline/item-words'
import type { Executor } from '../platform/db.ts'
import { maskNumber } from './item-view.ts'

/** The conditions of a list of items in words; names of what they name by id are read in one statement. Identity numbers are masked. */
export async function describeItems(db: Executor, conditions: ExportConditions): Promise<ConditionWords[]> {
  const names = await loadNames(db, conditions)
  const words: [string, string | null | undefined][] = [
    ['列表', conditions.view === 'all' ? '' : VIEW_WORDS[conditions.view]],
    ['学校', names?.school],
    ['学校名称', conditions.schoolName],
    ['学校标识码', conditions.schoolCode],
    ['学生姓名', conditions.studentName],
    ['身份证件号', maskNumber(conditions.identityNumber ?? null)],
    ['注册类别', conditions.category && codeTable('REGCAT').label(conditions.category)],
    ['注册入口', conditions.group && GROUP_WORDS[conditions.group]],
    ['年级', names?.grade],
    ['班级', names?.class],
    ['查重认证状态', conditions.check && CHECK_WORDS[conditions.check]],
    ['注册状态', conditions.status && STATUS_WORDS[conditions.status]],
    ['录入日期起', conditions.appliedFrom],
    ['录入日期止', conditions.appliedTo],
    ['导入文件', names?.file],
  ]
  return words.flatMap(([label, text]) => (text ? [{ label, text }] : []))
}

type Names = { school: string | null; grade: string | null; class: string | null; file: string | null }

// What lies beyond the caller's range has no name here, and no rows either.
async function loadNames(
  db: Executor,
  { schoolId, gradeId, classId, importBatchId }: ExportConditions,
): Promise<Names | undefined> {
  if (!schoolId && !gradeId && !classId && !importBatchId) return undefined
  const [names] = await db.query<Names>(
    `select (select name from organization where id = $1::uuid) as school, (select name from grade where id = $2::uuid) as grade,
       (select name from school_class where id = $3::uuid) as class, (select file_name from import_batch where id = $4::uuid) as file`,
    [schoolId ?? null, gradeId ?? null, classId ?? null, importBatchId ?? null],
  )
  const named = (given: string | undefined, name: string | null | undefined) => (given ? (name ?? '（无权限）') : null)
  return {
    school: named(schoolId, names?.school),
    grade: named(gradeId, names?.grade),
    class: named(classId, names?.class),
    file: named(importBatchId, names?.file),
  }
}
