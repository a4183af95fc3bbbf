import type { PlainDate } from '../kernel/plain-date.ts'

/** 处理状态 (codes 3.1): 1 已匹配, 2 待确认, 3 未查到. */
export type MatchStatus = '1' | '2' | '3'

/** A child as it is compared with the archives of the stage before. */
export type MatchPerson = {
  readonly name: string
  readonly gender: string
  readonly birthDate: PlainDate
  readonly identityType: string
  /** Null for children without an identity document. */
  readonly identityNumber: string | null
  /** 学籍号, where the list names one (PRE-019); archives of kindergartens have none. */
  readonly studentNumber?: string | null
}

/** An archive or record that may be the child's. */
export type MatchCandidate = Omit<MatchPerson, 'studentNumber'> & {
  readonly id: string
  /** Every 学籍号 the record has had: a child is found by an old one too (NUM-007). */
  readonly studentNumbers?: readonly string[]
}

/** What the archives say about one child: those that agree in document and name, and how many others come near. */
export type MatchEvidence = { readonly exact: readonly string[]; readonly near: number }

/** A state with its archive: matched names one, the others none. */
export type Match =
  | { readonly status: '1'; readonly archiveId: string }
  | { readonly status: '2' | '3'; readonly archiveId: null }

/** What a person chose among the candidates offered (PRE-007): one of them, or none; undefined when it was not among them. */
export function chooseAmong(candidateId: string | undefined, offered: ReadonlySet<string>): Match | undefined {
  if (candidateId === undefined) return NONE
  return offered.has(candidateId) ? { status: '1', archiveId: candidateId } : undefined
}

const UNSURE: Match = { status: '2', archiveId: null }
const NONE: Match = { status: '3', archiveId: null }

const sameDocument = (person: MatchPerson, candidate: MatchCandidate): boolean =>
  person.identityNumber !== null &&
  person.identityNumber === candidate.identityNumber &&
  person.identityType === candidate.identityType

const sameNumber = ({ studentNumber }: MatchPerson, { studentNumbers = [] }: MatchCandidate): boolean =>
  !!studentNumber && studentNumbers.includes(studentNumber)

/**
 * How an archive compares with a child: `exact` in name and in document or 学籍号, where neither of the two speaks against it (PRE-004, PRE-019); `near` in
 * one of them alone, or in name, sex and birth date (PRE-005); undefined otherwise. `match-persons.ts` asks the same in SQL for whole sets.
 */
export function compareArchive(person: MatchPerson, candidate: MatchCandidate): 'exact' | 'near' | undefined {
  const document = sameDocument(person, candidate)
  const number = sameNumber(person, candidate)
  if (document || number) {
    const documentFits = document || (person.identityNumber === null && candidate.identityNumber === null)
    const numberFits = number || !person.studentNumber
    return person.name === candidate.name && documentFits && numberFits ? 'exact' : 'near'
  }
  const samePerson =
    person.name === candidate.name && person.gender === candidate.gender && person.birthDate === candidate.birthDate
  return samePerson ? 'near' : undefined
}

/** What a list of archives says about a child. */
export function gatherEvidence(person: MatchPerson, candidates: readonly MatchCandidate[]): MatchEvidence {
  const compared = candidates.map((candidate) => ({ id: candidate.id, kind: compareArchive(person, candidate) }))
  return {
    exact: compared.filter((one) => one.kind === 'exact').map((one) => one.id),
    near: compared.filter((one) => one.kind === 'near').length,
  }
}

/**
 * The state that the evidence leads to: one archive that agrees is the child's (PRE-004), whoever else bears its name; several, or only
 * near ones, are for a person to decide (PRE-005); none at all is none (PRE-006).
 */
export function decideMatch({ exact, near }: MatchEvidence): Match {
  const [first, second] = exact
  if (first !== undefined && second === undefined) return { status: '1', archiveId: first }
  return exact.length + near > 0 ? UNSURE : NONE
}
