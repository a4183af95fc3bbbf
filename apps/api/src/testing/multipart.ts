/** One part of a form. `filename: null` sends a file part without a name. */
export type Part = {
  readonly name: string
  readonly content: Uint8Array | string
  readonly filename?: string | null
  readonly type?: string
}

const BOUNDARY = '----xueji-test-7MA4YWxkTrZu0gW'

/** The bytes of a multipart/form-data body, built by hand so that tests can spoil them. */
export function multipartBody(parts: readonly Part[]): { payload: Buffer; contentType: string } {
  const chunks = parts.flatMap((part) => [Buffer.from(headOf(part)), Buffer.from(part.content), Buffer.from('\r\n')])
  return {
    payload: Buffer.concat([...chunks, Buffer.from(`--${BOUNDARY}--\r\n`)]),
    contentType: `multipart/form-data; boundary=${BOUNDARY}`,
  }
}

function headOf({ name, filename, type }: Part): string {
  const file = typeof filename === 'string' ? `; filename="${filename.replaceAll('"', '%22')}"` : ''
  const contentType = type ?? (filename === undefined ? undefined : 'application/octet-stream')
  return `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n${contentType ? `Content-Type: ${contentType}\r\n` : ''}\r\n`
}
