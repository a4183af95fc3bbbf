import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { buildRegions } from '../../seed/regions.ts'
import { buildWorkflow } from '../../seed/workflow.ts'
import { findFreePort, makeTemporaryFolder, startEmbeddedPostgres } from '../embedded-postgres.ts'
import { ensureDatabase, migrate } from '../migrate.ts'
import { TEMPLATE_DATABASE } from './test-database.ts'

/** One real PostgreSQL for all database tests, with a migrated template that each test file copies in a fraction of a second. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const external = process.env.TEST_DATABASE_URL
  const folder = makeTemporaryFolder('xueji-test-')
  const server = external
    ? undefined
    : await startEmbeddedPostgres(join(folder, 'pg'), await findFreePort(), { fast: true })
  const urlOf = (database: string): string =>
    server?.urlOf(database) ?? external!.replace(/\/[^/?]*(\?|$)/, `/${database}$1`)
  await ensureDatabase(urlOf('postgres'), TEMPLATE_DATABASE)
  await migrate(urlOf(TEMPLATE_DATABASE))
  const client = new Client({ connectionString: urlOf(TEMPLATE_DATABASE) })
  await client.connect()
  await buildRegions(client)
  await buildWorkflow(client)
  await client.end()
  project.provide('postgresUrl', urlOf('postgres'))
  return async () => {
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
