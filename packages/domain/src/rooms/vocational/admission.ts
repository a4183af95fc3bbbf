import type { Stage } from '../../organization/school-kind.ts'
import { isEnrolled, type StudyStatus } from '../../student/study-status.ts'

/** What is known of a child in the schools of this system: its record, or a registration that somebody is holding its document with. */
export type ChildPlace = {
  readonly record?: { readonly studyStatus: StudyStatus; readonly stage: Stage | null }
  readonly registration?: { readonly stage: Stage | null }
}

/** How a senior school has a child: enrolled there, or being registered there. */
export type Admission = 'enrolled' | 'registering'

/**
 * Whether 普通高中 has admitted a child (PRE-019): a live record in senior school, or, as long as admissions are registrations, a registration under way
 * there. Who has left senior school, by whatever way, is admitted no longer.
 */
export function admissionOf({ record, registration }: ChildPlace): Admission | undefined {
  if (record?.stage === 3 && isEnrolled(record.studyStatus)) return 'enrolled'
  return registration?.stage === 3 ? 'registering' : undefined
}
