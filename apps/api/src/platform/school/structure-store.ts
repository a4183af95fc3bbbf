import type { SchoolStructure } from '@xueji/contracts/platform/organization.api'
import type { PlainDate } from '@xueji/domain/kernel/plain-date'
import { gradeLevelName } from '@xueji/domain/organization/class-number'
import { type Stage, stagesOf } from '@xueji/domain/organization/school-kind'
import { gradeLevelIn, schoolYearOf } from '@xueji/domain/student/school-year'
import type { Executor } from '../db.ts'
import { refuse } from '../refusal.ts'

type SchoolRow = {
  schoolCode: string
  schoolType: string
  primaryYears: number | null
  juniorYears: number | null
  seniorYears: number | null
  attachedClassTypes: string[]
}
/** A grade as stored. */
export type GradeRecord = { id: string; stage: Stage; entryYear: number; name: string }
type ClassRecord = {
  id: string
  gradeId: string
  classNumber: string
  name: string
  classType: string
  headTeacherName: string | null
  students: number
}

/** A school's grades and classes with their numbers of students, from inside the caller's range. */
export async function loadStructure(
  tx: Executor,
  today: PlainDate,
  owner: { readonly id: string; readonly name: string },
): Promise<SchoolStructure> {
  const school = await loadSchool(tx, owner.id)
  const grades = await tx.query<GradeRecord & { students: number }>(
    `select g.id, g.stage, g.entry_year as "entryYear", g.name, (select count(*)::int from student s where s.grade_id = g.id) as students
  from grade g where g.school_id = $1 and g.status = 'active' order by g.stage, g.entry_year desc`,
    [owner.id],
  )
  const classes = await tx.query<ClassRecord>(
    `select c.id, c.grade_id as "gradeId", c.class_number as "classNumber", c.name, c.class_type as "classType", c.head_teacher_name as "headTeacherName",
    (select count(*)::int from student s where s.class_id = c.id) as students
  from school_class c where c.school_id = $1 and c.status = 'active' order by c.class_number`,
    [owner.id],
  )
  const year = schoolYearOf(today)
  return {
    schoolName: owner.name,
    schoolCode: school.schoolCode,
    stages: [...stagesOf(school)],
    grades: grades.map((grade) => ({
      ...grade,
      levelName: gradeLevelName(grade.stage, gradeLevelIn(year, grade.entryYear)),
      classes: classes.filter((one) => one.gradeId === grade.id).map(({ gradeId: _, ...one }) => one),
    })),
  }
}

/** What a school is allowed to have. */
export async function loadSchool(tx: Executor, schoolId: string): Promise<SchoolRow> {
  const [school] = await tx.query<SchoolRow>(
    `select school_code as "schoolCode", school_type as "schoolType", primary_years as "primaryYears", junior_years as "juniorYears", senior_years as "seniorYears",
       attached_class_types as "attachedClassTypes" from school where organization_id = $1`,
    [schoolId],
  )
  return school ?? refuse('notFound')
}
