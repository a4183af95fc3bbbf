import type { Platform } from '../platform/platform.ts'

/** The platform, where something happens just before a long reading asks for its page of this number, from 1. */
export function beforePage(platform: Platform, page: number, happen: () => Promise<unknown>): Platform {
  const { db } = platform
  const readInScopeOf: typeof db.readInScopeOf = (actor, work) =>
    db.readInScopeOf(actor, (reading) => {
      let pages = 0
      return work({
        query: async (text, values) => {
          if (++pages === page) await happen()
          return reading.query(text, values)
        },
      })
    })
  return { ...platform, db: { ...db, readInScopeOf } }
}
