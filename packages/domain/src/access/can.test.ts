import { describe, expect, it } from 'vitest'
import { canFile, canForceOut, canSee } from './can.ts'
import type { Role } from './roles.ts'
import { ALL_ROLES } from './roles.ts'

const SCHOOL_PATH = '440202:2144000001'

describe('SEC-010、QRY-001 看得见', () => {
  it.each<[string, string, boolean]>([
    ['部看任何学校', '', true],
    ['本省', '44', true],
    ['本市', '4402', true],
    ['本区县', '440202', true],
    ['本校', SCHOOL_PATH, true],
    ['邻省', '45', false],
    ['邻市', '4403', false],
    ['邻区县', '440203', false],
    ['邻校', '440202:2144000002', false],
  ])('%s', (_title, orgPath, expected) => {
    expect(canSee({ orgPath }, SCHOOL_PATH)).toBe(expected)
  })
})

describe('REG-035、SEC-010 发起注册', () => {
  it.each(ALL_ROLES)('%s', (role) => {
    const may = role === 'schoolRegistrar' || role === 'newcomerClerk'
    expect(canFile({ orgId: 'A', roles: [role] }, 'A')).toBe(may)
    expect(canFile({ orgId: 'B', roles: [role] }, 'A')).toBe(false)
  })

  it('兼有角色时有一个即可,没有角色则不可', () => {
    expect(canFile({ orgId: 'A', roles: ['homeroomTeacher', 'newcomerClerk'] }, 'A')).toBe(true)
    expect(canFile({ orgId: 'A', roles: [] }, 'A')).toBe(false)
  })
})

describe('SEC-002、SEC-003 强制下线', () => {
  const target = { orgPath: SCHOOL_PATH, accountId: 'target' }
  it.each<[string, Role[], string, string, boolean]>([
    ['上级系统管理员', ['systemAdministrator'], '4402', 'me', true],
    ['本校系统管理员', ['systemAdministrator'], SCHOOL_PATH, 'me', true],
    ['部级系统管理员', ['systemAdministrator'], '', 'me', true],
    ['邻市系统管理员', ['systemAdministrator'], '4403', 'me', false],
    ['自己', ['systemAdministrator'], '4402', 'target', false],
    ['学籍管理员', ['cityRegistrar'], '4402', 'me', false],
    ['数据管理员', ['dataAdministrator'], '', 'me', false],
    ['兼任系统管理员的学籍管理员', ['cityRegistrar', 'systemAdministrator'], '4402', 'me', true],
  ])('%s', (_title, roles, orgPath, accountId, expected) => {
    expect(canForceOut({ orgPath, roles, accountId }, target)).toBe(expected)
  })
})
