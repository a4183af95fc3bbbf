import type { OrgLevel } from '../organization/org-path.ts'
import type { WorkflowStep } from './workflow-rule.ts'

/** An organisation as a chain needs it. */
export type ChainOrg = { readonly id: string; readonly path: string; readonly name: string; readonly level: OrgLevel }

/** Where a school stands: itself, its authority (主管, a county, city or province) and the bureaus above it. */
export type SchoolPosition = {
  readonly school: ChainOrg
  readonly authority: ChainOrg
  /** The city above the authority, or the authority itself when it is a city; absent where no city bureau exists. */
  readonly city?: ChainOrg
  readonly province: ChainOrg
}

/** One step of an item's own chain: who acts, and whether they review or pass upward (上报). */
export type ChainNode = {
  readonly act: 'review' | 'escalate'
  readonly orgId: string
  readonly orgPath: string
  readonly orgName: string
  readonly level: OrgLevel
}

/**
 * The configured steps as concrete organisations (F-001, F-002, WF-005): an organisation stands once, a level below the authority
 * or one that does not exist falls away. With `escalateAfterSchool` a 上报 by the school follows its own review (REG-027). The result is
 * the snapshot kept in the item (F-004, WF-007).
 */
export function resolveChain(
  steps: readonly WorkflowStep[],
  position: SchoolPosition,
  escalateAfterSchool = false,
): readonly ChainNode[] {
  const chain: ChainNode[] = []
  const seen = new Set<string>()
  for (const step of steps) {
    const org = orgOf(step, position)
    if (!org || seen.has(org.id)) continue
    seen.add(org.id)
    chain.push(nodeOf('review', org))
    if (step === 'school' && escalateAfterSchool) chain.push(nodeOf('escalate', org))
  }
  return chain
}

/** Two-sided businesses: both chains end to end, an organisation that stands twice keeps only its last place (F-003). */
export function joinChains(first: readonly ChainNode[], second: readonly ChainNode[]): readonly ChainNode[] {
  const all = [...first, ...second]
  return all.filter(
    (node, index) => !all.some((later, at) => at > index && later.orgId === node.orgId && later.act === node.act),
  )
}

function orgOf(step: WorkflowStep, position: SchoolPosition): ChainOrg | undefined {
  if (step === 'school') return position.school
  if (step === 'authority') return position.authority
  if (step === 'province') return position.province
  // A city step below a province authority would lead downward.
  return position.authority.level === 'province' ? undefined : position.city
}

const nodeOf = (act: ChainNode['act'], org: ChainOrg): ChainNode => ({
  act,
  orgId: org.id,
  orgPath: org.path,
  orgName: org.name,
  level: org.level,
})
