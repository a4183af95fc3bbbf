// Writes the SQL that brings the migrations to the schema: `npm run db:migration -- add-something`.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findFreePort, makeTemporaryFolder, startEmbeddedPostgres } from '../prisma/src/embedded-postgres.ts'
import { DB_ROOT, diffMigrationsToSchema } from '../prisma/src/schema-engine.ts'

const name = process.argv[2]
if (!name || !/^[a-z0-9-]+$/.test(name)) throw new Error('usage: npm run db:migration -- name-in-kebab-case')
const folder = makeTemporaryFolder('xueji-migration-')
const server = await startEmbeddedPostgres(join(folder, 'pg'), await findFreePort(), { fast: true })
try {
  const sql = await diffMigrationsToSchema(server.urlOf('postgres'))
  if (sql === '') console.log('schema and migrations agree: nothing to write')
  else {
    const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
    const directory = join(DB_ROOT, 'migrations', `${stamp}_${name.replaceAll('-', '_')}`)
    mkdirSync(directory, { recursive: true })
    writeFileSync(join(directory, 'migration.sql'), sql)
    console.log(`wrote ${directory}/migration.sql: read it, then add what the schema cannot say`)
  }
} finally {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}
process.exit(0)
