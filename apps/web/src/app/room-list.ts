import type { Role } from '@xueji/domain/access/roles'
import { matchPath } from 'react-router'
import { legacyPages } from '../rooms/legacy/legacy.pages.ts'
import { photosPages } from '../rooms/photos/photos.pages.ts'
import { preschoolPages } from '../rooms/preschool/preschool.pages.ts'
import { problemPages } from '../rooms/problem/problem.pages.ts'
import { registrationPages } from '../rooms/registration/registration.pages.ts'
import { schoolPages } from '../rooms/school/school.pages.ts'
import { systemPages } from '../rooms/system/system.pages.ts'
import { vocationalPages } from '../rooms/vocational/vocational.pages.ts'
import { type PageEntry, SECTIONS, type Section } from '../shared/page-entry.ts'

/** Every page there is: the menu, the tabs and the permission check are built from this list, so nothing is shown that does not exist. */
export const PAGES: readonly PageEntry[] = [
  ...preschoolPages,
  ...registrationPages,
  ...photosPages,
  ...vocationalPages,
  ...problemPages,
  ...legacyPages,
  ...schoolPages,
  ...systemPages,
]

/** A group of the left menu with its pages. */
export type MenuGroup = { readonly title: string; readonly pages: readonly PageEntry[] }

/** The page at a pathname; undefined when there is none. Fixed paths win over those with parameters. */
export function findPage(pages: readonly PageEntry[], pathname: string): PageEntry | undefined {
  const matching = pages.filter((page) => matchPath(`/${page.path}`, pathname))
  return matching.find((page) => !page.path.includes(':')) ?? matching[0]
}

/** True when one of the roles may open the page. */
export const mayOpen = (page: PageEntry, roles: readonly string[]): boolean =>
  page.roles.some((role: Role) => roles.includes(role))

/** Sections that have at least one page in the menu for these roles, in the order of the specification. */
export const sectionsFor = (pages: readonly PageEntry[], roles: readonly string[]): Section[] =>
  SECTIONS.filter((section) => menuOf(pages, section, roles).length > 0)

/** The left menu of a section: groups in the order in which the list first names them. */
export function menuOf(pages: readonly PageEntry[], section: Section, roles: readonly string[]): MenuGroup[] {
  const shown = pages.filter((page) => page.section === section && inMenu(page) && mayOpen(page, roles))
  const titles = [...new Set(shown.map((page) => page.group))]
  return titles.map((title) => ({ title, pages: shown.filter((page) => page.group === title) }))
}

const inMenu = (page: PageEntry): boolean => (page.inMenu ?? true) && !page.path.includes(':')
