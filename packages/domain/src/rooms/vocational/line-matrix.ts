import type { MatchStatus } from '../../continuation/match.ts'

/** How far a line of 中职调档名单 has come: waiting, continued into the vocational school, or its registration stopped. */
export type LineState = 'open' | 'continued' | 'stopped'

/** What can be done to a line: 修改, 删除, 确认匹配, 继续接续, 不继续(终止). */
export type LineAction = 'edit' | 'remove' | 'confirm' | 'continue' | 'stop'

/** All actions, in the order of the matrix. */
export const LINE_ACTIONS: readonly LineAction[] = ['edit', 'remove', 'confirm', 'continue', 'stop']

/** A line as the matrix reads it; `admitted` says that a senior school has the child (PRE-019). */
export type LineStanding = { readonly match: MatchStatus; readonly state: LineState; readonly admitted: boolean }

/** Why an action is not to be had; the id of a refusal. */
export type LineHindrance =
  | 'vocational.matchedFixed'
  | 'vocational.notUnsure'
  | 'vocational.unsure'
  | 'vocational.nothingFound'
  | 'vocational.notAdmitted'
  | 'vocational.continued'
  | 'vocational.stopped'

// What was decided stays (PRE-019): the line is the record of it.
const DECIDED: Readonly<Record<Exclude<LineState, 'open'>, LineHindrance>> = {
  continued: 'vocational.continued',
  stopped: 'vocational.stopped',
}

/** What stands in the way of an open line, by what was found. */
const BY_MATCH: Readonly<Record<MatchStatus, Partial<Record<LineAction, LineHindrance>>>> = {
  '1': { edit: 'vocational.matchedFixed', confirm: 'vocational.notUnsure' },
  '2': { continue: 'vocational.unsure', stop: 'vocational.unsure' },
  '3': { confirm: 'vocational.notUnsure', continue: 'vocational.nothingFound' },
}

/**
 * Why an action is not to be had for a line (PRE-019); undefined when it is. A child without record whom a senior school is registering can be continued
 * too: what ends is that registration. 不继续 answers the warning, and is to be had only where there is one.
 */
export function lineHindrance(action: LineAction, line: LineStanding): LineHindrance | undefined {
  if (line.state !== 'open') return DECIDED[line.state]
  if (action === 'continue' && line.match === '3' && line.admitted) return undefined
  const hindrance = BY_MATCH[line.match][action]
  return hindrance ?? (action === 'stop' && !line.admitted ? 'vocational.notAdmitted' : undefined)
}
