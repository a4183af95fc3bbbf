import type { ArchiveCandidate, RosterRow } from '@xueji/contracts/rooms/preschool/preschool.api'
import type { MatchPerson } from '@xueji/domain/continuation/match'
import { maskNumber } from '../../pipeline/item-view.ts'
import { lineOf, type StoredLine } from './roster-store.ts'

/** A line in the words of the list; the number is masked (SEC-007). */
export function presentLine(stored: StoredLine): RosterRow {
  const { registration, supplemented } = lineOf(stored)
  return {
    id: stored.id,
    version: stored.version,
    name: stored.name,
    gender: stored.gender,
    birthDate: stored.birthDate,
    identityType: stored.identityType,
    identityNumber: maskNumber(stored.identityNumber) ?? '',
    match: stored.match,
    supplemented,
    registration,
    importFileName: stored.importFileName,
    addedAt: stored.addedAt.toISOString(),
  }
}

/** An archive as candidates read it. */
export type StoredCandidate = MatchPerson & {
  readonly id: string
  readonly kindergartenName: string
  readonly kindergartenRegion: string
  readonly regionName: string | null
}

/** A candidate as a school may see it: enough to tell whether it is its child, the number masked. */
export const presentCandidate = (archive: StoredCandidate): ArchiveCandidate => ({
  id: archive.id,
  name: archive.name,
  gender: archive.gender,
  birthDate: archive.birthDate,
  identityType: archive.identityType,
  identityNumber: maskNumber(archive.identityNumber) ?? '',
  kindergartenName: archive.kindergartenName,
  kindergartenRegion: archive.regionName ?? archive.kindergartenRegion,
})
