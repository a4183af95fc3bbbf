import { describe, expect, it } from 'vitest'
import {
  aliveTabs,
  HOME,
  homeTab,
  isOpen,
  neighbourOf,
  type TabItem,
  tabsFromText,
  tabsToText,
  withOpen,
  withoutTabs,
} from './tab-list.ts'

const open = (...paths: string[]): TabItem[] => paths.reduce((tabs, path) => withOpen(tabs, path, ''), homeTab())
const paths = (tabs: readonly TabItem[]) => tabs.map((tab) => tab.pathname)

describe('page tabs', () => {
  it('opens a page once; opening it again with other conditions changes its address only', () => {
    const tabs = withOpen(open('/a', '/b'), '/a', '?x=1')
    expect(paths(tabs)).toEqual([HOME, '/a', '/b'])
    expect(tabs[1]!.search).toBe('?x=1')
  })
  it('knows when there is nothing to change', () => {
    const tabs = open('/a', '/b')
    expect(isOpen(tabs, '/b', '')).toBe(true)
    expect(isOpen(tabs, '/a', '')).toBe(false)
    expect(isOpen(tabs, '/b', '?x=1')).toBe(false)
    expect(isOpen(homeTab(), HOME, '')).toBe(false)
  })
  it('never closes home', () => {
    expect(paths(withoutTabs(open('/a', '/b'), () => true))).toEqual([HOME])
  })
  it('goes to the right neighbour of a closed tab, else to the left', () => {
    const tabs = open('/a', '/b')
    expect(neighbourOf(tabs, '/a').pathname).toBe('/b')
    expect(neighbourOf(tabs, '/b').pathname).toBe('/a')
  })
  it('keeps the latest alive and lets the one used longest ago go', () => {
    const tabs = withOpen(open('/', '/a', '/b', '/c'), '/a', '')
    expect([...aliveTabs(tabs, 2)].sort()).toEqual(['/a', '/c'])
    expect(aliveTabs(tabs).size).toBe(4)
  })
  it('survives a reload: the tabs are back, none alive before it is looked at', () => {
    const kept = tabsFromText(tabsToText(open('/', '/a', '/b')))
    expect(paths(kept)).toEqual([HOME, '/a', '/b'])
    expect(aliveTabs(kept).size).toBe(0)
    expect([...aliveTabs(withOpen(kept, '/b', ''))]).toEqual(['/b'])
  })
  it.each([null, '', 'x', '{}', '[1, null]'])('takes unreadable storage %j for no tabs', (text) => {
    expect(paths(tabsFromText(text))).toEqual([HOME])
  })
})
