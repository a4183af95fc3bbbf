import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import type {} from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** Owner's URL of the test server's `postgres` database, from the global setup. */
    postgresUrl: string
  }
}

/** Migrated, with regions and the default workflow; no organisations. */
export const TEMPLATE_DATABASE = 'xueji_template'

/** A database of a test's own: URL of its owner, an open owner's client for building worlds, and a way to drop it. */
export type TestDatabase = { readonly url: string; readonly client: Client; readonly drop: () => Promise<void> }

/** Copies the template; `postgresUrl` is what the global setup provides. */
export async function createTestDatabase(postgresUrl: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`
  const admin = new Client({ connectionString: postgresUrl })
  await admin.connect()
  await admin.query(`create database ${name} template ${TEMPLATE_DATABASE}`)
  const url = postgresUrl.replace(/\/postgres(\?|$)/, `/${name}$1`)
  const client = new Client({ connectionString: url })
  await client.connect()
  return {
    url,
    client,
    drop: async () => {
      await client.end()
      await admin.query(`drop database ${name} with (force)`)
      await admin.end()
    },
  }
}
