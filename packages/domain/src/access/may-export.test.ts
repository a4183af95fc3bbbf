import { describe, expect, it } from 'vitest'
import { authoriserFault, EXPORTERS, exportHindrance } from './may-export.ts'

describe('exportHindrance', () => {
  it('lets a school’s registrar export, and nobody else of the school', () => {
    expect(exportHindrance({ orgLevel: 'school', roles: ['schoolRegistrar'] }, false)).toBeUndefined()
    for (const role of ['schoolLeader', 'homeroomTeacher', 'newcomerClerk', 'systemAdministrator'] as const)
      expect(exportHindrance({ orgLevel: 'school', roles: [role] }, true)).toBe('forbidden')
  })

  it('lets a county export when its province has said so (EXP-004)', () => {
    const county = { orgLevel: 'county', roles: ['countyRegistrar'] } as const
    expect([exportHindrance(county, false), exportHindrance(county, true)]).toEqual([
      'export.countyDisabled',
      undefined,
    ])
  })

  it('sends cities, provinces and the ministry to the export on application, whatever is set (EXP-005)', () => {
    for (const [orgLevel, role] of [
      ['city', 'cityRegistrar'],
      ['province', 'provinceRegistrar'],
      ['ministry', 'ministryRegistrar'],
    ] as const)
      for (const enabled of [true, false])
        expect(exportHindrance({ orgLevel, roles: [role] }, enabled)).toBe('export.onApplication')
  })

  it('asks of a list that names no child only who may ask for it, at any level', () => {
    const sessions = { askers: ['systemAdministrator'], namesChildren: false } as const
    for (const orgLevel of ['school', 'county', 'province', 'ministry'] as const)
      expect(exportHindrance({ orgLevel, roles: ['systemAdministrator'] }, false, sessions)).toBeUndefined()
    expect(exportHindrance({ orgLevel: 'province', roles: ['provinceRegistrar'] }, true, sessions)).toBe('forbidden')
  })

  it('keeps children’s data to the levels of EXP-004 and EXP-005, whoever may ask for the list', () => {
    const review = { askers: [...EXPORTERS, 'schoolLeader'] } as const
    expect(exportHindrance({ orgLevel: 'school', roles: ['schoolLeader'] }, false, review)).toBeUndefined()
    expect(exportHindrance({ orgLevel: 'county', roles: ['countyRegistrar'] }, false, review)).toBe(
      'export.countyDisabled',
    )
    // A role held where it does not belong is none.
    expect(exportHindrance({ orgLevel: 'school', roles: ['provinceRegistrar'] }, true, review)).toBe('forbidden')
  })
})

describe('authoriserFault (EXP-001)', () => {
  const asker = { accountId: 'a', orgId: 'school' }
  const readers = ['schoolRegistrar', 'schoolLeader'] as const

  it('takes another account of the same organisation that may read the list', () => {
    expect(
      authoriserFault(asker, { accountId: 'b', orgId: 'school', roles: ['schoolLeader'] }, readers),
    ).toBeUndefined()
  })

  it('refuses one’s own account, another organisation, and whoever may not read', () => {
    const fault = (accountId: string, orgId: string, role: 'schoolLeader' | 'homeroomTeacher') =>
      authoriserFault(asker, { accountId, orgId, roles: [role] }, readers)
    expect(fault('a', 'school', 'schoolLeader')).toBe('export.ownAccount')
    expect(fault('b', 'other', 'schoolLeader')).toBe('export.notAuthorised')
    expect(fault('b', 'school', 'homeroomTeacher')).toBe('export.notAuthorised')
  })
})
