import { PRESCHOOL_ARCHIVE_TEMPLATE } from '@xueji/contracts/rooms/preschool/archive.template'
import { PRESCHOOL_ROSTER_TEMPLATE } from '@xueji/contracts/rooms/preschool/roster.template'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { runImport } from '../pipeline/import-run.ts'
import { findFileRoom } from '../rooms/index.ts'
import type { Person, TestApp } from './http.ts'
import { rosterFile } from './roster-file.ts'

/** Values as they come in an archive file: the student's, and the kindergarten. */
export type ArchiveValues = StudentValues & { readonly kindergartenName?: string; readonly kindergartenRegion?: string }

/** A workbook of 学前调档名单 (five columns). */
export const listFile = (children: readonly StudentValues[]): Promise<Uint8Array> =>
  rosterFile(children, undefined, PRESCHOOL_ROSTER_TEMPLATE)

/** A workbook of shared archives. */
export const archiveFile = (children: readonly ArchiveValues[]): Promise<Uint8Array> =>
  rosterFile(children, undefined, PRESCHOOL_ARCHIVE_TEMPLATE)

/** Uploads a file to a room, lets its job run, and returns what the page would show of the batch. */
export async function uploadTo(
  test: TestApp,
  person: Person,
  room: string,
  category: string,
  bytes: Parameters<Person['upload']>[1],
) {
  const { status, body, text } = await person.upload(`/api/rooms/${room}/imports?category=${category}`, bytes)
  if (status !== 200) throw new Error(text)
  await runImport(test.platform, findFileRoom, body.batch.id)
  return (await person.get(`/api/rooms/${room}/imports/${body.batch.id}`)).body
}

/** A kindergarten archives may come from. */
export const KINDERGARTEN = { name: '向阳幼儿园', region: '440203000000' }

/** The five fields of a child as 新增 and 修改 take them. */
export const fiveFields = ({ name, gender, birthDate, identityType, identityNumber }: StudentValues) => ({
  name: name!,
  gender: gender!,
  birthDate: birthDate!,
  identityType: identityType!,
  identityNumber: identityNumber ?? '',
})

/** 新增: the line entered, or the issues it was refused for. */
export async function addLine(person: Person, child: StudentValues) {
  const { status, body } = await person.post('/api/rooms/preschool/lines', fiveFields(child))
  return status === 200 ? { line: body } : { issues: body.error.details }
}
