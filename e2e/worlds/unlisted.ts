import { DEMO_SCHOOLS } from '@xueji/db/seed/demo-world'
import { createDatabase, JOB_LIMITS } from '../../apps/api/src/platform/db.ts'
import { openDatabase } from '../../scripts/lib/system.ts'

/**
 * Lets a demo school register children who are on no preschool roster, or no longer: for a journey of so many that to list them first would be a journey of
 * its own. PRE-017 is a province's to switch off, on no page yet.
 */
export async function registerUnlisted(baseURL: string, schoolKey: string, allowed: boolean): Promise<void> {
  const { schoolCode } = DEMO_SCHOOLS.find((one) => one.key === schoolKey)!
  const { url, stop } = await openDatabase('', Number(new URL(baseURL).port), () => {}, { joinRunning: true })
  const db = createDatabase(url, JOB_LIMITS)
  try {
    const school =
      'select o.path from organization o join school s on s.organization_id = o.id where s.school_code = $1'
    const statement = allowed
      ? `insert into setting (key, org_path, value) select 'register.requirePreschoolList', path, 'false' from (${school}) as one`
      : `delete from setting where key = 'register.requirePreschoolList' and org_path = (${school})`
    await db.system.query(statement, [schoolCode])
  } finally {
    await db.close()
    await stop()
  }
}
