import { type QueryClient, type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { Page } from '@xueji/contracts/common/wire'
import type {
  DecisionAnswer,
  LineDecision,
  VocationalCandidates,
  VocationalDetail,
  VocationalFilter,
  VocationalRow,
  VocationalSummary,
  VocationalValues,
} from '@xueji/contracts/rooms/vocational/vocational.api'
import type { RequestFilter, RequestRow, RequestView } from '@xueji/contracts/rooms/vocational/vocational-request.api'
import { apiGet, apiSend } from '../../shared/api-client.ts'
import type { ExportSource } from '../../shared/export/exports.ts'
import type { FileDoor } from '../../shared/file-door/file-door.queries.ts'
import type { LoadArgs } from '../../shared/use-list.ts'

const ROOM = '/api/rooms/vocational'
const LINES = `${ROOM}/lines`

/** Where 中职调档名单 goes. */
export const DOOR: FileDoor = { room: ROOM, category: 'Z01' }

/** 中职调档查询 as a list to be exported. */
export const EXPORT: ExportSource = { room: ROOM, list: 'requests' }

/** Keys of what the room keeps in the query cache. */
export const KEYS = {
  lines: ['vocational', 'lines'] as const,
  requests: (view: RequestView) => ['vocational', 'requests', view] as const,
}

/** A page of the list. By body: the conditions may name a child. */
export const loadLines = ({ filter, after, limit, count }: LoadArgs<VocationalFilter>): Promise<Page<VocationalRow>> =>
  apiSend('POST', `${LINES}/search`, { ...filter, after, limit, count: count ? '1' : undefined })

/** A page of the children asked for. */
export const loadRequests = (
  view: RequestView,
  { filter, after, limit, count }: LoadArgs<RequestFilter>,
): Promise<Page<RequestRow>> =>
  apiSend('POST', `${ROOM}/requests/search`, { view, ...filter, after, limit, count: count ? '1' : undefined })

/** How the list stands (TIME-002). */
export const useVocationalSummary = (): UseQueryResult<VocationalSummary> =>
  useQuery({
    queryKey: ['vocational', 'summary'],
    queryFn: ({ signal }) => apiGet<VocationalSummary>(`${ROOM}/summary`, {}, signal),
  })

// Each reading of the next two is noted: they are read when they are shown, and kept no longer.
const readOnce = { gcTime: 0, refetchOnWindowFocus: false } as const

/** One line with its numbers whole. */
export const useLine = (id: string | undefined): UseQueryResult<VocationalDetail> =>
  useQuery({
    ...readOnce,
    queryKey: ['vocational', 'line', id ?? ''],
    queryFn: ({ signal }) => apiGet<VocationalDetail>(`${LINES}/${id}`, {}, signal),
    enabled: id !== undefined,
  })

/** The records that may be the child's. */
export const useCandidates = (id: string): UseQueryResult<VocationalCandidates> =>
  useQuery({
    ...readOnce,
    queryKey: ['vocational', 'candidates', id],
    queryFn: ({ signal }) => apiGet<VocationalCandidates>(`${LINES}/${id}/candidates`, {}, signal),
  })

/** 新增 without a line, 修改 with one. */
export const saveLine = (
  values: VocationalValues,
  line?: Pick<VocationalRow, 'id' | 'version'>,
): Promise<VocationalRow> =>
  line ? apiSend('PUT', `${LINES}/${line.id}`, { values, version: line.version }) : apiSend('POST', LINES, values)

/** 删除 of all selected, or none. */
export const removeLines = (ids: readonly string[]): Promise<{ removed: number }> =>
  apiSend('POST', `${LINES}/remove`, { ids })

/** 确认匹配学籍; null is 确认都不匹配. */
export const confirmLine = (
  line: Pick<VocationalRow, 'id' | 'version'>,
  studentId: string | null,
): Promise<VocationalRow> => apiSend('POST', `${LINES}/${line.id}/confirmation`, { studentId, version: line.version })

/** 继续 or 不继续. */
export const decideLines = (
  lines: readonly VocationalRow[],
  decision: LineDecision['decision'],
  despiteAdmission: boolean,
): Promise<DecisionAnswer> =>
  apiSend('POST', `${ROOM}/decisions`, {
    lines: lines.map(({ id, version }) => ({ id, version })),
    decision,
    despiteAdmission,
  })

/** 知悉 of what is selected. */
export const acknowledge = (ids: readonly string[]): Promise<{ acknowledged: number }> =>
  apiSend('POST', `${ROOM}/requests/acknowledgement`, { ids })

/** What is shown of the room is out of date. */
export const forgetVocational = (client: QueryClient): Promise<void> =>
  client.invalidateQueries({ queryKey: ['vocational'] })
