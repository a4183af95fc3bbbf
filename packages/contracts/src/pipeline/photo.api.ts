import { z } from 'zod'
import { Id, Instant, PageQuery } from '../common/wire.ts'

/** The photograph of a child as it stands. */
export const PhotoRow = z.object({ id: Id, uploader: z.string(), uploadedAt: Instant })
export type PhotoRow = z.infer<typeof PhotoRow>

/** A child with or without a photograph; numbers are masked (SEC-007). */
export const PhotographedStudent = z.object({
  id: Id,
  name: z.string(),
  gender: z.string(),
  studentNumber: z.string().nullable(),
  className: z.string().nullable(),
  photo: PhotoRow.nullable(),
})
export type PhotographedStudent = z.infer<typeof PhotographedStudent>

/** 是否有照片 (PHO-008). */
export const PhotoView = z.enum(['all', 'missing', 'present'])
export type PhotoView = z.infer<typeof PhotoView>

/** Children of one's own school by class; without a class those that have none yet. */
export const PhotoQuery = PageQuery.extend({ classId: Id.optional(), view: PhotoView.default('all') })

/** How far a class is. */
export const PhotoClass = z.object({
  classId: Id.nullable(),
  className: z.string(),
  gradeId: Id.nullable(),
  gradeName: z.string(),
  students: z.number().int(),
  photos: z.number().int(),
})
export type PhotoClass = z.infer<typeof PhotoClass>

/** For whom a package is meant (PHO-007); photographs of others in it are refused. */
export const PhotoTarget = z.enum(['class', 'grade', 'school'])
export type PhotoTarget = z.infer<typeof PhotoTarget>
export const PhotoPackageQuery = z
  .object({ target: PhotoTarget, targetId: Id.optional() })
  .refine(({ target, targetId }) => (target === 'school') === (targetId === undefined), '请选择班级或年级')

/** A package as it goes on. */
export const PhotoPackage = z.object({
  id: Id,
  fileName: z.string(),
  targetName: z.string(),
  uploader: z.string(),
  status: z.enum(['pending', 'running', 'done', 'failed']),
  statusName: z.string(),
  /** Why nothing could be made of the whole file, and what to do. */
  failure: z.object({ title: z.string(), advice: z.string() }).nullable(),
  total: z.number().int(),
  done: z.number().int(),
  stored: z.number().int(),
  refused: z.number().int(),
  createdAt: Instant,
  finishedAt: Instant.nullable(),
})
export type PhotoPackage = z.infer<typeof PhotoPackage>

/** What became of one file of a package. */
export const PhotoFile = z.object({
  position: z.number().int(),
  name: z.string(),
  stored: z.boolean(),
  /** Why it was not taken, in words. */
  reason: z.string().nullable(),
  studentName: z.string().nullable(),
  className: z.string().nullable(),
})
export type PhotoFile = z.infer<typeof PhotoFile>
export const PhotoFileQuery = PageQuery.extend({ view: z.enum(['all', 'refused', 'stored']).default('all') })

/** States of a package, in words. */
export const PHOTO_PACKAGE_STATUSES = {
  pending: '排队等待',
  running: '正在处理',
  done: '处理完毕',
  failed: '处理失败',
} as const

/** What is wrong with a whole package, by the reader's code: title and what to do. */
export const PHOTO_PACKAGE_FAILURES: Readonly<Record<string, readonly [string, string]>> = {
  empty: ['压缩包里没有文件', '请把照片放进压缩包后重新上传'],
  truncated: ['这不是 zip 压缩包，或文件不完整', '请用 zip 格式重新压缩后上传，不要改扩展名'],
  damaged: ['压缩包已损坏', '请重新压缩后上传'],
  encrypted: ['压缩包设有密码', '请去掉密码重新压缩后上传'],
  tooManyEntries: ['压缩包里的文件超过 5000 个', '请按年级或班级分开上传'],
  tooLarge: ['压缩包解压后过大', '请按年级或班级分开上传'],
  ratio: ['压缩包结构异常', '请重新压缩后上传'],
  right: ['您已没有采集照片的权限', '请联系本校系统管理员'],
  stopped: ['处理多次中断', '请重新上传'],
}
