import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { Page } from '@xueji/contracts/common/wire'
import type { RosterFilter, RosterRow, RosterSummary } from '@xueji/contracts/rooms/preschool/preschool.api'
import { apiFileOf, apiGet, apiSend } from '../../shared/api-client.ts'
import { codeText } from '../../shared/code-text.ts'
import type { ListConditions } from '../../shared/export/exports.ts'
import type { FileDoor } from '../../shared/file-door/file-door.queries.ts'
import type { NewcomerList } from '../../shared/newcomers/newcomers.queries.ts'
import type { LoadArgs } from '../../shared/use-list.ts'

/** Where the rooms' routes live. */
const ROOM = '/api/rooms/preschool'
const LINES = `${ROOM}/lines`

/** The list as it is exported; what is filled in for import is another file (`LINES/export`). */
export const EXPORT = { room: ROOM, list: 'lines', askers: ['schoolRegistrar'] } as const

/** The conditions of the list as an export takes them. */
export const exportConditions = (
  view: 'all' | 'supplement',
  { name, identityNumber, ...own }: RosterFilter,
): ListConditions => ({
  ...(name ? { studentName: name } : {}),
  ...(identityNumber ? { identityNumber } : {}),
  own: { view, ...own },
})

/** 学前调档名单. */
export const ROSTER: NewcomerList = {
  room: ROOM,
  category: 'P01',
  key: 'preschool',
  name: '学前调档名单',
  record: '学前学籍',
  matchText: (match) => codeText('MATCH', match),
  confirmedAs: 'archiveId',
  lineInvalid: 'preschool.lineInvalid',
}

/** Where shared archives go. */
export const ARCHIVES: FileDoor = { room: '/api/rooms/preschool-archive', category: 'A01' }

/** Keys of what the room keeps in the query cache. */
export const KEYS = {
  lines: (view: 'all' | 'supplement') => ['preschool', 'lines', view] as const,
  summary: ['preschool', 'summary'] as const,
}

/** A page of the roster, or of those who may be filled in. By body: the conditions may name a child. */
export const loadLines = (
  view: 'all' | 'supplement',
  { filter, after, limit, count }: LoadArgs<RosterFilter>,
): Promise<Page<RosterRow>> =>
  apiSend('POST', `${LINES}/search`, { view, ...filter, after, limit, count: count ? '1' : undefined })

/** How the roster stands (PRE-018). */
export const useRosterSummary = (): UseQueryResult<RosterSummary> =>
  useQuery({ queryKey: KEYS.summary, queryFn: ({ signal }) => apiGet<RosterSummary>(`${ROOM}/summary`, {}, signal) })

/** 调档学生导出 as a file. */
export const exportLines = (ids: readonly string[]): Promise<File> => apiFileOf(`${LINES}/export`, { ids })
