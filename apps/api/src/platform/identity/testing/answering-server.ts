import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type AnsweringServer = {
  readonly baseUrl: string
  /** Requests that came, whatever became of them. */
  readonly requests: { readonly path: string; readonly authorization: string | undefined; readonly body: string }[]
  readonly stop: () => Promise<void>
}

/** A real HTTP server that answers as told, for what the sandbox never does: forge, break off, redirect, flood. */
export async function startAnsweringServer(
  answer: (body: string, response: ServerResponse, request: IncomingMessage) => void,
): Promise<AnsweringServer> {
  const requests: AnsweringServer['requests'] = []
  const listener: RequestListener = (request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => {
      body += chunk
    })
    request.on('end', () => {
      requests.push({ path: request.url ?? '', authorization: request.headers.authorization, body })
      answer(body, response, request)
    })
  }
  const server = createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async stop() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
