import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { findFreePort, makeTemporaryFolder, startEmbeddedPostgres } from '../../prisma/src/embedded-postgres.ts'
import { diffMigrationsToSchema } from '../../prisma/src/schema-engine.ts'

/** SQL that would bring the migrations to the schema; empty when they agree. `extraModel` plants a difference. */
export async function findDrift(extraModel = ''): Promise<string> {
  const folder = makeTemporaryFolder('xueji-drift-')
  const server = await startEmbeddedPostgres(join(folder, 'pg'), await findFreePort(), { fast: true })
  try {
    return await diffMigrationsToSchema(server.urlOf('postgres'), extraModel)
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
