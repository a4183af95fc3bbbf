import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { Page } from '@xueji/contracts/common/wire'
import type { ImportDetail, IssueRow, UploadResponse } from '@xueji/contracts/pipeline/import.api'
import { apiGet, apiUpload } from '../api-client.ts'

/** Where a file goes whose rows become records of a room: the room's routes, and the kind of file. */
export type FileDoor = { readonly room: string; readonly category: string }

/** Keys of what is kept of files in the query cache. */
export const IMPORT_KEYS = {
  all: (door: FileDoor) => ['imports', door.room] as const,
  one: (door: FileDoor, id: string) => ['import', door.room, id] as const,
}

/** Sends a file. */
export const sendFile = (door: FileDoor, file: File, onProgress: (share: number) => void): Promise<UploadResponse> =>
  apiUpload(`${door.room}/imports?category=${door.category}`, file, onProgress)

/** A file's record; asked again while it is worked on. */
export const useImport = (door: FileDoor, id: string | undefined): UseQueryResult<ImportDetail> =>
  useQuery({
    queryKey: IMPORT_KEYS.one(door, id ?? ''),
    queryFn: ({ signal }) => apiGet<ImportDetail>(`${door.room}/imports/${id}`, {}, signal),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (state.data?.batch.finishedAt ? false : 800),
  })

/** The first rows that a file was refused for. */
export const useImportIssues = (door: FileDoor, id: string | undefined): UseQueryResult<Page<IssueRow>> =>
  useQuery({
    queryKey: [...IMPORT_KEYS.one(door, id ?? ''), 'issues'],
    queryFn: ({ signal }) =>
      apiGet<Page<IssueRow>>(`${door.room}/imports/${id}/issues`, { limit: 100, severity: 'error' }, signal),
    enabled: id !== undefined,
  })
