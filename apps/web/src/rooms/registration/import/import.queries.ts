import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Page } from '@xueji/contracts/common/wire'
import type { ImportBatchRow, ImportDetail, IssueRow } from '@xueji/contracts/pipeline/import.api'
import { apiGet, apiSend } from '../../../shared/api-client.ts'
import { useLiveEvents } from '../../../shared/live.ts'
import { KEYS, type ListArgs, ROOM } from '../registration.queries.ts'

/** True while a batch may still change. */
export const isOpen = (batch: Pick<ImportBatchRow, 'status'>): boolean =>
  batch.status === 'pending' || batch.status === 'running'

/** A page of 文件上传记录. */
export const loadImports = ({ after, limit }: ListArgs<object>): Promise<Page<ImportBatchRow>> =>
  apiGet(`${ROOM}/imports`, { after, limit })

/** A batch with its kinds of issues; asked again while it runs. */
export const useImportDetail = (id: string): UseQueryResult<ImportDetail> =>
  useQuery({
    queryKey: KEYS.importDetail(id),
    queryFn: ({ signal }) => apiGet<ImportDetail>(`${ROOM}/imports/${id}`, {}, signal),
    refetchInterval: ({ state }) => (state.data && isOpen(state.data.batch) ? 1_500 : false),
  })

/** Conditions of the rows with issues. */
export type IssueFilter = {
  readonly code?: string
  readonly field?: string
  readonly severity?: 'error' | 'warning'
}

/** A page of rows that have issues (REG-008). */
export const loadIssues = (id: string, args: ListArgs<IssueFilter>): Promise<Page<IssueRow>> =>
  apiGet(`${ROOM}/imports/${id}/issues`, { ...args.filter, after: args.after, limit: args.limit })

/** Removes the record of a refused file together with the children's data in it. */
export const removeImport = (id: string): Promise<{ ok: true }> => apiSend('DELETE', `${ROOM}/imports/${id}`)

/** Looks again when news of imports arrives; the poll of each query is the fallback. */
export function useImportNews(): void {
  const client = useQueryClient()
  useLiveEvents((event) => {
    if (event.topic !== 'import') return
    void client.invalidateQueries({ queryKey: KEYS.imports })
    if (event.id) void client.invalidateQueries({ queryKey: KEYS.importDetail(event.id) })
  })
}
