/** 就读状态 (codes 2.22). */
export const STUDY_STATUSES = [
  'ZX',
  'XX',
  'YSCX',
  'CX',
  'CJ',
  'SZ',
  'TX',
  'KC',
  'QTLX',
  'SW',
  'QZZ',
  'ZC',
  'BY',
  'JY',
  'YY',
  'SC',
] as const

/** One study status by its code. */
export type StudyStatus = (typeof STUDY_STATUSES)[number]

// codes 2.22 在籍?
const ENROLLED: ReadonlySet<StudyStatus> = new Set(['ZX', 'XX', 'YSCX', 'CX'])

/** True while a child is on the books of its school (codes 2.22 在籍). */
export const isEnrolled = (status: StudyStatus): boolean => ENROLLED.has(status)

// SW 死亡 and SC 已删除 no longer hold an identity (DUP-003).
const GONE: ReadonlySet<StudyStatus> = new Set(['SW', 'SC'])

/** True while a record keeps its identity number to itself in the national duplicate check (DUP-003). */
export const holdsIdentity = (status: StudyStatus): boolean => !GONE.has(status)
