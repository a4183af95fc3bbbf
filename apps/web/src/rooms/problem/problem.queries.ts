import { type QueryClient, type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { Page } from '@xueji/contracts/common/wire'
import type {
  BatchCommandRequest,
  BatchCommandState,
  CommandRequest,
  CommandResponse,
} from '@xueji/contracts/pipeline/review.api'
import type {
  ArbitrationRequest,
  HandlingRequest,
  HandlingResponse,
  ProblemFilter,
  ProblemRow,
  ProblemView,
} from '@xueji/contracts/rooms/problem/problem.api'
import type { CauseGroup, ProblemGroupView } from '@xueji/contracts/rooms/problem/problem-group.api'
import { apiGet, apiSend } from '../../shared/api-client.ts'
import type { LoadArgs } from '../../shared/use-list.ts'

const ROOM = '/api/rooms/problem'

/** The list as it is exported (menu §3.1, §3.2 导出Excel): by the registrar, and by the leader who reviews. */
export const EXPORT = {
  room: ROOM,
  list: 'parties',
  askers: ['schoolRegistrar', 'schoolLeader', 'countyRegistrar'],
} as const

/** Keys of what the room keeps in the query cache; all begin alike, for one act may change any of them. */
export const KEYS = {
  all: ['problem'] as const,
  list: (view: ProblemView, cross?: boolean) => ['problem', view, cross ?? 'both'] as const,
  group: (id: string) => ['problem', 'group', id] as const,
  causes: ['problem', 'causes'] as const,
}

/** A page of parties of one view (menu §3.1–3.4). */
export const loadParties = (
  view: ProblemView,
  { filter, after, limit, count }: LoadArgs<ProblemFilter>,
): Promise<Page<ProblemRow>> =>
  // By body: the conditions may name a child.
  apiSend('POST', `${ROOM}/parties/search`, {
    view,
    ...filter,
    limit,
    ...(after ? { after } : {}),
    ...(count ? { count: '1' } : {}),
  })

/** A group as its reader may see it. Each reading is noted: it is read when shown, not with every glance elsewhere. */
export const useGroup = (id: string): UseQueryResult<ProblemGroupView> =>
  useQuery({
    queryKey: KEYS.group(id),
    queryFn: ({ signal }) => apiGet<ProblemGroupView>(`${ROOM}/groups/${id}`, {}, signal),
    staleTime: 30_000,
    refetchOnWindowFocus: false,
  })

/** What awaits one's own school, grouped by likely cause. */
export const useCauses = (): UseQueryResult<CauseGroup[]> =>
  useQuery({ queryKey: KEYS.causes, queryFn: ({ signal }) => apiGet<CauseGroup[]>(`${ROOM}/causes`, {}, signal) })

/** 变更、佐证、删除 of one or many. */
export const sendHandlings = (request: HandlingRequest): Promise<HandlingResponse> =>
  apiSend('POST', `${ROOM}/handlings`, request)

/** 仲裁. */
export const sendArbitration = (groupId: string, request: ArbitrationRequest): Promise<ProblemGroupView> =>
  apiSend('POST', `${ROOM}/groups/${groupId}/arbitration`, request)

/** 审核 of one handling; the version shown goes along (F-008). */
export const sendCommand = (itemId: string, command: CommandRequest): Promise<CommandResponse> =>
  apiSend('POST', `${ROOM}/items/${itemId}/commands`, command)

/** 审核 of the handlings ticked. */
export const sendBatch = (request: BatchCommandRequest): Promise<BatchCommandState> =>
  apiSend('POST', `${ROOM}/review-batches`, request)

/** After any act: lists, groups and the work list may all say something else now. */
export const refreshProblems = (client: QueryClient): Promise<void> => client.invalidateQueries({ queryKey: KEYS.all })
