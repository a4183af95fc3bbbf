import { beforeEach, describe, expect, it, vi } from 'vitest'
import { dropDraft, dropDrafts, keepDraft, readDraft } from './draft.ts'

const HOUR = 3600_000
const values = { name: '张小明' }

/** A storage as browsers have it. */
function fakeStorage(): Storage {
  const store: Record<string, string> = {}
  const methods = {
    getItem: (name: string) => store[name] ?? null,
    setItem: (name: string, text: string) => {
      store[name] = text
    },
    removeItem: (name: string) => {
      delete store[name]
    },
  }
  return new Proxy(store, {
    get: (_, name) => methods[name as keyof typeof methods] ?? store[name as string],
  }) as unknown as Storage
}

beforeEach(() => vi.stubGlobal('sessionStorage', fakeStorage()))

describe('drafts of forms', () => {
  it('come back after a reload, for the same account and page only', () => {
    keepDraft('a', '/registration/entry/R13', values, 0)
    expect(readDraft('a', '/registration/entry/R13', HOUR)).toEqual(values)
    expect(readDraft('b', '/registration/entry/R13', HOUR)).toBeUndefined()
    expect(readDraft('a', '/registration/entry/R23', HOUR)).toBeUndefined()
  })

  it('are forgotten after a day’s work, and gone then', () => {
    keepDraft('a', '/x', values, 0)
    expect(readDraft('a', '/x', 13 * HOUR)).toBeUndefined()
    expect(Object.keys(sessionStorage)).toEqual([])
  })

  it('go when the page is closed, or everybody’s when somebody signs out', () => {
    keepDraft('a', '/x', values, 0)
    keepDraft('a', '/y', values, 0)
    dropDraft('a', '/x')
    expect(readDraft('a', '/x', 0)).toBeUndefined()
    expect(readDraft('a', '/y', 0)).toEqual(values)
    dropDrafts()
    expect(Object.keys(sessionStorage)).toEqual([])
  })

  it('of another account go when somebody signs in; other things kept stay', () => {
    keepDraft('a', '/x', values, 0)
    keepDraft('b', '/x', values, 0)
    sessionStorage.setItem('xueji.tabs.a', '[]')
    dropDrafts('b')
    expect(Object.keys(sessionStorage).sort()).toEqual(['xueji.draft.b./x', 'xueji.tabs.a'])
  })

  it.each(['', 'null', '1', '{}', '{"at":0}', '{"at":"0","values":{}}', '{"at":0,"values":null}', '{'])(
    'unreadable %j is none',
    (text) => {
      sessionStorage.setItem('xueji.draft.a./x', text)
      expect(readDraft('a', '/x', 0)).toBeUndefined()
    },
  )
})
