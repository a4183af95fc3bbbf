import { type QueryClient, type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Page } from '@xueji/contracts/common/wire'
import type {
  CorrectionLine,
  CorrectionRequest,
  CorrectionResponse,
  ImportBatchRow,
  ImportDetail,
  IssueRow,
  RowView,
  StagedRow,
} from '@xueji/contracts/pipeline/import.api'
import type { RegistrationCheckFacts } from '@xueji/contracts/rooms/registration/registration.api'
import { apiGet, apiSend } from '../../../shared/api-client.ts'
import { useLiveEvents } from '../../../shared/live.ts'
import { factsQuery } from '../form/use-facts.ts'
import { type EntryGroup, KEYS, type ListArgs, ROOM } from '../registration.queries.ts'

/** True while a batch may still change by itself. */
export const isOpen = (batch: Pick<ImportBatchRow, 'status'>): boolean =>
  batch.status === 'pending' || batch.status === 'running'

/** True while its rows may be corrected, dropped and restored; a file that could not be read has none. */
export const isCorrectable = (batch: Pick<ImportBatchRow, 'status' | 'failure'>): boolean =>
  (batch.status === 'failed' || batch.status === 'ready') && batch.failure === null

/** True when it has rows to look at. */
export const hasRows = (batch: Pick<ImportBatchRow, 'status' | 'totalRows'>): boolean =>
  batch.totalRows > 0 && !isOpen(batch) && batch.status !== 'cancelled'

/** A page of 文件上传记录 of one group of entries. */
export const loadImports = (group: EntryGroup, { after, limit }: ListArgs<object>): Promise<Page<ImportBatchRow>> =>
  apiGet(`${ROOM}/imports`, { group, after, limit })

/** A batch with its kinds of issues; asked again while it runs. */
export const useImportDetail = (id: string): UseQueryResult<ImportDetail> =>
  useQuery({
    queryKey: KEYS.importDetail(id),
    queryFn: ({ signal }) => apiGet<ImportDetail>(`${ROOM}/imports/${id}`, {}, signal),
    refetchInterval: ({ state }) => (state.data && isOpen(state.data.batch) ? 1_500 : false),
  })

/** Takes over the batch as a command left it; its kinds of issues are asked for anew. */
export function keepBatch(client: QueryClient, batch: ImportBatchRow): void {
  client.setQueryData<ImportDetail>(KEYS.importDetail(batch.id), (before) => before && { ...before, batch })
  void client.invalidateQueries({ queryKey: KEYS.importDetail(batch.id) })
  void client.invalidateQueries({ queryKey: KEYS.imports })
}

/** Conditions of the rows with issues. */
export type IssueFilter = {
  readonly code?: string
  readonly field?: string
  readonly severity?: 'error' | 'warning'
}

/** A page of rows that have issues (REG-008). */
export const loadIssues = (id: string, args: ListArgs<IssueFilter>): Promise<Page<IssueRow>> =>
  apiGet(`${ROOM}/imports/${id}/issues`, { ...args.filter, after: args.after, limit: args.limit })

/** Which rows of a batch are looked at. */
export type RowFilter = {
  readonly view: RowView
  readonly code?: string
  readonly field?: string
  /** The first row number wanted. */
  readonly from?: number
}

/** A page of staged rows, by row number. */
export const loadRows = (id: string, filter: RowFilter, after: string | undefined): Promise<Page<StagedRow>> =>
  apiGet(`${ROOM}/imports/${id}/rows`, { ...filter, after, limit: 200 })

/** Sends corrections as one step. */
export const sendCorrections = (id: string, request: CorrectionRequest): Promise<CorrectionResponse> =>
  apiSend('POST', `${ROOM}/imports/${id}/corrections`, request)

/** Takes the last step back. */
export const undoCorrection = (id: string, version: number): Promise<CorrectionResponse> =>
  apiSend('POST', `${ROOM}/imports/${id}/corrections/undo`, { version })

/** A page of 修改记录, the latest first. */
export const loadCorrections = (id: string, after: string | undefined): Promise<Page<CorrectionLine>> =>
  apiGet(`${ROOM}/imports/${id}/corrections`, { after, limit: 100 })

/** 提交, 撤回 and 取消 of a whole batch, held to the version shown; what becomes of it is read anew. */
export const commandImport = (
  id: string,
  command: 'submit' | 'undo' | 'cancel',
  asked: { readonly version: number; readonly cleanRowsOnly?: boolean },
): Promise<unknown> => apiSend('POST', `${ROOM}/imports/${id}/${command}`, asked)

/** Removes the record of a file that was never submitted together with the children's data in it. */
export const removeImport = (id: string): Promise<{ ok: true }> => apiSend('DELETE', `${ROOM}/imports/${id}`)

/** What the browser needs to run the row rules before the upload; undefined when the server does not say. */
export async function loadCheckFacts(
  client: QueryClient,
  category: string,
): Promise<RegistrationCheckFacts | undefined> {
  try {
    return await client.fetchQuery(factsQuery(category))
  } catch {
    return undefined
  }
}

/** Looks again when news of imports arrives; the poll of each query is the fallback. */
export function useImportNews(): void {
  const client = useQueryClient()
  useLiveEvents((event) => {
    if (event.topic !== 'import') return
    void client.invalidateQueries({ queryKey: KEYS.imports })
    if (event.id) void client.invalidateQueries({ queryKey: KEYS.importDetail(event.id) })
  })
}
