import { type QueryClient, type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { Page } from '@xueji/contracts/common/wire'
import type {
  BatchCommandRequest,
  BatchCommandState,
  CommandRequest,
  CommandResponse,
  ItemDetail,
  ItemFilter,
  ItemRow,
  ItemView,
  RoomEntryRow,
  SchoolSummaryRow,
} from '@xueji/contracts/pipeline/review.api'
import type { SchoolStructure } from '@xueji/contracts/platform/organization.api'
import type { z } from 'zod'
import { apiGet, apiSend } from '../../shared/api-client.ts'

/** 小学新生 or 非小学新生: the entries of one set of pages. */
export type EntryGroup = RoomEntryRow['group']

/** Where the room's routes live. */
export const ROOM = '/api/rooms/registration'

/** Keys of what the room keeps in the query cache; a list's key is the beginning of all its pages. */
export const KEYS = {
  items: (view: ItemView) => ['registration', 'items', view] as const,
  allItems: ['registration', 'items'] as const,
  item: (id: string) => ['registration', 'item', id] as const,
  summary: ['registration', 'summary'] as const,
  imports: ['registration', 'imports'] as const,
  checkFacts: (category: string) => ['registration', 'check-facts', category] as const,
  importDetail: (id: string) => ['registration', 'import', id] as const,
  importRows: (id: string) => ['registration', 'import-rows', id] as const,
  corrections: (id: string) => ['registration', 'corrections', id] as const,
  batches: ['registration', 'review-batches'] as const,
}

/** What a list page hands to its loader. */
export type ListArgs<Filter> = {
  readonly filter: Filter
  readonly after?: string
  readonly limit: number
  readonly count: boolean
}

/** A page of items of one view (menu §2.4–2.6). */
export const loadItems = (view: ItemView, args: ListArgs<ItemFilter>): Promise<Page<ItemRow>> =>
  // By body: the conditions may name a child.
  apiSend('POST', `${ROOM}/items/search`, { view, ...args.filter, ...pageQuery(args) })

/** School-by-school counts of what of a group waits for this bureau. */
export const loadSummary = (
  group: EntryGroup,
  args: ListArgs<{ schoolName?: string; schoolCode?: string }>,
): Promise<Page<SchoolSummaryRow>> =>
  apiGet(`${ROOM}/summary`, { view: 'review', group, ...args.filter, ...pageQuery(args) })

/** How many items meet the conditions; capped like every total. */
export async function countItems(view: ItemView, filter: ItemFilter): Promise<{ total: number; capped: boolean }> {
  const page = await loadItems(view, { filter, limit: 1, count: true })
  return { total: page.total ?? 0, capped: page.capped ?? false }
}

/** Everything about one item. Each reading is noted in the child's history: it is read when shown, not before, and not again with every glance at Excel. */
export function useItemDetail(id: string | undefined): UseQueryResult<ItemDetail> {
  return useQuery({
    queryKey: KEYS.item(id ?? ''),
    queryFn: ({ signal }) => apiGet<ItemDetail>(`${ROOM}/items/${id}`, {}, signal),
    enabled: id !== undefined,
    staleTime: 30_000,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
}

/** Marks what is known of items as out of date, without reading it again unless it is looked at. */
export const forgetItems = (client: QueryClient): Promise<void> =>
  client.invalidateQueries({ queryKey: ['registration', 'item'], refetchType: 'none' })

/** Grades and classes of one's own school, or for a bureau of the school looked at; undefined while unknown or when no school is meant. */
export function useStructure(school: 'own' | string | undefined): z.infer<typeof SchoolStructure> | undefined {
  const path = school === 'own' ? '/api/school/structure' : `/api/schools/${school}/structure`
  return useQuery({
    queryKey: ['registration', 'structure', school],
    queryFn: ({ signal }) => apiGet<z.infer<typeof SchoolStructure>>(path, {}, signal),
    enabled: school !== undefined,
    staleTime: 60_000,
  }).data
}

/** The six entries (REG-001); they do not change while the page is open. */
export const useEntries = (): UseQueryResult<RoomEntryRow[]> =>
  useQuery({
    queryKey: ['registration', 'entries'],
    queryFn: ({ signal }) => apiGet<RoomEntryRow[]>(`${ROOM}/entries`, {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** One command on one item; the version shown goes along, so that nobody decides what another has decided (F-008). */
export const sendCommand = (id: string, command: CommandRequest): Promise<CommandResponse> =>
  apiSend('POST', `${ROOM}/items/${id}/commands`, command)

/** A command on many, by ids or by conditions. */
export const sendBatch = (request: BatchCommandRequest): Promise<BatchCommandState> =>
  apiSend('POST', `${ROOM}/review-batches`, request)

const pageQuery = ({ after, limit, count }: Omit<ListArgs<unknown>, 'filter'>) => ({
  after,
  limit,
  count: count ? '1' : undefined,
})
