import {
  type InfiniteData,
  type UseInfiniteQueryResult,
  type UseQueryResult,
  useInfiniteQuery,
  useQuery,
} from '@tanstack/react-query'
import type { Page } from '@xueji/contracts/common/wire'
import type {
  PhotoClass,
  PhotoFile,
  PhotographedStudent,
  PhotoPackage,
  PhotoTarget,
  PhotoView,
} from '@xueji/contracts/pipeline/photo.api'
import { apiGet, apiUpload, queryString } from '../../shared/api-client.ts'

/** Key of everything this room reads. */
export const PHOTOS = ['photos'] as const
const POLL_MILLIS = 2_000

/** How far each class is. */
export const usePhotoClasses = (): UseQueryResult<PhotoClass[]> =>
  useQuery({
    queryKey: [...PHOTOS, 'classes'],
    queryFn: ({ signal }) => apiGet<PhotoClass[]>('/api/photos/classes', {}, signal),
  })

/** The children of a class, page after page; those without a class where there is none. */
export const usePhotoStudents = (
  classId: string | null | undefined,
  view: PhotoView,
): UseInfiniteQueryResult<InfiniteData<Page<PhotographedStudent>>> =>
  useInfiniteQuery({
    queryKey: [...PHOTOS, 'students', classId, view],
    enabled: classId !== undefined,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      apiGet<Page<PhotographedStudent>>(
        '/api/photos/students',
        { classId, view, limit: 100, after: pageParam },
        signal,
      ),
    getNextPageParam: (page) => page.next,
  })

/** True while a package is being worked on. */
export const isUnderway = ({ status }: Pick<PhotoPackage, 'status'>): boolean =>
  status === 'pending' || status === 'running'

/** The recent packages, newest first; looked at again while one is under way. */
export const usePhotoPackages = (): UseQueryResult<PhotoPackage[]> =>
  useQuery({
    queryKey: [...PHOTOS, 'packages'],
    queryFn: ({ signal }) => apiGet<PhotoPackage[]>('/api/photo-packages', {}, signal),
    refetchInterval: ({ state }) => (state.data?.some(isUnderway) ? POLL_MILLIS : false),
  })

/** What became of the files of a package. */
export const usePhotoFiles = (
  pack: Pick<PhotoPackage, 'id' | 'done'> | undefined,
  view: 'all' | 'refused' | 'stored',
): UseInfiniteQueryResult<InfiniteData<Page<PhotoFile>>> =>
  useInfiniteQuery({
    queryKey: [...PHOTOS, 'files', pack?.id, pack?.done, view],
    enabled: pack !== undefined,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      apiGet<Page<PhotoFile>>(`/api/photo-packages/${pack?.id}/files`, { view, limit: 100, after: pageParam }, signal),
    getNextPageParam: (page) => page.next,
  })

/** For whom a package is meant. */
export type Target = { readonly target: PhotoTarget; readonly targetId?: string }

/** Uploads a zip for a class, a grade or the school. */
export const sendPackage = (target: Target, file: File, onProgress: (share: number) => void): Promise<PhotoPackage> =>
  apiUpload<PhotoPackage>(`/api/photo-packages${queryString(target)}`, file, onProgress)

/** Sets the photograph of one child. */
export const sendPhoto = (studentId: string, file: File): Promise<PhotographedStudent> =>
  apiUpload<PhotographedStudent>(`/api/students/${studentId}/photo`, file, () => undefined)
