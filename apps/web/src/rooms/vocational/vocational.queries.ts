import { type QueryClient, type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { Page } from '@xueji/contracts/common/wire'
import type {
  DecisionAnswer,
  LineDecision,
  VocationalFilter,
  VocationalRow,
  VocationalSummary,
} from '@xueji/contracts/rooms/vocational/vocational.api'
import { MATCH_WORDS } from '@xueji/contracts/rooms/vocational/vocational.words'
import type { RequestFilter, RequestRow, RequestView } from '@xueji/contracts/rooms/vocational/vocational-request.api'
import { apiGet, apiSend } from '../../shared/api-client.ts'
import type { ExportSource } from '../../shared/export/exports.ts'
import { forgetList, type NewcomerList } from '../../shared/newcomers/newcomers.queries.ts'
import type { LoadArgs } from '../../shared/use-list.ts'

const ROOM = '/api/rooms/vocational'

/** 中职调档名单. */
export const ROSTER: NewcomerList = {
  room: ROOM,
  category: 'Z01',
  key: 'vocational',
  name: '中职调档名单',
  record: '学籍',
  matchText: (match) => MATCH_WORDS[match],
  confirmedAs: 'studentId',
  lineInvalid: 'vocational.lineInvalid',
}

/** 中职调档查询 as a list to be exported. */
export const EXPORT: ExportSource = { room: ROOM, list: 'requests' }

/** Keys of what the room keeps in the query cache. */
export const KEYS = {
  lines: ['vocational', 'lines'] as const,
  requests: (view: RequestView) => ['vocational', 'requests', view] as const,
}

/** A page of the list. By body: the conditions may name a child. */
export const loadLines = ({ filter, after, limit, count }: LoadArgs<VocationalFilter>): Promise<Page<VocationalRow>> =>
  apiSend('POST', `${ROOM}/lines/search`, { ...filter, after, limit, count: count ? '1' : undefined })

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
export const forgetVocational = (client: QueryClient): Promise<void> => forgetList(client, ROSTER)
