import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'

/** Folder of the @xueji/db package. */
export const DB_ROOT = join(dirname(fileURLToPath(import.meta.url)), '..')

// PostgreSQL's one-byte catalogue type, which the adapter does not know, and the one it is read as.
const CATALOG_CHAR = 18
const TEXT = 25

type Pool = { query: (text: string) => Promise<unknown>; end: () => Promise<void>; ended: boolean }

type RawAdapter = {
  performIO: (query: unknown) => Promise<{ fields: { dataTypeID: number }[] }>
  queryRaw: (query: unknown) => Promise<{ columnTypes: number[] }>
}

const FILTERS = { externalTables: [], externalEnums: [] }

type Engine = {
  diff: (params: unknown) => Promise<{ exitCode: number; stdout?: string }>
  applyMigrations: (params: unknown) => Promise<{ appliedMigrationNames: string[] }>
  readonly close: () => Promise<void>
}

let loaded = false

/** Prisma's own schema engine as WebAssembly over the same driver as the client: no binary to download (recipes). */
export async function createSchemaEngine(databaseUrl: string): Promise<Engine> {
  const glue = bindings as unknown as {
    __wbg_set_wasm: (exports: unknown) => void
    SchemaEngine: { new: (params: unknown, log: () => void, adapter: unknown) => Promise<Omit<Engine, 'close'>> }
  }
  if (!loaded) {
    const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm')
    const wasm = readFileSync(join(dirname(entry), 'schema_engine_bg.wasm'))
    const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': bindings as never })
    glue.__wbg_set_wasm(instance.exports)
    ;(instance.exports as { __wbindgen_start: () => void }).__wbindgen_start()
    loaded = true
  }
  const pools = new Set<Pool>()
  const adapter = bindMigrationAwareSqlAdapterFactory(
    wholeScripts(new PrismaPg({ connectionString: databaseUrl }), pools),
  )
  const engine = await glue.SchemaEngine.new(
    { datamodels: schemaFiles().map((file) => [file.path, file.content]) },
    () => {},
    adapter,
  )
  return {
    diff: (params) => engine.diff(params),
    applyMigrations: (params) => engine.applyMigrations(params),
    // The engine lets go of its shadow database's connections, never of the others.
    close: async () => {
      await Promise.all([...pools].filter((pool) => !pool.ended).map((pool) => pool.end()))
    },
  }
}

/**
 * The driver adapter splits scripts at every semicolon, which breaks function bodies. PostgreSQL takes a whole script in one simple query, so
 * that is what it gets. It also stumbles over the catalogue's "char", which drift detection reads.
 */
function wholeScripts(factory: PrismaPg, pools: Set<Pool>): PrismaPg {
  const patch = <A extends { executeScript: (script: string) => Promise<void> }>(adapter: A): A => {
    const pool = (adapter as unknown as { client: Pool }).client
    pools.add(pool)
    adapter.executeScript = async (script) => {
      await pool.query(script)
    }
    const raw = adapter as unknown as RawAdapter
    const performIO = raw.performIO.bind(adapter)
    const queryRaw = raw.queryRaw.bind(adapter)
    let chars: number[] = []
    raw.performIO = async (query) => {
      const result = await performIO(query)
      chars = result.fields.flatMap((field, index) => (field.dataTypeID === CATALOG_CHAR ? [index] : []))
      for (const index of chars) result.fields[index]!.dataTypeID = TEXT
      return result
    }
    raw.queryRaw = async (query) => {
      const result = await queryRaw(query)
      for (const index of chars) result.columnTypes[index] = ColumnTypeEnum.Character
      return result
    }
    return adapter
  }
  const connect = factory.connect.bind(factory)
  const connectToShadowDb = factory.connectToShadowDb.bind(factory)
  factory.connect = async () => patch(await connect())
  factory.connectToShadowDb = async () => patch(await connectToShadowDb())
  return factory
}

/** The schema files, as the engine takes them. */
export const schemaFiles = (): { path: string; content: string }[] =>
  readdirSync(join(DB_ROOT, 'models'))
    .sort()
    .map((name) => ({ path: `models/${name}`, content: readFileSync(join(DB_ROOT, 'models', name), 'utf8') }))

/** The migrations folder, as the engine takes it. */
export function migrationsList(root = join(DB_ROOT, 'migrations')): {
  baseDir: string
  lockfile: { path: string; content: string }
  shadowDbInitScript: string
  migrationDirectories: { path: string; migrationFile: { path: string; content: { tag: 'ok'; value: string } } }[]
} {
  const names = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
  return {
    baseDir: 'prisma/migrations',
    lockfile: { path: './migration_lock.toml', content: 'provider = "postgresql"' },
    shadowDbInitScript: '',
    migrationDirectories: names.map((name) => ({
      path: basename(name),
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: readFileSync(join(root, name, 'migration.sql'), 'utf8') },
      },
    })),
  }
}

/** SQL that would bring the migrations' result to the schema; empty when both agree. Needs an EMPTY scratch database. `extraModel` adds to the schema, to prove the check. */
export async function diffMigrationsToSchema(scratchUrl: string, extraModel = ''): Promise<string> {
  const engine = await createSchemaEngine(scratchUrl)
  const list = migrationsList()
  const from = list.migrationDirectories.length > 0 ? { tag: 'migrations', ...list } : { tag: 'empty' }
  const extra = extraModel ? [{ path: 'models/extra.prisma', content: extraModel }] : []
  const to = { tag: 'schemaDatamodel', files: [...schemaFiles(), ...extra] }
  try {
    const result = await engine.diff({
      from,
      to,
      script: true,
      exitCode: true,
      shadowDatabaseUrl: null,
      filters: FILTERS,
    })
    return result.exitCode === 2 ? (result.stdout ?? '') : ''
  } finally {
    await engine.close()
  }
}

/** Applies what is not applied yet, keeping Prisma's own `_prisma_migrations` table. Returns the names applied. */
export async function applyMigrations(databaseUrl: string): Promise<string[]> {
  const engine = await createSchemaEngine(databaseUrl)
  try {
    const result = await engine.applyMigrations({ migrationsList: migrationsList(), filters: FILTERS })
    return result.appliedMigrationNames
  } finally {
    await engine.close()
  }
}
