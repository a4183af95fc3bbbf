import type { UploadResponse } from '@xueji/contracts/pipeline/import.api'
import { ApiError, apiUpload } from '../../../shared/api-client.ts'
import { ROOM } from '../registration.queries.ts'

const MAX_BYTES = 32 * 1024 * 1024
/** .xls, .ods and .csv go a slower road (workbook, any-workbook.ts). */
const MAX_SLOW_BYTES = 10 * 1024 * 1024

/** What the file dialog offers. */
export const ACCEPTED_FILES = '.xlsx,.xls,.ods,.csv'
const ATTEMPTS = 5
const WAIT_MILLIS = 1_500

/** What a file is refused for before a byte of it travels; undefined when it may go. */
export function whyNotUploadable(file: Pick<File, 'name' | 'size'>): string | undefined {
  if (!/\.(xlsx|xls|ods|csv)$/i.test(file.name)) return '只能上传 .xlsx、.xls、.ods、.csv 文件，请使用本页下载的模板'
  if (file.size === 0) return '文件是空的，请重新选择填写好的 Excel 文件'
  if (file.size > MAX_SLOW_BYTES && !/\.xlsx$/i.test(file.name))
    return '.xls、.ods、.csv 文件不能超过 10MB，请用 Excel 或 WPS 打开后另存为 .xlsx 再上传'
  if (file.size > MAX_BYTES) return '文件超过 32MB，请分批导入'
  return undefined
}

/** True for failures that another attempt may mend: the line, a busy server, an answer still on its way. */
export const mayRetry = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 0 || error.status === 503 || error.id === 'request.inProgress')

/**
 * Uploads one roster. Every attempt carries the same key, so a file whose answer was lost is never imported twice (security: Laws).
 */
export async function uploadRoster(
  category: string,
  file: File,
  onProgress: (share: number) => void,
  onRetry: (attempt: number) => void,
): Promise<UploadResponse> {
  const key = `upload-${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`
  for (let attempt = 1; ; attempt++) {
    try {
      return await apiUpload<UploadResponse>(`${ROOM}/imports?category=${category}`, file, onProgress, key)
    } catch (error) {
      if (!mayRetry(error) || attempt >= ATTEMPTS) throw error
      onRetry(attempt)
      await new Promise((resolve) => setTimeout(resolve, WAIT_MILLIS * attempt))
    }
  }
}
