import { keepPreviousData, type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query'
import type {
  ExportCatalogue,
  ExportListName,
  ExportPreview,
  ExportRequest,
  ExportRow,
} from '@xueji/contracts/pipeline/export.api'
import type { Role } from '@xueji/domain/access/roles'
import { apiGet, apiSend } from '../api-client.ts'
import { useLiveEvents } from '../live.ts'
import { useHasRole } from '../session.tsx'

/** Which list of which room is exported: `/api/rooms/registration` and the list's name; and who asks for it, where that is not the registrar of a school or county. */
export type ExportSource = {
  readonly room: string
  readonly list: ExportListName
  readonly askers?: readonly Role[]
}

const ASKERS: readonly Role[] = ['schoolRegistrar', 'countyRegistrar']

/** The conditions of a list as it stands, in the shape the server takes. */
export type ListConditions = ExportRequest['conditions']

const POLL_MILLIS = 2_000

const keyOf = ({ room }: ExportSource) => ['exports', room] as const

/** What can be exported of a list; undefined while unknown and for whoever may not: then nothing is offered (EXP-004, EXP-005). */
export function useExportCatalogue({ room, list, askers = ASKERS }: ExportSource): ExportCatalogue | undefined {
  const asks = useHasRole(...askers)
  const { data } = useQuery({
    queryKey: ['export-columns', room, list],
    queryFn: ({ signal }) => apiGet<ExportCatalogue>(`${room}/exports/columns`, { list }, signal),
    enabled: asks,
    staleTime: 60_000,
  })
  return data && !data.hindrance ? data : undefined
}

/** The conditions in words and how many meet them. */
export const useExportPreview = (
  { room, list }: ExportSource,
  conditions: ListConditions,
): UseQueryResult<ExportPreview> =>
  useQuery({
    queryKey: ['export-preview', room, list, conditions],
    // By body: the conditions may name a child.
    queryFn: () => apiSend<ExportPreview>('POST', `${room}/exports/preview`, { list, conditions }),
    placeholderData: keepPreviousData,
    staleTime: 0,
  })

/**
 * The recent exports of one's organisation, newest first. They are written on the server, so the page may be left and they are found again. Live news
 * with a poll behind it.
 */
export function useExports(source: ExportSource): UseQueryResult<ExportRow[]> {
  const client = useQueryClient()
  const answer = useQuery({
    queryKey: keyOf(source),
    queryFn: ({ signal }) => apiGet<ExportRow[]>(`${source.room}/exports`, {}, signal),
    refetchInterval: ({ state }) => (state.data?.some(isRunning) ? POLL_MILLIS : false),
  })
  useLiveEvents((event) => {
    if (event.topic === 'export') void client.invalidateQueries({ queryKey: keyOf(source) })
  })
  return answer
}

/** Asks for an export; the authoriser's password goes along and is kept nowhere. */
export const startExport = ({ room }: ExportSource, request: ExportRequest): Promise<ExportRow> =>
  apiSend('POST', `${room}/exports`, request)

/** Stops an export; one that has ended stays as it is. */
export const cancelExport = ({ room }: ExportSource, id: string): Promise<ExportRow> =>
  apiSend('POST', `${room}/exports/${id}/cancel`)

/** Reads the recent exports anew. */
export function useRefreshExports(source: ExportSource): () => void {
  const client = useQueryClient()
  return () => void client.invalidateQueries({ queryKey: keyOf(source) })
}

/** True while it waits or is being written. */
export const isRunning = ({ status }: Pick<ExportRow, 'status'>): boolean =>
  status === 'pending' || status === 'running'

/** Where the file of an export is. */
export const exportFileUrl = ({ room }: ExportSource, id: string): string => `${room}/exports/${id}/file`
