import { z } from 'zod'

/** 姓名拼音 of a name, by body: what a child is called has no place in an address (security: Laws). */
export const NamePinyinRequest = z.object({ name: z.string().trim().max(50) })

/** Empty where it cannot be told (fields.md 1.2). */
export const NamePinyinAnswer = z.object({ namePinyin: z.string() })
export type NamePinyinAnswer = z.infer<typeof NamePinyinAnswer>
