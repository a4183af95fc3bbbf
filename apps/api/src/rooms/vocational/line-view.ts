import { refusalMessage } from '@xueji/contracts/issues/refusals'
import type { RecordCandidate, VocationalRow } from '@xueji/contracts/rooms/vocational/vocational.api'
import { decideLine } from '@xueji/domain/rooms/vocational/continue-line'
import { maskNumber } from '../../pipeline/item-view.ts'
import { describeHolder } from '../../record/identity-claims.ts'
import type { StoredLine } from './line-store.ts'
import type { ChildStanding, StoredRecord } from './standing.ts'

const mask = (number: string | null): string => maskNumber(number) ?? ''

/** A line in the words of the list; numbers masked (SEC-007). What the nation knows of its child is shown while the line is open. */
export function presentLine(
  line: StoredLine,
  standings: ReadonlyMap<string, ChildStanding>,
  schoolYear: number,
): VocationalRow {
  const standing = line.state === 'open' ? standings.get(line.id) : undefined
  const decided = decideLine({ ...line, ...standing }, { decision: 'continue', despiteAdmission: true }, schoolYear)
  return {
    id: line.id,
    version: line.version,
    name: line.name,
    gender: line.gender,
    birthDate: line.birthDate,
    identityType: line.identityType,
    identityNumber: mask(line.identityNumber),
    studentNumber: mask(line.studentNumber),
    match: line.match,
    state: line.state,
    admission: standing?.admission ?? null,
    admittedBy: standing?.admission ? standing.where : null,
    hindrance: line.state !== 'open' || decided.ok ? null : refusalMessage(decided.refusal),
    importFileName: line.importFileName,
    addedAt: line.addedAt.toISOString(),
    decidedAt: line.decidedAt?.toISOString() ?? null,
    decidedBy: line.decidedBy,
  }
}

/** A record as a vocational school may see it: enough to tell whether it is its child, numbers masked, the school by name within the province only (DUP-007). */
export const presentCandidate = (record: StoredRecord, askerPath: string): RecordCandidate => ({
  id: record.id,
  name: record.name,
  gender: record.gender,
  birthDate: record.birthDate,
  identityType: record.identityType,
  identityNumber: mask(record.identityNumber),
  studentNumber: mask(record.studentNumber),
  stage: record.stage,
  where: describeHolder(record.orgPath, record.orgName, record.provinceName, askerPath).where,
})
