import { refusalMessage } from '@xueji/contracts/issues/refusals'
import {
  PHOTO_PACKAGE_FAILURES,
  PHOTO_PACKAGE_STATUSES,
  type PhotoFile,
  type PhotographedStudent,
  type PhotoPackage,
} from '@xueji/contracts/pipeline/photo.api'
import { maskNumber } from '../item-view.ts'
import type { PhotoFileFault } from './package-store.ts'

/** Columns of a child over `student s`, `school_class c` and the photograph that stands, `p`. */
export const STUDENT_COLUMNS = `s.id, s.name, s.gender, s.student_number as "studentNumber", c.name as "className", p.id as "photoId", p.uploader,
  p.uploaded_at as "uploadedAt"`

export type StoredStudent = Omit<PhotographedStudent, 'photo'> & {
  readonly photoId: string | null
  readonly uploader: string
  readonly uploadedAt: Date
}

/** A child in the words of the page; numbers masked (SEC-007). */
export const presentStudent = ({ photoId, uploader, uploadedAt, ...student }: StoredStudent): PhotographedStudent => ({
  ...student,
  studentNumber: maskNumber(student.studentNumber),
  photo: photoId ? { id: photoId, uploader, uploadedAt: uploadedAt.toISOString() } : null,
})

export const PACKAGE_COLUMNS = `id, file_name as "fileName", target_name as "targetName", actor->>'displayName' as uploader, status, failure, total, done, stored,
  created_at as "createdAt", finished_at as "finishedAt"`

export type StoredPackage = Omit<PhotoPackage, 'statusName' | 'failure' | 'refused' | 'createdAt' | 'finishedAt'> & {
  readonly failure: string | null
  readonly createdAt: Date
  readonly finishedAt: Date | null
}

/** A package in the words of the page. */
export function presentPackage(stored: StoredPackage): PhotoPackage {
  const [title, advice] = PHOTO_PACKAGE_FAILURES[stored.failure ?? ''] ?? PHOTO_PACKAGE_FAILURES.damaged!
  return {
    ...stored,
    statusName: PHOTO_PACKAGE_STATUSES[stored.status],
    failure: stored.failure ? { title, advice } : null,
    refused: stored.done - stored.stored,
    createdAt: stored.createdAt.toISOString(),
    finishedAt: stored.finishedAt?.toISOString() ?? null,
  }
}

export const FILE_COLUMNS = 'position, name, fault, student_name as "studentName", class_name as "className"'

export type StoredFile = Omit<PhotoFile, 'stored' | 'reason'> & { readonly fault: PhotoFileFault | null }

/** A file of a package in words. */
export const presentFile = ({ fault, ...file }: StoredFile): PhotoFile => ({
  ...file,
  stored: fault === null,
  reason: fault ? refusalMessage(`photo.${fault}`) : null,
})
