import { PassThrough, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { RoomTemplate } from '@xueji/contracts/template/template'
import type { FastifyBaseLogger } from 'fastify'
import { CHILD_LIMITS, guard, startChild } from './limited-child.ts'
import type { MarkedFileMessage, MarkedFileRequest, MarkLine } from './marked-file-protocol.ts'
import { exampleRow, rosterColumns } from './read-roster.ts'
import { tableColumns } from './template-file.ts'

/** To hand it over: as slow as a school's line may be. */
const SEND_MILLIS = 900_000

/**
 * An uploaded workbook with marks, or its rows in the room's template where it cannot be marked in place, made by a process of its own with limits on heap, resident memory and time. Whatever is wrong with the
 * file is the answer's code, before the first byte; should the process end later, the stream breaks off with an error.
 */
export async function openMarkedFile(
  path: string,
  template: RoomTemplate,
  marks: AsyncIterable<readonly MarkLine[]>,
  log: FastifyBaseLogger,
): Promise<Readable | { readonly code: string }> {
  const child = startChild('marked-file-child', 'pipe')
  const closed = new Promise<number | null>((resolve) => {
    child.once('close', resolve)
    // It could not even start, or has gone before it was told what to do.
    child.on('error', () => resolve(null))
  })
  let late: string | undefined
  const kill = (code?: string): void => {
    late ??= code
    child.kill('SIGKILL')
  }
  const stopPlan = guard(child, CHILD_LIMITS, kill)
  const answered = new Promise<MarkedFileMessage | undefined>((resolve) => {
    child.once('message', (message) => resolve(message as MarkedFileMessage))
    void closed.then(() => resolve(undefined))
  })
  child.send(requestOf(path, template), () => undefined)
  try {
    const fed = feed(marks, child.stdin!)
    // A process that has gone no longer reads; what became of it is told by its answer.
    const answer = await Promise.race([answered, fed.then(() => answered)])
    if (answer?.kind === 'ready') {
      const stream = new PassThrough()
      const stopSend = guard(child, { ...CHILD_LIMITS, timeMillis: SEND_MILLIS }, kill)
      child.stdout!.pipe(stream, { end: false })
      stream.once('close', () => kill())
      void closed.then((exit) => {
        stopSend()
        if (exit === 0) stream.end()
        else stream.destroy(new Error(`marking ended: ${late ?? exit}`))
      })
      return stream
    }
    kill()
    if (answer?.kind === 'crash') log.error({ err: answer.message }, 'marking crashed')
    return { code: answer?.kind === 'failure' ? answer.code : (late ?? 'stopped') }
  } catch (error) {
    kill()
    throw error
  } finally {
    stopPlan()
  }
}

function requestOf(path: string, template: RoomTemplate): MarkedFileRequest {
  const { title, sheetName } = template
  const copy = { title, sheetName, columns: tableColumns(template), ...exampleRow(template) }
  return { path, columns: rosterColumns(template), copy }
}

async function feed(marks: AsyncIterable<readonly MarkLine[]>, input: NodeJS.WritableStream): Promise<void> {
  let failure: unknown
  const lines = async function* (): AsyncGenerator<string> {
    try {
      for await (const list of marks) yield `${JSON.stringify(list)}\n`
    } catch (error) {
      failure = error
      throw error
    }
  }
  await pipeline(Readable.from(lines()), input).catch(() => undefined)
  if (failure !== undefined) throw failure
}
