import { type ChildProcess, fork } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { ReadRow } from '@xueji/contracts/template/row-check'
import { EXAMPLE_MARK, type RoomTemplate } from '@xueji/contracts/template/template'
import type { FastifyBaseLogger } from 'fastify'
import type { FileFailure } from './import-store.ts'
import type { RosterMessage, RosterRequest } from './roster-protocol.ts'

/** An open roster: its rows as chunks, and, when the chunks ended early, why. */
export type RosterRows = {
  readonly rows: () => AsyncGenerator<readonly ReadRow[]>
  readonly failure: () => FileFailure | undefined
  /** Ends the reading process, wherever it is; harmless when it has ended. */
  readonly stop: () => void
}

/** Thrown to end the staging when the reading process refused the rest of the file. */
export class RosterEnded extends Error {}

const MAX_ROWS = 100_000
const TIME_LIMIT_MILLIS = 180_000
const HEAP_MEGABYTES = 384
const RESIDENT_MEGABYTES = 768

/**
 * Reads a workbook in a process of its own, with limits on heap, resident memory and time. The first answer is awaited here, so that a file that is no
 * roster is refused before anything is staged.
 */
export async function openRoster(
  path: string,
  template: RoomTemplate,
  log: FastifyBaseLogger,
): Promise<RosterRows | { readonly refused: FileFailure }> {
  const child = startChild()
  let failure: FileFailure | undefined
  const stop = guard(child, (code) => {
    failure ??= { code }
    child.kill('SIGKILL')
  })
  child.send(requestOf(path, template))
  const messages = readMessages(child)
  const next = async (): Promise<RosterMessage | undefined> => {
    const { value, done } = await messages.next()
    const message = done ? undefined : value
    if (message?.kind === 'crash') log.error({ err: message.message }, 'roster reader crashed')
    if (message?.kind === 'failure')
      failure ??= { code: message.code, ...(message.detail ? { detail: message.detail } : {}) }
    // A bad file is refused by value: a crash is ours, or the machine's.
    if (!message || message.kind === 'crash') failure ??= { code: 'stopped' }
    return message
  }
  let message = await next()
  const end = (): void => {
    stop()
    child.kill('SIGKILL')
  }
  if (failure) {
    end()
    return { refused: failure }
  }
  return {
    failure: () => failure,
    stop: end,
    rows: async function* () {
      try {
        for (; message?.kind === 'rows'; message = await next())
          yield message.rows.map((row) => toReadRow(row, template))
        if (failure) throw new RosterEnded(failure.code)
      } finally {
        end()
      }
    },
  }
}

function startChild(): ChildProcess {
  // Built, the reader lies beside this file as .js; in development it runs through tsx.
  const typescript = import.meta.url.endsWith('.ts')
  const file = fileURLToPath(new URL(typescript ? './roster-child.ts' : './roster-child.js', import.meta.url))
  return fork(file, [], {
    execArgv: [`--max-old-space-size=${HEAP_MEGABYTES}`, ...(typescript ? ['--import', 'tsx'] : [])],
    // No database, no secrets: nothing of this process's environment.
    env: { PATH: process.env.PATH, NODE_PATH: process.env.NODE_PATH },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
}

function requestOf(path: string, template: RoomTemplate): RosterRequest {
  return {
    path,
    columns: template.columns.map(({ key, header, aliases, required }) => ({
      key,
      header,
      aliases: aliases ?? [],
      required,
    })),
    exampleKey: 'identityNumber',
    exampleMark: EXAMPLE_MARK,
    maxRows: MAX_ROWS,
  }
}

async function* readMessages(child: ChildProcess): AsyncGenerator<RosterMessage> {
  for await (const line of createInterface({ input: child.stdout!, crlfDelay: Number.POSITIVE_INFINITY }))
    yield JSON.parse(line) as RosterMessage
}

/** Watches time and resident memory (Buffers lie outside the heap limit); returns a stop. */
function guard(child: ChildProcess, end: (code: string) => void): () => void {
  const timer = setTimeout(() => end('tooSlow'), TIME_LIMIT_MILLIS)
  const watch = setInterval(() => {
    void residentMegabytes(child.pid).then((megabytes) => {
      if (megabytes > RESIDENT_MEGABYTES) end('tooLarge')
    })
  }, 250)
  return () => {
    clearTimeout(timer)
    clearInterval(watch)
  }
}

// Linux only; elsewhere the heap and time limits stand alone.
async function residentMegabytes(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024
}

function toReadRow(
  [rowNumber, texts, flags]: readonly [number, readonly string[], readonly [number, string][]],
  template: RoomTemplate,
): ReadRow {
  const cells: Record<string, string> = {}
  for (let index = 0; index < texts.length; index++)
    if (texts[index] !== '') cells[template.columns[index]!.key] = texts[index]!
  if (flags.length === 0) return { rowNumber, cells }
  const cellFaults: Record<string, 'precisionLost' | 'formula' | 'error'> = {}
  for (const [index, flag] of flags) cellFaults[template.columns[index]!.key] = flag as 'formula'
  return { rowNumber, cells, cellFaults }
}
