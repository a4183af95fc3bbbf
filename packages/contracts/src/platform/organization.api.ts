import { z } from 'zod'
import { CLASSTYPE } from '../codes/school-codes.ts'
import { Id } from '../common/wire.ts'

/** A node of the tree of organisations, loaded one level at a time. */
export const OrganizationNode = z.object({
  id: Id,
  name: z.string(),
  code: z.string(),
  level: z.string(),
  path: z.string(),
  parentName: z.string().nullable(),
  hasChildren: z.boolean(),
})
export type OrganizationNode = z.infer<typeof OrganizationNode>

/** Levels of organisations in words. */
export const ORG_LEVEL_WORDS: Readonly<Record<string, string>> = {
  ministry: '部级',
  province: '省级',
  city: '地市级',
  county: '区县级',
  school: '学校',
}

/** Children of a node, or a search by name, code or pinyin initials within one's range. */
export const OrganizationQuery = z.object({
  parentId: Id.optional(),
  search: z.string().trim().min(1).max(40).optional(),
  level: z.enum(['province', 'city', 'county', 'school']).optional(),
})

/** A region of GB/T 2260. */
export const RegionNode = z.object({
  code: z.string(),
  name: z.string(),
  fullName: z.string(),
  level: z.string(),
  hasChildren: z.boolean(),
})
export type RegionNode = z.infer<typeof RegionNode>
export const RegionQuery = z.object({
  parentCode: z
    .string()
    .regex(/^\d{6}$/)
    .optional(),
  search: z.string().trim().min(1).max(40).optional(),
})

/** 年级 with its classes (fields 3.4, 3.5). */
export const SchoolClassRow = z.object({
  id: Id,
  classNumber: z.string(),
  name: z.string(),
  classType: z.string(),
  headTeacherName: z.string().nullable(),
  students: z.number().int(),
})
export const GradeRow = z.object({
  id: Id,
  stage: z.number().int(),
  entryYear: z.number().int(),
  name: z.string(),
  levelName: z.string(),
  students: z.number().int(),
  classes: z.array(SchoolClassRow),
})
export type GradeRow = z.infer<typeof GradeRow>
export type SchoolClassRow = z.infer<typeof SchoolClassRow>
export const SchoolStructure = z.object({
  schoolName: z.string(),
  schoolCode: z.string(),
  stages: z.array(z.number().int()),
  grades: z.array(GradeRow),
})
export type SchoolStructure = z.infer<typeof SchoolStructure>

export const CreateGradeRequest = z.object({
  stage: z.number().int().min(1).max(3),
  entryYear: z.number().int().min(1990).max(2100),
})
export type CreateGradeRequest = z.infer<typeof CreateGradeRequest>
export const CreateClassRequest = z.object({
  gradeId: Id,
  classType: z
    .string()
    .length(2)
    .refine((code) => CLASSTYPE.entries.some((one) => one.code === code), '班级类型不在代码表内'),
  name: z.string().trim().min(1).max(40).optional(),
  headTeacherName: z.string().trim().max(50).optional(),
  /** How many classes to make in a row. */
  count: z.number().int().min(1).max(20).default(1),
})
export type CreateClassRequest = z.input<typeof CreateClassRequest>

/** 业务流程配置 (WF-001…010). */
export const WorkflowRuleRow = z.object({
  id: Id,
  business: z.number().int(),
  businessName: z.string(),
  schoolKind: z.string(),
  schoolKindName: z.string(),
  stage: z.number().int(),
  stageName: z.string(),
  scopeName: z.string(),
  isDefault: z.boolean(),
  description: z.string(),
})
export type WorkflowRuleRow = z.infer<typeof WorkflowRuleRow>
