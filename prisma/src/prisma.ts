import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from '../generated/client.ts'
import { APP_ROLE } from './app-role.ts'

/** Prisma for single records of the platform's own tables: organisations, regions, workflow rules, accounts. */
export type PlatformPrisma = PrismaClient

// Tables without a range of their own. Everything scoped goes through the data layer's transactions, where row-level security has a range.
const UNSCOPED = new Set(['Organization', 'School', 'Region', 'WorkflowRule', 'Setting', 'Account', 'RoleGrant'])

// Ways from those models into scoped ones, which `include` and `select` would take past the check below.
const SCOPED_RELATIONS = new Set(['grades', 'sessions'])

function scopedRelationIn(args: unknown): string | undefined {
  if (typeof args !== 'object' || args === null) return undefined
  for (const [key, inner] of Object.entries(args)) {
    const found = SCOPED_RELATIONS.has(key) ? key : scopedRelationIn(inner)
    if (found) return found
  }
  return undefined
}

/** Opens the client under the application's role. A model that is not the platform's own is refused: it would be read outside every range. */
export function createPrisma(databaseUrl: string, connections = 4): PlatformPrisma {
  const adapter = new PrismaPg({
    connectionString: databaseUrl,
    max: connections,
    options: `-c role=${APP_ROLE} -c timezone=UTC -c statement_timeout=5000 -c app.scope_from= -c app.scope_to=~`,
    connectionTimeoutMillis: 1_000,
    // Against a wire that has gone silent, which the server's own limit does not help.
    query_timeout: 6_000,
  })
  const client = new PrismaClient({ adapter, errorFormat: 'minimal' })
  const guarded = client.$extends({
    query: {
      $allModels: {
        $allOperations: ({ model, args, query }) => {
          if (!UNSCOPED.has(model)) throw new Error(`${model} is scoped: use the data layer, not Prisma`)
          const relation = scopedRelationIn(args)
          if (relation) throw new Error(`${model}.${relation} is scoped: use the data layer, not Prisma`)
          return query(args)
        },
      },
    },
  })
  return guarded as unknown as PlatformPrisma
}
