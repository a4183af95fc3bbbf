import type { UploadResponse } from '@xueji/contracts/pipeline/import.api'
import { ApiError, apiUpload, newKey, queryString } from '../../../shared/api-client.ts'
import { ROOM } from '../registration.queries.ts'

const MAX_BYTES = 32 * 1024 * 1024
/** .xls, .ods and .csv go a slower road (workbook, any-workbook.ts). */
const MAX_SLOW_BYTES = 10 * 1024 * 1024
const ATTEMPTS = 5
const WAIT_MILLIS = 1_500

const CHECKED_HERE = /\.xlsx$/i
const READ_BY_SERVER = /\.(xls|ods|csv)$/i

/** What the file chooser offers. */
export const ACCEPTED = '.xlsx,.xls,.ods,.csv'

/** How a roster is to be handled: filed by itself once it is clean or not, and which earlier upload it replaces. */
export type UploadWish = {
  readonly category: string
  readonly submit: 'auto' | 'manual'
  readonly replaces?: string
}

/** What a file is refused for before a byte of it travels; undefined when it may go. */
export function whyNotUploadable(file: Pick<File, 'name' | 'size'>): string | undefined {
  const own = CHECKED_HERE.test(file.name)
  if (!own && !READ_BY_SERVER.test(file.name)) return '只能上传 .xlsx、.xls、.ods、.csv 文件，请使用本页下载的模板'
  if (file.size === 0) return '文件是空的，请重新选择填写好的 Excel 文件'
  if (!own && file.size > MAX_SLOW_BYTES)
    return '.xls、.ods、.csv 文件不能超过 10MB，请用 Excel 或 WPS 打开后另存为 .xlsx 再上传'
  if (file.size > MAX_BYTES) return '文件超过 32MB，请分批导入'
  return undefined
}

/** True for files the page can check before they travel; the others are read by the server. */
export const isCheckedHere = (file: Pick<File, 'name'>): boolean => CHECKED_HERE.test(file.name)

/** True for failures that another attempt may mend: the line, a busy server, an answer still on its way. */
export const mayRetry = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 0 || error.status === 503 || error.id === 'request.inProgress')

/**
 * Uploads one roster. Every attempt carries the same key, so a file whose answer was lost is never imported twice (security: Laws).
 */
export async function uploadRoster(
  wish: UploadWish,
  file: File,
  onProgress: (share: number) => void,
  onRetry: (attempt: number) => void,
): Promise<UploadResponse> {
  const key = newKey()
  for (let attempt = 1; ; attempt++) {
    try {
      return await apiUpload<UploadResponse>(`${ROOM}/imports${queryString(wish)}`, file, onProgress, key)
    } catch (error) {
      if (!mayRetry(error) || attempt >= ATTEMPTS) throw error
      onRetry(attempt)
      await new Promise((resolve) => setTimeout(resolve, WAIT_MILLIS * attempt))
    }
  }
}
