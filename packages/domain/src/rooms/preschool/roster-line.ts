import { chooseAmong, decideMatch, type Match, type MatchEvidence, type MatchPerson } from '../../continuation/match.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { type RegistrationStatus, type RosterHindrance, type RosterOptions, rosterHindrance } from './roster-matrix.ts'

/** A line of 学前调档名单: the five fields, what the archives say of it, how far its registration has come. */
export type RosterLine = MatchPerson & {
  readonly match: Match
  /** 是否完成补录. */
  readonly supplemented: boolean
  readonly registration: RegistrationStatus
}

/** What a decision about a line comes to. */
export type LineResult = Result<RosterLine, RosterHindrance | 'preschool.noCandidate'>

const stateOf = (line: RosterLine) => ({
  match: line.match.status,
  registration: line.registration,
  identityType: line.identityType,
})

/** A new line, with what the archives say of it (PRE-003). */
export const newLine = (person: MatchPerson, evidence: MatchEvidence): RosterLine => ({
  ...person,
  match: decideMatch(evidence),
  supplemented: false,
  registration: '0',
})

/** 修改: other values, matched anew; what was filled in for the values before no longer holds (PRE-009). */
export function editLine(line: RosterLine, person: MatchPerson, evidence: MatchEvidence): LineResult {
  const hindrance = rosterHindrance('edit', stateOf(line))
  return hindrance ? refused(hindrance) : ok(newLine(person, evidence))
}

/** 确认匹配学前学籍: one of the archives offered becomes the child's; `undefined` is 确认都不匹配 (PRE-007). */
export function confirmLine(line: RosterLine, archiveId: string | undefined, offered: ReadonlySet<string>): LineResult {
  const hindrance = rosterHindrance('confirm', stateOf(line))
  if (hindrance) return refused(hindrance)
  const match = chooseAmong(archiveId, offered)
  return match ? ok({ ...line, match }) : refused('preschool.noCandidate')
}

/** 补录: the rest of the record is filled in, and with it the registration begins (PRE-016). */
export function supplementLine(line: RosterLine, options: RosterOptions = {}): LineResult {
  const hindrance = rosterHindrance('supplement', stateOf(line), options)
  return hindrance ? refused(hindrance) : ok({ ...line, supplemented: true, registration: '1' })
}

/** Who holds the child's identity now, as far as the status goes: an item on its way, or a record. Undefined when nobody does. */
export type IdentityHold = 'item' | 'record' | undefined

/**
 * 学籍注册状态 follows from who holds the identity, so that it is never out of step: a registration that ends without a record gives the number back, and
 * the line is 未完成注册 again (flows §2).
 */
export const registrationOf = (hold: IdentityHold): RegistrationStatus =>
  hold === 'record' ? '2' : hold === 'item' ? '1' : '0'
