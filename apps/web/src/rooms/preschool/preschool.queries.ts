import { type QueryClient, type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { Page } from '@xueji/contracts/common/wire'
import type {
  RosterCandidates,
  RosterFilter,
  RosterLineDetail,
  RosterRow,
  RosterSummary,
  RosterValues,
} from '@xueji/contracts/rooms/preschool/preschool.api'
import { apiFileOf, apiGet, apiSend } from '../../shared/api-client.ts'
import type { ListConditions } from '../../shared/export/exports.ts'
import type { FileDoor } from '../../shared/file-door/file-door.queries.ts'
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

/** Files the two importing dialogs take: room and kind. */
export const IMPORTS = {
  roster: { room: ROOM, category: 'P01' },
  archive: { room: '/api/rooms/preschool-archive', category: 'A01' },
} as const satisfies Record<string, FileDoor>

/** Keys of what the room keeps in the query cache. */
export const KEYS = {
  lines: (view: 'all' | 'supplement') => ['preschool', 'lines', view] as const,
  summary: ['preschool', 'summary'] as const,
  line: (id: string) => ['preschool', 'line', id] as const,
  candidates: (id: string) => ['preschool', 'candidates', id] as const,
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

/** One line with its number whole; read when it is shown, for each reading is noted. */
export const useLine = (id: string | undefined): UseQueryResult<RosterLineDetail> =>
  useQuery({
    queryKey: KEYS.line(id ?? ''),
    queryFn: ({ signal }) => apiGet<RosterLineDetail>(`${LINES}/${id}`, {}, signal),
    enabled: id !== undefined,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })

/** The archives that may be the child's. */
export const useCandidates = (id: string | undefined): UseQueryResult<RosterCandidates> =>
  useQuery({
    queryKey: KEYS.candidates(id ?? ''),
    queryFn: ({ signal }) => apiGet<RosterCandidates>(`${LINES}/${id}/candidates`, {}, signal),
    enabled: id !== undefined,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })

/** 新增 without an id, 修改 with one. */
export const saveLine = (values: RosterValues, line?: Pick<RosterRow, 'id' | 'version'>): Promise<RosterRow> =>
  line ? apiSend('PUT', `${LINES}/${line.id}`, { values, version: line.version }) : apiSend('POST', LINES, values)

/** 删除 of all selected, or none. */
export const removeLines = (ids: readonly string[]): Promise<{ removed: number }> =>
  apiSend('POST', `${LINES}/remove`, { ids })

/** 确认匹配学前学籍; null is 确认都不匹配. */
export const confirmLine = (line: Pick<RosterRow, 'id' | 'version'>, archiveId: string | null): Promise<RosterRow> =>
  apiSend('POST', `${LINES}/${line.id}/confirmation`, { archiveId, version: line.version })

/** 调档学生导出 as a file. */
export const exportLines = (ids: readonly string[]): Promise<File> => apiFileOf(`${LINES}/export`, { ids })

/** What is shown of the roster is out of date. */
export async function forgetRoster(client: QueryClient): Promise<void> {
  await client.invalidateQueries({ queryKey: ['preschool'] })
}
