import { Client } from 'pg'
import PgBoss from 'pg-boss'
import { APP_ROLE } from './app-role.ts'
import { QUEUES } from './queues.ts'
import { applyMigrations, migrationsList } from './schema-engine.ts'

/**
 * Brings a database to the present schema: Prisma migrations, job queues, grants. Idempotent and quick when nothing is to do. Returns the
 * names of the migrations applied.
 */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await ensureRole(client)
    const pending = await isPending(client)
    const applied = pending ? await applyMigrations(databaseUrl) : []
    await ensureQueues(client, databaseUrl)
    await client.query(GRANTS)
    return applied
  } finally {
    await client.end()
  }
}

/** Creates a database when the server does not have it yet. */
export async function ensureDatabase(adminUrl: string, name: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl })
  await client.connect()
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [name])
    if (found.rowCount === 0) await client.query(`create database "${name.replaceAll('"', '""')}"`)
  } finally {
    await client.end()
  }
}

async function ensureRole(client: Client): Promise<void> {
  const found = await client.query('select 1 from pg_roles where rolname = $1', [APP_ROLE])
  if (found.rowCount === 0) {
    await client.query(`create role ${APP_ROLE} nologin nosuperuser nobypassrls`).catch((error: { code?: string }) => {
      // Another start was quicker; anything else is a real lack of rights.
      if (error.code !== '42710' && error.code !== '23505') throw error
    })
  }
  await client.query(`grant ${APP_ROLE} to current_user`)
}

async function isPending(client: Client): Promise<boolean> {
  const names = migrationsList().migrationDirectories.map((directory) => directory.path)
  const table = await client.query(`select to_regclass('public._prisma_migrations') as name`)
  if (!table.rows[0].name) return true
  const done = await client.query('select migration_name from _prisma_migrations where finished_at is not null')
  const applied = new Set(done.rows.map((row: { migration_name: string }) => row.migration_name))
  return names.some((name) => !applied.has(name))
}

async function ensureQueues(client: Client, databaseUrl: string): Promise<void> {
  const names = Object.values(QUEUES)
  const table = await client.query(`select to_regclass('pgboss.queue') as name`)
  if (table.rows[0].name) {
    const made = await client.query('select count(*)::int as n from pgboss.queue where name = any($1)', [names])
    if (made.rows[0].n === names.length) return
  }
  const boss = new PgBoss({ connectionString: databaseUrl, supervise: false, schedule: false })
  boss.on('error', () => {})
  await boss.start()
  for (const name of names) await boss.createQueue(name, { name, policy: 'short' })
  await boss.stop({ graceful: false, wait: true })
}

// Append-only tables get INSERT and SELECT only, corrections of an import the mark that they were taken back, evidence what files it; the triggers of the migrations hold for every role.
const GRANTS = `
grant usage on schema public, pgboss to ${APP_ROLE};
grant select, insert, update, delete on all tables in schema public to ${APP_ROLE};
grant select, insert, update, delete on all tables in schema pgboss to ${APP_ROLE};
grant usage on all sequences in schema pgboss to ${APP_ROLE};
grant execute on all functions in schema public, pgboss to ${APP_ROLE};
revoke insert, update, delete on _prisma_migrations from ${APP_ROLE};
revoke update, delete on audit_event, review_event, student_change, problem_event, import_correction from ${APP_ROLE};
grant update (undone) on import_correction to ${APP_ROLE};
revoke update on evidence from ${APP_ROLE};
grant update (org_path, item_id, round, step, filed_at, gone_at) on evidence to ${APP_ROLE};
revoke update, delete on import_decided from ${APP_ROLE};
revoke delete on legacy_entry, student, student_number, identity_claim, review_item, problem_group, problem_member, audit_chain, organization, school, preschool_archive from ${APP_ROLE};
`
