import type { CellFaults, ReadRow } from '@xueji/contracts/template/row-check'
import { EXAMPLE_MARK, type RoomTemplate } from '@xueji/contracts/template/template'
import type { FastifyBaseLogger } from 'fastify'
import type { FileFailure } from './import-store.ts'
import { CHILD_LIMITS, type ChildLimits, guard, hasRunOutOfMemory, startChild } from './limited-child.ts'
import {
  decodeMessages,
  type ExampleRow,
  type RosterColumn,
  type RosterMessage,
  type RosterRequest,
  type RosterRow,
} from './roster-protocol.ts'

/** A row of a roster, and its cells as the JSON text they were read as. */
export type RosterReadRow = ReadRow & { readonly cellsText: string }

/** An open roster: its rows as chunks, and, when the chunks ended early, why. */
export type RosterRows = {
  readonly rows: () => AsyncGenerator<readonly RosterReadRow[]>
  readonly failure: () => FileFailure | undefined
  /** Ends the reading process, wherever it is; harmless when it has ended. */
  readonly stop: () => void
}

/** Thrown to end the staging when the reading process refused the rest of the file. */
export class RosterEnded extends Error {}

const MAX_ROWS = 100_000

/**
 * Reads a workbook in a process of its own, with limits on heap, resident memory and time. The first answer is awaited here, so that a file that is no
 * roster is refused before anything is staged.
 */
export async function openRoster(
  path: string,
  template: RoomTemplate,
  log: FastifyBaseLogger,
  limits: ChildLimits = CHILD_LIMITS,
): Promise<RosterRows | { readonly refused: FileFailure }> {
  const child = startChild('roster-child', 'ignore', limits)
  let failure: FileFailure | undefined
  const stop = guard(child, limits, (code) => {
    failure ??= { code }
    child.kill('SIGKILL')
  })
  child.send(requestOf(path, template))
  const messages = decodeMessages(child.stdout!)
  const next = async (): Promise<RosterMessage | undefined> => {
    const { value, done } = await messages.next()
    const message = done ? undefined : value
    if (message?.kind === 'crash') log.error({ err: message.message }, 'roster reader crashed')
    if (message?.kind === 'failure')
      failure ??= { code: message.code, ...(message.detail ? { detail: message.detail } : {}) }
    // A bad file is refused by value: a crash is ours, or the machine's, unless the file made the process end itself.
    if (!message) failure ??= { code: (await hasRunOutOfMemory(child)) ? 'tooLarge' : 'stopped' }
    else if (message.kind === 'crash') failure ??= { code: 'stopped' }
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
        for (; message?.kind === 'rows'; message = await next()) yield message.rows.map(toReadRow)
        if (failure) throw new RosterEnded(failure.code)
      } finally {
        end()
      }
    },
  }
}

/** A template's columns as a reading process looks for them. */
export const rosterColumns = (template: RoomTemplate): RosterColumn[] =>
  template.columns.map(({ key, header, aliases, required }) => ({ key, header, aliases: aliases ?? [], required }))

/** How a template's example row is known. */
export const exampleRow = (template: RoomTemplate): ExampleRow => ({
  exampleColumn: template.columns.findIndex(({ key }) => key === 'identityNumber'),
  exampleMark: EXAMPLE_MARK,
})

function requestOf(path: string, template: RoomTemplate): RosterRequest {
  return {
    path,
    columns: rosterColumns(template),
    ...exampleRow(template),
    maxRows: MAX_ROWS,
  }
}

function toReadRow([rowNumber, cellsText, cellFaults]: RosterRow): RosterReadRow {
  const row = { rowNumber, cells: JSON.parse(cellsText) as ReadRow['cells'], cellsText }
  return cellFaults ? { ...row, cellFaults: cellFaults as CellFaults } : row
}
