import type { Executor } from '../../platform/db.ts'

/** 学校标识码 of a school; empty where there is none. */
export async function findSchoolCode(db: Executor, organizationId: string): Promise<string> {
  const [school] = await db.query<{ school_code: string }>(
    'select school_code from school where organization_id = $1',
    [organizationId],
  )
  return school?.school_code ?? ''
}
