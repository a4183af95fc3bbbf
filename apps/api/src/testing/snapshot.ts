import type { World } from './world.ts'

/** Books the system keeps of requests themselves: a refused request may write them. */
const OWN_BOOKS = ['audit_event', 'audit_chain', 'session', 'login_failure', 'idempotency_key', '_prisma_migrations']

/** A fingerprint of the contents of every table but the system's own books: equal before and after means nothing was written. */
export async function fingerprint({ database: { client } }: World): Promise<Record<string, string>> {
  const tables = await client.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> all($1) order by 1`,
    [OWN_BOOKS],
  )
  const parts = tables.rows.map(
    ({ name }) =>
      `select '${name}' as name, count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as print from ${name} t`,
  )
  const { rows } = await client.query<{ name: string; print: string }>(parts.join(' union all '))
  return Object.fromEntries(rows.map((row) => [row.name, row.print]))
}
