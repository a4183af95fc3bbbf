import type { Page } from '@xueji/contracts/common/wire'
import type { LegacyProblemRow } from '@xueji/contracts/rooms/legacy/legacy.api'
import { apiGet } from '../../shared/api-client.ts'
import type { FileDoor } from '../../shared/file-door/file-door.queries.ts'
import type { LoadArgs } from '../../shared/use-list.ts'

/** The room's door for files. */
export const DOOR: FileDoor = { room: '/api/rooms/legacy', category: 'L01' }

/** What the list of problem records is narrowed by. */
export type ProblemsFilter = { readonly problemType?: 1 | 2 | 3 }

/** Key of the problem records of one load in the query cache. */
export const problemsKey = (batchId: string): readonly string[] => ['legacy', 'problems', batchId]

/** A page of the children a load made 问题学籍. */
export const loadProblems = (
  batchId: string,
  { filter, after, limit }: LoadArgs<ProblemsFilter>,
): Promise<Page<LegacyProblemRow>> => apiGet(`${DOOR.room}/imports/${batchId}/problems`, { ...filter, after, limit })
