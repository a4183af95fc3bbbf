/** 教育阶段 (codes 2.21). */
export type Stage = 1 | 2 | 3

/** 流程用办学类型 (codes 2.27). */
export type FlowSchoolKind = 'ordinary' | 'special' | 'reform'

/** What decides which stages a school runs (codes 2.26; fields 3.1). */
export type SchoolShape = {
  /** 办学类型, three digits of GB/T 33782. */
  readonly schoolType: string
  readonly primaryYears?: number | null
  readonly juniorYears?: number | null
  readonly seniorYears?: number | null
  /** 附设班类型, by name. */
  readonly attachedClassTypes?: readonly string[]
}

const STAGES_BY_TYPE: Readonly<Record<string, readonly Stage[]>> = {
  '211': [1],
  '218': [1],
  '219': [1],
  '311': [2],
  '312': [1, 2],
  '319': [2],
  '321': [2],
  '329': [2],
  '341': [2, 3],
  '342': [3],
  '345': [1, 2, 3],
  '349': [3],
}

const STAGE_BY_ATTACHED: Readonly<Record<string, Stage>> = {
  附设小学班: 1,
  附设普通初中班: 2,
  附设职业初中班: 2,
  附设普通高中班: 3,
}

/** The stages a school runs, ascending: by type, for special and reform schools by their years, plus attached classes (codes 2.26). */
export function stagesOf(school: SchoolShape): readonly Stage[] {
  const stages = new Set<Stage>(STAGES_BY_TYPE[school.schoolType] ?? stagesByYears(school))
  for (const attached of school.attachedClassTypes ?? []) {
    const stage = STAGE_BY_ATTACHED[attached]
    if (stage) stages.add(stage)
  }
  return [...stages].sort()
}

/** The kind of school a workflow rule speaks of (codes 2.27): 51x special, 371 reform, all else ordinary. */
export function flowSchoolKindOf(schoolType: string): FlowSchoolKind {
  if (schoolType.startsWith('51')) return 'special'
  return schoolType === '371' ? 'reform' : 'ordinary'
}

/** What the 办学类型 of a vocational school begins with (codes 2.26): it has no stage of this system. */
export const VOCATIONAL_TYPES = '36'

/** True for a school that takes newcomers of 中职 (codes 2.26: 36x, or 附设中职班 beside its own stages). */
export const isVocational = (school: Pick<SchoolShape, 'schoolType' | 'attachedClassTypes'>): boolean =>
  school.schoolType.startsWith(VOCATIONAL_TYPES) || (school.attachedClassTypes ?? []).includes('附设中职班')

/** Length of a stage in years at this school: its own setting, else 6/3/3 (codes 4 学制). */
export function stageYears(school: SchoolShape, stage: Stage): number {
  const years = [school.primaryYears, school.juniorYears, school.seniorYears][stage - 1]
  return years ?? [6, 3, 3][stage - 1]!
}

function stagesByYears(school: SchoolShape): Stage[] {
  const stages: Stage[] = []
  if (school.primaryYears) stages.push(1)
  if (school.juniorYears) stages.push(2)
  if (school.seniorYears) stages.push(3)
  return stages
}
