import { regionPath } from '../organization/org-path.ts'
import type { FlowSchoolKind, Stage } from '../organization/school-kind.ts'

/** 审核环节 (WF-003). */
export const WORKFLOW_STEPS = ['school', 'authority', 'city', 'province'] as const

/** One step of a configured chain. */
export type WorkflowStep = (typeof WORKFLOW_STEPS)[number]

/** One row of 业务流程配置 (WF-001). */
export type WorkflowRule = {
  /** 业务类别 1…45 (codes 2.23). */
  readonly business: number
  readonly schoolKind: FlowSchoolKind
  readonly stage: Stage
  /** Path of the region the rule holds for; '' = the whole country. */
  readonly scopePath: string
  readonly steps: readonly WorkflowStep[]
}

/** Why a chain may not be configured. */
export type WorkflowFault =
  | 'workflow.notUpward'
  | 'workflow.mustStartAtSchool'
  | 'workflow.mustReachProvince'
  | 'workflow.unknownBusiness'

const STEP_NAMES: Record<WorkflowStep, string> = {
  school: '学校',
  authority: '主管教育局',
  city: '地市',
  province: '省级',
}

// flows §14: an empty chain takes effect on saving.
const MAY_BE_EMPTY: ReadonlySet<number> = new Set([21, 22, 23, 25])
// WF-003: dropout return, admission and erroneous deletion start at the authority.
const MAY_SKIP_SCHOOL: ReadonlySet<number> = new Set([24, 31, 32, 33, 43])
// WF-006: businesses about children without identity document always reach the province.
const MUST_REACH_PROVINCE: ReadonlySet<number> = new Set([4, 6, 37, 42])

/** `<-主管教育局<-学校`, first step rightmost (WF-002); an empty chain is `-`. */
export const describeSteps = (steps: readonly WorkflowStep[]): string =>
  steps.length === 0
    ? '-'
    : [...steps]
        .reverse()
        .map((step) => `<-${STEP_NAMES[step]}`)
        .join('')

/** The first reason why a chain may not be configured for a business, or undefined (WF-003, WF-006). */
export function findWorkflowFault(business: number, steps: readonly WorkflowStep[]): WorkflowFault | undefined {
  if (!Number.isInteger(business) || business < 1 || business > 45) return 'workflow.unknownBusiness'
  const ranks = steps.map((step) => WORKFLOW_STEPS.indexOf(step))
  if (ranks.some((rank, index) => index > 0 && rank <= ranks[index - 1]!)) return 'workflow.notUpward'
  if (MUST_REACH_PROVINCE.has(business) && !steps.includes('province')) return 'workflow.mustReachProvince'
  if (steps.length === 0) return MAY_BE_EMPTY.has(business) ? undefined : 'workflow.mustStartAtSchool'
  const startsRight = steps[0] === 'school' || (steps[0] === 'authority' && MAY_SKIP_SCHOOL.has(business))
  return startsRight ? undefined : 'workflow.mustStartAtSchool'
}

/**
 * The rule that holds for a school: of those whose scope contains it, the narrowest (WF-004). `schoolPath` is the school's path;
 * undefined when nothing is configured.
 */
export function findWorkflowRule(
  rules: readonly WorkflowRule[],
  business: number,
  schoolKind: FlowSchoolKind,
  stage: Stage,
  schoolPath: string,
): WorkflowRule | undefined {
  let best: WorkflowRule | undefined
  for (const rule of rules) {
    if (rule.business !== business || rule.schoolKind !== schoolKind || rule.stage !== stage) continue
    if (!schoolPath.startsWith(rule.scopePath)) continue
    if (!best || rule.scopePath.length > best.scopePath.length) best = rule
  }
  return best
}

/** The scope path of a region code, the whole country for an empty code. */
export const scopePathOf = (regionCode: string): string => (regionCode === '' ? '' : regionPath(regionCode))
