import type { IdentityHolder } from '@xueji/domain/duplicates/holder'
import { checkWithinFile } from '@xueji/domain/duplicates/within-file'
import type { PlainDate } from '@xueji/domain/kernel/plain-date'
import { checkRegistration, type RegistrationFacts } from '@xueji/domain/rooms/registration/registration.rules'
import { schoolYearOf } from '@xueji/domain/student/school-year'
import type { FilingSchool, RowChecker, Settings } from '../../pipeline/room.ts'
import type { Executor } from '../../platform/db.ts'

const PRIVATE_FOUNDER = '12'
const NOBODY: ReadonlyMap<string, IdentityHolder> = new Map()

type SchoolRow = { school_code: string; founder_type: string; primary_entry_age: number | null }
type ClassRow = { id: string; class_number: string; name: string }

/**
 * Facts of one school for primary newcomers, in four statements whatever the number of rows: school, first grade of this school year, its classes,
 * the county codes. A school without that grade cannot file (REG-014).
 */
export async function loadRegistrationChecker(
  db: Executor,
  today: PlainDate,
  school: FilingSchool,
  settings: Settings,
): Promise<RowChecker | { readonly refusal: 'import.grade' | 'import.stage' }> {
  const entryYear = schoolYearOf(today)
  const [row] = await db.query<SchoolRow>(
    'select school_code, founder_type, primary_entry_age from school where organization_id = $1',
    [school.id],
  )
  if (!row) return { refusal: 'import.stage' }
  const [grade] = await db.query<{ id: string; name: string }>(
    `select id, name from grade where school_id = $1 and stage = 1 and entry_year = $2 and status = 'active'`,
    [school.id, entryYear],
  )
  if (!grade) return { refusal: 'import.grade' }
  const classes = await db.query<ClassRow>(
    `select id, class_number, name from school_class where grade_id = $1 and status = 'active'`,
    [grade.id],
  )
  const facts: RegistrationFacts = {
    today,
    schoolCode: row.school_code,
    entryYear,
    entryAge: row.primary_entry_age ?? settings['entryAge.primary'],
    countyCodes: await loadCounties(db),
    classNumbers: new Set(classes.map((one) => one.class_number)),
    campusNumbers: new Set(),
    isPrivateSchool: row.founder_type === PRIVATE_FOUNDER,
    holders: NOBODY,
  }
  return {
    checkRow: (values, holder) =>
      checkRegistration(
        values,
        holder ? { ...facts, holders: new Map([[values.identityNumber ?? '', holder]]) } : facts,
      ),
    checkHolder: (values, holder) =>
      checkRegistration(values, { ...facts, holders: new Map([[values.identityNumber ?? '', holder]]) }).filter(
        (issue) => issue.code.startsWith('duplicate.'),
      ),
    checkFile: checkWithinFile,
    place: {
      gradeId: grade.id,
      gradeName: grade.name,
      classIds: new Map(classes.map((one) => [one.class_number, { id: one.id, name: one.name }])),
    },
  }
}

async function loadCounties(db: Executor): Promise<ReadonlySet<string>> {
  const rows = await db.query<{ code: string }>(`select code from region where level = 'county'`)
  return new Set(rows.map((row) => row.code))
}
