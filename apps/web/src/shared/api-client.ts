import type { ErrorBody } from '@xueji/contracts/common/wire'

/** A refusal by the server, in words to show; `id` is stable, `details` name fields where there are any. */
export class ApiError extends Error {
  readonly id: string
  readonly status: number
  readonly requestId: string
  readonly details: unknown

  constructor(status: number, body: ErrorBody['error']) {
    super(body.message)
    this.name = 'ApiError'
    this.id = body.id
    this.status = status
    this.requestId = body.requestId
    this.details = body.details
  }
}

/** What the session does when the server refuses a call because of it; resolves with true when the call may be tried again. */
type SessionRescue = (reason: 'auth.required' | 'auth.csrf') => Promise<boolean>

let csrfToken = ''
let rescue: SessionRescue = async () => false

/** The session's token, sent with every change. */
export const setCsrfToken = (token: string): void => {
  csrfToken = token
}

/** Who signs in again when the server no longer knows the session. Calls wait for it and go on where they stopped. */
export const setSessionRescue = (next: SessionRescue): void => {
  rescue = next
}

type Query = Readonly<Record<string, string | number | boolean | undefined | null>>

const RETRIES = 3
const OFFLINE = { id: 'offline', message: '网络连接中断，请检查网络后重试，已填写的内容不会丢失', requestId: '' }
const UNREADABLE = { id: 'internal', message: '系统出现错误，请稍后重试', requestId: '' }

/** Reads. */
export const apiGet = <Answer>(path: string, query: Query = {}, signal?: AbortSignal): Promise<Answer> =>
  call<Answer>(path + queryString(query), { method: 'GET', signal: signal ?? null })

/** Changes. The same key goes out with every retry of one call, so that a lost answer never makes the change twice. */
export const apiSend = <Answer>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<Answer> =>
  call<Answer>(path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }, newKey())

/** Reads a file the server makes, under the name the server gives it. */
export const apiFile = (path: string): Promise<File> => call<File>(path, { method: 'GET' }, undefined, false, readFile)

/** The same for a file made of what is sent along: a selection is too long for an address. */
export const apiFileOf = (path: string, body: unknown): Promise<File> =>
  call<File>(path, { method: 'POST', body: JSON.stringify(body) }, newKey(), false, readFile)

/** Reads, without asking anybody to sign in again: for the session itself. */
export const apiPeek = <Answer>(path: string): Promise<Answer> => call<Answer>(path, { method: 'GET' }, undefined, true)

/** Query string of the conditions that are set. */
export function queryString(query: Query): string {
  const set = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '')
  return set.length === 0 ? '' : `?${new URLSearchParams(set.map(([key, value]) => [key, String(value)])).toString()}`
}

/** A key for one change. `crypto.randomUUID` exists over TLS and on localhost only; a school's intranet may have neither. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

async function call<Answer>(
  path: string,
  init: RequestInit,
  idempotencyKey?: string,
  rescued = false,
  take: (response: Response) => Promise<Answer> = read,
): Promise<Answer> {
  for (let attempt = 1; ; ) {
    try {
      return await take(await fetch(path, { ...init, headers: headersOf(init, idempotencyKey) }))
    } catch (error) {
      if ((error as Error).name === 'AbortError') throw error
      if (!rescued && (await mayGoOn(error))) return call<Answer>(path, init, idempotencyKey, true, take)
      const again = !(error instanceof ApiError) || error.status === 503 || error.id === 'request.inProgress'
      if (!again || attempt >= RETRIES) throw error instanceof ApiError ? error : new ApiError(0, OFFLINE)
      await new Promise((resolve) => setTimeout(resolve, 600 * attempt))
      attempt++
    }
  }
}

function headersOf(init: RequestInit, idempotencyKey: string | undefined): Record<string, string> {
  return {
    ...(typeof init.body === 'string' ? { 'content-type': 'application/json' } : {}),
    ...(idempotencyKey ? { 'idempotency-key': idempotencyKey, 'x-csrf-token': csrfToken } : {}),
  }
}

const mayGoOn = async (error: unknown): Promise<boolean> =>
  error instanceof ApiError && (error.id === 'auth.required' || error.id === 'auth.csrf') && (await rescue(error.id))

async function read<Answer>(response: Response): Promise<Answer> {
  return (await accepted(response)).json() as Promise<Answer>
}

async function readFile(response: Response): Promise<File> {
  const name = /filename\*=UTF-8''([^;]+)/.exec(
    (await accepted(response)).headers.get('content-disposition') ?? '',
  )?.[1]
  return new File([await response.blob()], name ? decodeURIComponent(name) : '下载.xlsx')
}

async function accepted(response: Response): Promise<Response> {
  if (response.ok) return response
  const body = (await response.json().catch(() => undefined)) as ErrorBody | undefined
  throw new ApiError(response.status, body?.error ?? UNREADABLE)
}

/** Uploads one file with progress 0…1; retried by the caller, with the same key. */
export async function apiUpload<Answer>(
  path: string,
  file: File,
  onProgress: (share: number) => void,
  idempotencyKey: string = newKey(),
): Promise<Answer> {
  try {
    return await sendFile<Answer>(path, file, onProgress, idempotencyKey)
  } catch (error) {
    if (!(await mayGoOn(error))) throw error
    return sendFile<Answer>(path, file, onProgress, idempotencyKey)
  }
}

function sendFile<Answer>(
  path: string,
  file: File,
  onProgress: (share: number) => void,
  idempotencyKey: string,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', path)
    request.setRequestHeader('idempotency-key', idempotencyKey)
    request.setRequestHeader('x-csrf-token', csrfToken)
    request.upload.onprogress = (event) => onProgress(event.total ? event.loaded / event.total : 0)
    request.onerror = () => reject(new ApiError(0, OFFLINE))
    request.onload = () => {
      const response = new Response(request.responseText || null, { status: request.status })
      read<Answer>(response).then(resolve, reject)
    }
    const form = new FormData()
    form.append('file', file)
    request.send(form)
  })
}
