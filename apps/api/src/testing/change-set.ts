import type { ImportBatchRow, StagedRow } from '@xueji/contracts/pipeline/import.api'
import { buildChildren } from '@xueji/db/seed/roster'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { runImport } from '../pipeline/import-run.ts'
import type { Room } from '../pipeline/room.ts'
import { registrationRoom } from '../rooms/registration/registration.room.ts'
import type { Answer, Person, TestApp } from './http.ts'
import { rosterFile } from './roster-file.ts'
import type { World } from './world.ts'

/** Spoils single cells of a roster on its way into the file. */
export type Spoil = Parameters<typeof rosterFile>[1]

/** What tests of a change set do over and over, through the front door. */
export type ChangeSetDriver = {
  /** Children of a county nobody else's are of: invented numbers of one county and year may meet. */
  readonly children: (count: number, school?: string) => Promise<StudentValues[]>
  /** Uploads a roster and does what its job does; returns the batch as it is then. */
  readonly upload: (
    children: readonly StudentValues[],
    more?: { readonly spoil?: Spoil; readonly query?: Record<string, string>; readonly as?: Person },
  ) => Promise<ImportBatchRow>
  readonly batch: (id: string, as?: Person) => Promise<ImportBatchRow>
  readonly rows: (id: string, query?: Record<string, string>) => Promise<StagedRow[]>
  /** Sends corrections at the version the batch has now. */
  readonly correct: (id: string, asked: Record<string, unknown>) => Promise<Answer>
  /** Gives a command with a version: submit, undo, corrections/undo, cancel. */
  readonly give: (id: string, command: string, body?: Record<string, unknown>, as?: Person) => Promise<Answer>
  /** Runs the job of a batch. */
  readonly work: (id: string) => Promise<void>
  /** Takes a submitted batch back, with what its job does; returns the batch as it is then. */
  readonly undo: (id: string, as?: Person) => Promise<ImportBatchRow>
}

/** A driver for one registrar; `counties` of the world are used up in order. */
export async function createChangeSetDriver(
  test: TestApp,
  world: World,
  username: string,
  room: Room = registrationRoom,
): Promise<ChangeSetDriver> {
  const imports = `/api/rooms/${room.name}/imports`
  const person = await test.as(username)
  const { rows: counties } = await world.database.client.query<{ code: string; name: string }>(
    `select code, name from region where level = 'county' order by code desc`,
  )
  const work: ChangeSetDriver['work'] = (id) => runImport(test.platform, () => room, id)
  const batch: ChangeSetDriver['batch'] = async (id, as = person) => (await as.get(`${imports}/${id}`)).body.batch
  const give: ChangeSetDriver['give'] = async (id, command, body, as = person) =>
    as.post(`${imports}/${id}/${command}`, { version: (await batch(id, as)).version, ...body })
  return {
    batch,
    give,
    work,
    undo: async (id, as = person) => {
      const answer = await give(id, 'undo', {}, as)
      if (answer.status !== 200) throw new Error(answer.text)
      await work(id)
      return batch(id, as)
    },
    children: async (count, school = 'school') => {
      const county = counties.pop()!
      const wish = { regionCode: county.code, regionName: county.name, schoolCode: world.org[school]!.code }
      return buildChildren(count, 1, { ...wish, entryYear: world.entryYear })
    },
    upload: async (children, { spoil, query, as = person } = {}) => {
      const bytes = await rosterFile(children, spoil)
      const answer = await as.upload(imports, bytes, { query: { category: 'R11', ...query } })
      if (answer.status !== 200) throw new Error(answer.text)
      await work(answer.body.batch.id)
      return batch(answer.body.batch.id, as)
    },
    rows: async (id, query) =>
      (await person.get(`${imports}/${id}/rows`, { query: { limit: '200', ...query } })).body.rows,
    correct: (id, asked) => give(id, 'corrections', asked),
  }
}
