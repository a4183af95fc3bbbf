import { createHash } from 'node:crypto'
import { type RegistrationCheckFacts, toRegistrationFacts } from '@xueji/contracts/rooms/registration/registration.api'
import { type IdentityHolder, identityKey } from '@xueji/domain/duplicates/holder'
import { checkWithinFile } from '@xueji/domain/duplicates/within-file'
import type { PlainDate } from '@xueji/domain/kernel/plain-date'
import type { Stage } from '@xueji/domain/organization/school-kind'
import type { RegistrationFacts } from '@xueji/domain/rooms/registration/registration.facts'
import type { RegistrationCategory } from '@xueji/domain/rooms/registration/registration.review'
import { REGISTRATION_ENTRIES } from '@xueji/domain/rooms/registration/registration.review'
import { checkEvidence, checkRegistration } from '@xueji/domain/rooms/registration/registration.rules'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { schoolYearOf } from '@xueji/domain/student/school-year'
import type {
  FilingSchool,
  ImportEntry,
  ItemPlace,
  PlaceGrade,
  RowChecker,
  RowSet,
  Settings,
} from '../../pipeline/room.ts'
import type { Executor } from '../../platform/db.ts'
import { findUnlisted } from './preschool-list.ts'

const PRIVATE_FOUNDER = '12'

type SchoolRow = { school_code: string; founder_type: string; primary_entry_age: number | null }
type Refused = 'import.grade' | 'import.stage' | 'register.noGrades'
type GradeRow = { id: string; name: string; stage: Stage; entryYear: number }
type ClassRow = { id: string; grade_id: string; class_number: string; name: string }
type Loaded = { readonly facts: RegistrationCheckFacts; readonly place: ItemPlace }

/**
 * Facts of one school for one entry, in four statements whatever the number of rows: school, grades, their classes, the county codes. Newcomers go into the
 * first grade of this school year, the others into any other active grade (REG-014, REG-015); a school without such a grade cannot file there.
 */
export async function loadRegistrationFacts(
  db: Executor,
  today: PlainDate,
  school: FilingSchool,
  settings: Settings,
  entry: Pick<ImportEntry, 'category'>,
): Promise<Loaded | { readonly refusal: Refused }> {
  const category = entry.category as RegistrationCategory
  const { newcomer } = REGISTRATION_ENTRIES[category]
  const entryYear = schoolYearOf(today)
  const [row] = await db.query<SchoolRow>(
    'select school_code, founder_type, primary_entry_age from school where organization_id = $1',
    [school.id],
  )
  if (!row) return { refusal: 'import.stage' }
  const grades = await db.query<GradeRow>(
    `select id, name, stage, entry_year as "entryYear" from grade
     where school_id = $1 and status = 'active' and (stage = 1 and entry_year = $2) = $3 order by stage, entry_year desc`,
    [school.id, entryYear, newcomer],
  )
  if (grades.length === 0) return { refusal: newcomer ? 'import.grade' : 'register.noGrades' }
  const classes = await db.query<ClassRow>(
    `select id, grade_id, class_number, name from school_class where grade_id = any($1::uuid[]) and status = 'active' order by class_number`,
    [grades.map((grade) => grade.id)],
  )
  const classesOf = (grade: GradeRow): ClassRow[] => classes.filter((one) => one.grade_id === grade.id)
  return {
    facts: {
      today,
      category,
      schoolCode: row.school_code,
      entryYear,
      entryAge: row.primary_entry_age ?? settings['entryAge.primary'],
      grades: grades.map(({ name, stage, entryYear, ...grade }) => ({
        name,
        stage,
        entryYear,
        classNumbers: classes.filter((one) => one.grade_id === grade.id).map((one) => one.class_number),
      })),
      countyCodes: await loadCounties(db),
      campusNumbers: [],
      isPrivateSchool: row.founder_type === PRIVATE_FOUNDER,
    },
    place: { named: !newcomer, grades: grades.map((grade) => placeGrade(grade, classesOf(grade))) },
  }
}

const placeGrade = ({ id, name, stage }: GradeRow, classes: readonly ClassRow[]): PlaceGrade => ({
  id,
  name,
  stage,
  classIds: new Map(classes.map((one) => [one.class_number, { id: one.id, name: one.name }])),
})

/** The room's checks bound to the facts of one school and one entry. */
export async function loadRegistrationChecker(
  db: Executor,
  today: PlainDate,
  school: FilingSchool,
  settings: Settings,
  entry: Pick<ImportEntry, 'category'>,
): Promise<RowChecker | { readonly refusal: Refused }> {
  const loaded = await loadRegistrationFacts(db, today, school, settings, entry)
  if ('refusal' in loaded) return loaded
  const facts = toRegistrationFacts(loaded.facts)
  const heldBy = (values: StudentValues, holder: IdentityHolder): RegistrationFacts => ({
    ...facts,
    holders: new Map([[identityKey(values.identityType, values.identityNumber), holder]]),
  })
  return {
    checkRow: (values, holder) => checkRegistration(values, holder ? heldBy(values, holder) : facts),
    checkHolder: (values, holder) =>
      checkRegistration(values, heldBy(values, holder)).filter((issue) => issue.code.startsWith('duplicate.')),
    checkEvidence: (pieces) => checkEvidence(facts.entry, pieces),
    checkFile: checkWithinFile,
    // The preschool roster is where primary newcomers with a document come from (PRE-017); the others are on none.
    ...(settings['register.requirePreschoolList'] &&
    facts.entry.newcomer &&
    facts.entry.identityClass !== 'undocumented'
      ? { checkSet: (rows: RowSet) => findUnlisted(db, school.path, rows) }
      : {}),
    factsKey: createHash('sha256').update(JSON.stringify(loaded.facts)).digest('base64url'),
    place: loaded.place,
  }
}

async function loadCounties(db: Executor): Promise<string[]> {
  const rows = await db.query<{ code: string }>(`select code from region where level = 'county' order by code`)
  return rows.map((row) => row.code)
}
