import { createHash } from 'node:crypto'
import { type RegistrationCheckFacts, toRegistrationFacts } from '@xueji/contracts/rooms/registration/registration.api'
import type { IdentityHolder } from '@xueji/domain/duplicates/holder'
import { checkWithinFile } from '@xueji/domain/duplicates/within-file'
import type { PlainDate } from '@xueji/domain/kernel/plain-date'
import { checkRegistration, type RegistrationFacts } from '@xueji/domain/rooms/registration/registration.rules'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { schoolYearOf } from '@xueji/domain/student/school-year'
import type { FilingSchool, ItemPlace, RowChecker, RowSet, Settings } from '../../pipeline/room.ts'
import type { Executor } from '../../platform/db.ts'
import { findUnlisted } from './preschool-list.ts'

const PRIVATE_FOUNDER = '12'

type SchoolRow = { school_code: string; founder_type: string; primary_entry_age: number | null }
type Refused = 'import.grade' | 'import.stage'
type ClassRow = { id: string; class_number: string; name: string }

/**
 * Facts of one school for primary newcomers, in four statements whatever the number of rows: school, first grade of this school year, its classes,
 * the county codes. A school without that grade cannot file (REG-014).
 */
export async function loadRegistrationFacts(
  db: Executor,
  today: PlainDate,
  school: FilingSchool,
  settings: Settings,
): Promise<{ readonly facts: RegistrationCheckFacts; readonly place: ItemPlace } | { readonly refusal: Refused }> {
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
    `select id, class_number, name from school_class where grade_id = $1 and status = 'active' order by class_number`,
    [grade.id],
  )
  return {
    facts: {
      today,
      schoolCode: row.school_code,
      entryYear,
      entryAge: row.primary_entry_age ?? settings['entryAge.primary'],
      countyCodes: await loadCounties(db),
      classNumbers: classes.map((one) => one.class_number),
      campusNumbers: [],
      isPrivateSchool: row.founder_type === PRIVATE_FOUNDER,
    },
    place: {
      gradeId: grade.id,
      gradeName: grade.name,
      classIds: new Map(classes.map((one) => [one.class_number, { id: one.id, name: one.name }])),
    },
  }
}

/** The room's checks bound to the facts of one school. */
export async function loadRegistrationChecker(
  db: Executor,
  today: PlainDate,
  school: FilingSchool,
  settings: Settings,
): Promise<RowChecker | { readonly refusal: Refused }> {
  const loaded = await loadRegistrationFacts(db, today, school, settings)
  if ('refusal' in loaded) return loaded
  const facts = toRegistrationFacts(loaded.facts)
  const heldBy = (values: StudentValues, holder: IdentityHolder): RegistrationFacts => ({
    ...facts,
    holders: new Map([[values.identityNumber ?? '', holder]]),
  })
  return {
    checkRow: (values, holder) => checkRegistration(values, holder ? heldBy(values, holder) : facts),
    checkHolder: (values, holder) =>
      checkRegistration(values, heldBy(values, holder)).filter((issue) => issue.code.startsWith('duplicate.')),
    checkFile: checkWithinFile,
    ...(settings['register.requirePreschoolList']
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
