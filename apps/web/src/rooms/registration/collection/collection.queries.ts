import { COLLECTION_PAGE, type CollectionAnswer } from '@xueji/contracts/rooms/registration/collection.api'
import { apiSend } from '../../../shared/api-client.ts'
import { ROOM } from '../registration.queries.ts'

/** Whose forms are printed: registrations chosen in a list, or a class. */
export type CollectionWish = { readonly ids: readonly string[] } | { readonly classId: string }

/** One part of what is printed: the answer, and which of how many parts it is. */
export type CollectionPart = CollectionAnswer & { readonly first: number }

/** Where the part after this one begins. */
export type PartKey = { readonly first: number; readonly after?: string }

/** The first part. */
export const FIRST_PART: PartKey = { first: 0 }

/** Reads one part; by body, and noted in the audit as an export (EXP-009): never read again by itself. */
export async function loadPart(wish: CollectionWish, key: PartKey): Promise<CollectionPart> {
  const path = `${ROOM}/collection-sheets`
  if ('classId' in wish) {
    const body = { classId: wish.classId, ...(key.after ? { after: key.after } : {}) }
    return { ...(await apiSend<CollectionAnswer>('POST', path, body)), first: key.first }
  }
  const ids = wish.ids.slice(key.first, key.first + COLLECTION_PAGE)
  return { ...(await apiSend<CollectionAnswer>('POST', path, { ids })), total: wish.ids.length, first: key.first }
}

/** The part after this one; undefined after the last. */
export function partAfter(part: CollectionPart): PartKey | undefined {
  const first = part.first + COLLECTION_PAGE
  if (first >= part.total) return undefined
  return part.next ? { first, after: part.next } : { first }
}
