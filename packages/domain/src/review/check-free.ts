// 问题学籍佐证、删除, in the province and across provinces: they leave name and document as they are.
const CHECK_FREE: ReadonlySet<number> = new Set([35, 36, 40, 41])

/** True for a business that changes no identity, so that nothing is to be asked of the nation before its review (PROB-012). */
export const isCheckFree = (business: number): boolean => CHECK_FREE.has(business)
