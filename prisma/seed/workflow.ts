import { defaultWorkflow } from '@xueji/domain/review/default-workflow'
import type { SeedClient } from './client.ts'

/** The full default configuration for the whole country: 333 rules (WF-010, E2E-35). */
export async function buildWorkflow(client: SeedClient): Promise<void> {
  await client.query(
    `insert into workflow_rule (id, business, school_kind, stage, scope_path, scope_name, steps)
     select new_id(), business, "schoolKind", stage, "scopePath", '全国(缺省)', steps
     from jsonb_to_recordset($1::jsonb) as w (business smallint, "schoolKind" text, stage smallint, "scopePath" text, steps text[])
     on conflict do nothing`,
    [JSON.stringify(defaultWorkflow(''))],
  )
}
