import type { Stage } from '../organization/school-kind.ts'
import type { WorkflowRule, WorkflowStep } from './workflow-rule.ts'

const AUTHORITY: readonly WorkflowStep[] = ['school', 'authority']
const PROVINCE: readonly WorkflowStep[] = ['school', 'authority', 'city', 'province']
const AUTHORITY_ONLY: readonly WorkflowStep[] = ['authority']
const ON_SAVING: readonly WorkflowStep[] = []
const ALL: readonly Stage[] = [1, 2, 3]

/** flows §14, one line a business: number, stages, steps. */
const TABLE: readonly (readonly [number, readonly Stage[], readonly WorkflowStep[]])[] = [
  [1, [1], AUTHORITY],
  [2, ALL, AUTHORITY],
  [3, [1], AUTHORITY],
  [4, [1], PROVINCE],
  [5, ALL, AUTHORITY],
  [6, ALL, PROVINCE],
  ...[7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20].map((business) => [business, ALL, AUTHORITY] as const),
  [21, [1], ON_SAVING],
  [22, [1], ON_SAVING],
  [23, [2], ON_SAVING],
  [24, ALL, AUTHORITY_ONLY],
  [25, [2], ON_SAVING],
  [26, ALL, AUTHORITY],
  [27, [3], AUTHORITY],
  [28, [3], AUTHORITY],
  [29, ALL, AUTHORITY],
  [30, ALL, AUTHORITY],
  [31, [1], AUTHORITY_ONLY],
  [32, [2], AUTHORITY_ONLY],
  [33, [3], AUTHORITY_ONLY],
  [34, ALL, AUTHORITY],
  [35, ALL, AUTHORITY],
  [36, ALL, AUTHORITY],
  [37, ALL, PROVINCE],
  [38, ALL, AUTHORITY],
  [39, ALL, AUTHORITY],
  [40, ALL, AUTHORITY],
  [41, ALL, AUTHORITY],
  [42, ALL, PROVINCE],
  [43, ALL, AUTHORITY_ONLY],
  [44, ALL, AUTHORITY],
  [45, ALL, AUTHORITY],
]

/** The full default configuration for one scope: 333 rules (WF-010, E2E-35). */
export function defaultWorkflow(scopePath: string): readonly WorkflowRule[] {
  return TABLE.flatMap(([business, stages, steps]) =>
    (['ordinary', 'special', 'reform'] as const).flatMap((schoolKind) =>
      stages.map((stage) => ({ business, schoolKind, stage, scopePath, steps })),
    ),
  )
}
