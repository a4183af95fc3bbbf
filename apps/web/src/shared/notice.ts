import { App } from 'antd'
import { useMemo } from 'react'
import { ApiError } from './api-client.ts'

/** Short messages at the top of the page. */
export type Notice = {
  readonly success: (text: string) => void
  readonly info: (text: string) => void
  readonly warning: (text: string) => void
  /** Words a failure: what the server said, and the request's number when someone may have to look it up. */
  readonly error: (error: unknown) => void
}

/** The sentence for a failure; server faults carry the request's number. */
export function errorText(error: unknown): string {
  if (!(error instanceof ApiError)) return '页面出现错误，请刷新后重试'
  const traceable = error.requestId && (error.status >= 500 || error.status === 0)
  return traceable ? `${error.message}（请求编号 ${error.requestId}）` : error.message
}

/** Success and failure messages. */
export function useNotice(): Notice {
  const { message } = App.useApp()
  return useMemo(
    () => ({
      success: (text) => void message.success(text),
      info: (text) => void message.info(text),
      warning: (text) => void message.warning(text),
      error: (error) => void message.error({ content: errorText(error), duration: 6 }),
    }),
    [message],
  )
}
