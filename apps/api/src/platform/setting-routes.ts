import {
  EDITABLE_SETTINGS,
  type EditableSetting,
  isSettingValue,
  SettingChange,
  SettingRow,
} from '@xueji/contracts/platform/setting.api'
import type { Actor } from '@xueji/domain/access/roles'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { appendAudit } from './audit.ts'
import type { Executor } from './db.ts'
import { sessionOf } from './http/authenticate.ts'
import { onlyRoles } from './http/policy.ts'
import type { Platform } from './platform.ts'
import { refuse } from './refusal.ts'
import { SETTINGS } from './settings.ts'

// 参数 are the system administrators', windows and the county's export the province's registrar's (menu §1); those below read what holds for them.
const EDITORS = onlyRoles('provinceRegistrar', 'systemAdministrator')
const READERS = onlyRoles('provinceRegistrar', 'cityRegistrar', 'countyRegistrar', 'systemAdministrator')

/** 参数: what holds for one's organisation, where it was set and by whom; inherited from province to city to county (setting.org_path). */
export const settingRoutes =
  (platform: Platform): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, clock } = platform

    app.get(
      '/api/settings',
      { schema: { response: { 200: z.array(SettingRow) } }, config: READERS },
      async (request) => {
        const { actor } = sessionOf(request)
        return listSettings(db.system, actor)
      },
    )

    app.put(
      '/api/settings/:key',
      {
        schema: {
          params: z.object({ key: z.string().max(60) }),
          body: SettingChange,
          response: { 200: z.array(SettingRow) },
        },
        config: EDITORS,
      },
      async (request) => {
        const { actor } = sessionOf(request)
        const key = EDITABLE_SETTINGS.find((one) => one === request.params.key) ?? refuse('notFound')
        const { value } = request.body
        // A province's word: cities and counties have it, and may not set their own (EXP-004, TIME).
        if (actor.orgLevel !== 'province') refuse('setting.provinceOnly')
        if (value !== null && !isSettingValue(key, value)) refuse('setting.value')
        return db.inScopeOf(actor, async (tx) => {
          const [before] = await tx.query<{ value: unknown }>(
            'select value from setting where key = $1 and org_path = $2 for update',
            [key, actor.orgPath],
          )
          if (value === null)
            await tx.query('delete from setting where key = $1 and org_path = $2', [key, actor.orgPath])
          else
            await tx.query(
              `insert into setting (key, org_path, value, updated_at, updated_by) values ($1, $2, $3, $4, $5)
               on conflict (key, org_path) do update set value = excluded.value, updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
              [key, actor.orgPath, JSON.stringify(value), clock.now(), actor.displayName],
            )
          await appendAudit(tx, clock, [
            {
              actorId: actor.accountId,
              actorName: actor.displayName,
              orgPath: actor.orgPath,
              action: 'setting.put',
              target: key,
              detail: { from: before?.value ?? null, to: value },
              requestId: request.id,
            },
          ])
          return listSettings(tx, actor)
        })
      },
    )
  }

type Stored = {
  key: EditableSetting
  value: number | boolean
  org_path: string
  org_name: string | null
  updated_at: Date
  updated_by: string | null
}

async function listSettings(db: Executor, actor: Pick<Actor, 'orgPath'>): Promise<SettingRow[]> {
  const rows = await db.query<Stored>(
    `select distinct on (s.key) s.key, s.value, s.org_path, o.name as org_name, s.updated_at, s.updated_by
     from setting s left join organization o on o.path = s.org_path
     where s.key = any($1) and starts_with($2, s.org_path) order by s.key, length(s.org_path) desc`,
    [EDITABLE_SETTINGS, actor.orgPath],
  )
  const set = new Map(rows.map((row) => [row.key, row]))
  return EDITABLE_SETTINGS.map((key) => {
    const row = set.get(key)
    return {
      key,
      value: row?.value ?? SETTINGS[key],
      usual: SETTINGS[key],
      setAt: row ? { orgName: row.org_name ?? '', own: row.org_path === actor.orgPath } : null,
      setBy: row?.updated_by ?? null,
      updatedAt: row?.updated_at.toISOString() ?? null,
    }
  })
}
