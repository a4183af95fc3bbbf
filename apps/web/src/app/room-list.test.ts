import { ALL_ROLES } from '@xueji/domain/access/roles'
import { describe, expect, it } from 'vitest'
import { findPage, mayOpen, menuOf, PAGES, sectionsFor } from './room-list.ts'

describe('menu', () => {
  it('shows each role only pages it may open, and no page with a parameter', () => {
    for (const role of ALL_ROLES)
      for (const section of sectionsFor(PAGES, [role]))
        for (const page of menuOf(PAGES, section, [role]).flatMap((group) => group.pages)) {
          expect(mayOpen(page, [role])).toBe(true)
          expect(page.path).not.toContain(':')
        }
  })
  it('hides sections without pages (menu §1)', () => {
    expect(sectionsFor(PAGES, ['systemAdministrator'])).toEqual(['系统管理'])
    expect(sectionsFor(PAGES, ['newcomerClerk'])).toEqual(['学籍管理'])
    expect(sectionsFor(PAGES, [])).toEqual([])
  })
  it('keeps business away from system administrators, and online users from everybody else (SEC-002)', () => {
    const online = findPage(PAGES, '/system/online-users')!
    expect(ALL_ROLES.filter((role) => mayOpen(online, [role]))).toEqual(['systemAdministrator'])
  })
  it('finds a page by its address, a fixed one before one with a parameter', () => {
    const pages = [
      { ...PAGES[0]!, path: 'x/:id', title: 'any' },
      { ...PAGES[0]!, path: 'x/new', title: 'new' },
    ]
    expect(findPage(pages, '/x/new')?.title).toBe('new')
    expect(findPage(pages, '/x/1')?.title).toBe('any')
    expect(findPage(pages, '/y')).toBeUndefined()
  })
  it('gives every page an address of its own', () => {
    expect(new Set(PAGES.map((page) => page.path)).size).toBe(PAGES.length)
  })
})
