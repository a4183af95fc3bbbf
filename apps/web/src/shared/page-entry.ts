import type { Role } from '@xueji/domain/access/roles'
import type { ComponentType } from 'react'

/** First level of the navigation (menu §0). */
export const SECTIONS = ['学籍管理', '学校管理', '统计报表', '系统管理'] as const
export type Section = (typeof SECTIONS)[number]

/**
 * One page of the system as menu, tabs and permission check read it. `path` has no leading slash and may hold parameters
 * (`registration/import/:id`); such a page, or one with `inMenu: false`, opens as a tab but is not in the menu.
 */
export type PageEntry = {
  readonly path: string
  readonly title: string
  readonly section: Section
  /** Second level of the menu, e.g. 学籍注册; '' when the page itself is on the second level. */
  readonly group: string
  readonly roles: readonly Role[]
  readonly lazy: () => Promise<{ readonly Component: ComponentType }>
  readonly inMenu?: boolean
}
