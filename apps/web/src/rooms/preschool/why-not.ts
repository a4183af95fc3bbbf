import { refusalMessage } from '@xueji/contracts/issues/refusals'
import type { RosterRow } from '@xueji/contracts/rooms/preschool/preschool.api'
import { newcomerCategoryOf } from '@xueji/domain/rooms/preschool/prefill'
import { type RosterAction, rosterHindrance } from '@xueji/domain/rooms/preschool/roster-matrix'

type Line = Pick<RosterRow, 'match' | 'registration' | 'identityType'>

/** Why an action is not to be had for what is selected, in words; undefined when it is. The server reads the same table. */
export function whyNot(action: RosterAction, lines: readonly Line[]): string | undefined {
  for (const line of lines) {
    const hindrance = rosterHindrance(action, line)
    if (hindrance) return refusalMessage(hindrance)
  }
  const mixed = action === 'export' && new Set(lines.map((line) => newcomerCategoryOf(line.identityType))).size > 1
  return mixed ? refusalMessage('preschool.mixedClasses') : undefined
}
