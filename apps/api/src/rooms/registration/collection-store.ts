import { type CollectedChild, collectedTexts } from '@xueji/contracts/rooms/registration/collection-table'
import { flatten } from '@xueji/contracts/template/row-schema'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import type { Transaction } from '../../platform/db.ts'
import { type RecordRow, valuesOfRecord } from '../../record/student-values.ts'

/** A form: whose, and its 37 texts. */
export type FilledSheet = { readonly id: string; readonly texts: string[] }

type Place = { readonly id: string; readonly gradeName: string | null; readonly className: string | null }
type ItemChild = Place & { readonly studentId: string | null; readonly payload: StudentValues }
type StudentChild = Place & { readonly record: RecordRow; readonly guardians: RecordRow[] | null }

// A child of a class: on its register, or still being registered for it.
const OF_CLASS = `select s.id from student s where s.org_path = $1 and s.class_id = $2 and s.study_status in ('ZX', 'XX', 'YSCX', 'CX')
   union all
   select i.id from review_item i where i.org_path = $1 and i.room = $3 and i.class_id = $2 and i.status in ('checking', 'open', 'returned')`

/** Ids of the children of a class after a key, students and registrations alike, and how many there are in all. Two statements. */
export async function listClassChildren(
  tx: Transaction,
  at: { readonly orgPath: string; readonly classId: string; readonly room: string },
  after: string | undefined,
  limit: number,
): Promise<{ ids: string[]; total: number }> {
  const values = [at.orgPath, at.classId, at.room]
  const [counted] = await tx.query<{ n: number }>(`select count(*)::int as n from (${OF_CLASS}) as child`, values)
  const rows = await tx.query<{ id: string }>(
    `select id from (${OF_CLASS}) as child where $4::uuid is null or id > $4 order by id limit $5`,
    [...values, after ?? null, limit],
  )
  return { ids: rows.map(({ id }) => id), total: counted!.n }
}

/**
 * The forms of these children in this order, from the record where there is one, else from what was filed; ids out of range have none. Three
 * statements however many.
 */
export async function fillSheets(tx: Transaction, room: string, ids: readonly string[]): Promise<FilledSheet[]> {
  const items = await tx.query<ItemChild>(
    `select id, student_id as "studentId", grade_name as "gradeName", class_name as "className", payload
     from review_item where id = any($1::uuid[]) and room = $2`,
    [ids, room],
  )
  const students = await tx.query<StudentChild>(
    `select s.id, g.name as "gradeName", c.name as "className", to_jsonb(s) as record,
       (select jsonb_agg(to_jsonb(m) order by m.position) from guardian m where m.student_id = s.id) as guardians
     from student s left join grade g on g.id = s.grade_id left join school_class c on c.id = s.class_id where s.id = any($1::uuid[])`,
    [[...ids, ...items.flatMap(({ studentId }) => studentId ?? [])]],
  )
  const recordOf = new Map(students.map((one) => [one.id, one]))
  const itemOf = new Map(items.map((one) => [one.id, one]))
  const children = ids.flatMap((id) => {
    const item = itemOf.get(id)
    const student = recordOf.get(item?.studentId ?? id)
    if (student)
      return [{ ...named(student), id, values: flatten(valuesOfRecord(student.record, student.guardians ?? [])) }]
    return item ? [{ ...named(item), id, values: flatten(item.payload) }] : []
  })
  const placeName = await loadPlaceNames(tx, children)
  return children.map(({ id, ...child }) => ({ id, texts: collectedTexts({ ...child, placeName }) }))
}

const named = ({ gradeName, className }: Place): Pick<CollectedChild, 'gradeName' | 'className'> => ({
  gradeName: gradeName ?? '',
  className: className ?? '',
})

const PLACES = ['householdPlaceCode', 'guardians.0.householdPlaceCode', 'guardians.1.householdPlaceCode']

/** Full names of the regions named; a code that is none in force is printed as it is. */
async function loadPlaceNames(
  tx: Transaction,
  children: readonly Pick<CollectedChild, 'values'>[],
): Promise<CollectedChild['placeName']> {
  const codes = new Set(children.flatMap(({ values }) => PLACES.flatMap((key) => values[key]?.slice(0, 6) ?? [])))
  const rows = await tx.query<{ code: string; name: string }>(
    'select code, full_name as name from region where code = any($1)',
    [[...codes]],
  )
  const names = new Map(rows.map(({ code, name }) => [code, name]))
  return (code) => names.get(code.slice(0, 6)) ?? code
}
