import { RESIDENT_NEWCOMER_TEMPLATE } from '@xueji/contracts/rooms/registration/registration.template'
import { describe, expect, it } from 'vitest'
import { changeColumns } from './change-columns.ts'

const columns = (fields: string[], all = false, kind: string[] = []) =>
  changeColumns(
    RESIDENT_NEWCOMER_TEMPLATE,
    'failing',
    { issueFields: new Set(fields), kindFields: new Set(kind) },
    all,
    true,
  )

describe('changeColumns', () => {
  it('shows row, name, what is wrong, the columns with issues in the order of the template, and who the child is', () => {
    expect(columns(['guardians.0.name', 'ethnicity']).map((column) => column.key)).toEqual([
      '#row',
      'name',
      '#summary',
      'ethnicity',
      'guardians.0.name',
      'identityNumber',
    ])
  })
  it('puts the columns of the chosen kind first', () => {
    const keys = columns(['gender', 'ethnicity', 'seatNumber'], false, ['seatNumber']).map((column) => column.key)
    expect(keys.slice(3, 6)).toEqual(['seatNumber', 'gender', 'ethnicity'])
  })
  it('shows all 73 on demand, each once, those with issues first', () => {
    const keys = columns(['seatNumber', 'name'], true).map((column) => column.key)
    expect(keys).toHaveLength(75)
    expect(new Set(keys).size).toBe(75)
    expect(keys[3]).toBe('seatNumber')
  })
  it('shows all of them, and no summary, where nothing is wrong', () => {
    const keys = columns([]).map((column) => column.key)
    expect(keys).toHaveLength(74)
    expect(keys.slice(0, 3)).toEqual(['#row', 'name', 'schoolCode'])
  })
  it('gives each kind of column its control: lists for any key, regions for words, dates on demand', () => {
    const picker = (key: string) => columns([]).find((column) => column.key === key)?.picker
    expect(picker('ethnicity')?.onTyped('h')).toBe(true)
    expect(picker('isOrphan')?.onEnter).toBe(true)
    expect(picker('classNumber')?.onEnter).toBe(true)
    expect(picker('birthPlaceCode')?.onTyped('440202')).toBe(false)
    expect(picker('birthPlaceCode')?.onTyped('武江')).toBe(true)
    expect(picker('birthDate')).toMatchObject({ onEnter: false })
    expect(picker('phone')).toBeUndefined()
  })
})
