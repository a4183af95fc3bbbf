import type { MatchStatus } from '../../continuation/match.ts'

/** 学籍注册状态 (codes 3.1): 0 未完成注册, 1 注册中, 2 已完成注册. */
export type RegistrationStatus = '0' | '1' | '2'

/** What can be done to a line: 修改, 删除, 确认匹配, 补录, 调档学生导出. */
export type RosterAction = 'edit' | 'remove' | 'confirm' | 'supplement' | 'export'

/** All actions, in the order of the matrix. */
export const ROSTER_ACTIONS: readonly RosterAction[] = ['edit', 'remove', 'confirm', 'supplement', 'export']

/** A line as the matrix reads it. */
export type RosterState = {
  readonly match: MatchStatus
  readonly registration: RegistrationStatus
  readonly identityType: string
}

/** Why an action is not to be had; the id of a refusal. */
export type RosterHindrance =
  | 'preschool.matchedFixed'
  | 'preschool.registeredFixed'
  | 'preschool.registeredKept'
  | 'preschool.registeredExport'
  | 'preschool.registeredDone'
  | 'preschool.unsureExport'
  | 'preschool.notUnsure'
  | 'preschool.notMatched'
  | 'preschool.undocumentedExport'
  | 'preschool.undocumentedEntry'

/** The matrix of flows §2 while nothing has been filed: what stands in a line's way, by 处理状态. */
const BY_MATCH: Readonly<Record<MatchStatus, Partial<Record<RosterAction, RosterHindrance>>>> = {
  '1': { edit: 'preschool.matchedFixed', confirm: 'preschool.notUnsure' },
  '2': { supplement: 'preschool.notMatched', export: 'preschool.unsureExport' },
  '3': { confirm: 'preschool.notUnsure', supplement: 'preschool.notMatched' },
}

/** 注册中 and 已完成注册 close every action (PRE-009…011). */
const REGISTERED: Readonly<Record<RosterAction, RosterHindrance>> = {
  edit: 'preschool.registeredFixed',
  remove: 'preschool.registeredKept',
  confirm: 'preschool.registeredDone',
  supplement: 'preschool.registeredDone',
  export: 'preschool.registeredExport',
}

/** Children without an identity document enter one by one: neither by file nor by 补录 (PRE-012, REG-002). */
const UNDOCUMENTED: Partial<Record<RosterAction, RosterHindrance>> = {
  supplement: 'preschool.undocumentedEntry',
  export: 'preschool.undocumentedExport',
}

/** What a province may allow beyond the matrix. */
export type RosterOptions = {
  /** `cfg.preschool.supplementUnmatched`: may a child without archive be filed on the page (S4)? */
  readonly supplementUnmatched?: boolean
}

/** Why an action is not to be had for a line (flows §2); undefined when it is. The narrowest reason comes first. */
export function rosterHindrance(
  action: RosterAction,
  line: RosterState,
  options: RosterOptions = {},
): RosterHindrance | undefined {
  if (line.registration !== '0') return REGISTERED[action]
  if (line.identityType === 'Z' && UNDOCUMENTED[action]) return UNDOCUMENTED[action]
  if (action === 'supplement' && line.match === '3' && options.supplementUnmatched) return undefined
  return BY_MATCH[line.match][action]
}

/** True when the action is to be had. The buttons of the page and the answers of the server read the same table. */
export const mayOnRosterLine = (action: RosterAction, line: RosterState, options: RosterOptions = {}): boolean =>
  rosterHindrance(action, line, options) === undefined
