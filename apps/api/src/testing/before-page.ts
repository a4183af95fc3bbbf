import type { Platform } from '../platform/platform.ts'

/** The platform, where something happens just before a long reading asks for its page of this number, from 1. */
export function beforePage(platform: Platform, page: number, happen: () => Promise<unknown>): Platform {
  const { db } = platform
  const readInScopeOf: typeof db.readInScopeOf = (actor, work) =>
    db.readInScopeOf(actor, (reading) => {
      let pages = 0
      const turn = async (): Promise<void> => {
        if (++pages === page) await happen()
      }
      return work({
        query: (text, values) => turn().then(() => reading.query(text, values)),
        queryLeavingSent: (column, text, values) => turn().then(() => reading.queryLeavingSent(column, text, values)),
      })
    })
  return { ...platform, db: { ...db, readInScopeOf } }
}
