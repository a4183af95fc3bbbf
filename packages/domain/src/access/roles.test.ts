import { describe, expect, it } from 'vitest'
import type { OrgLevel } from '../organization/org-path.ts'
import { ORG_LEVELS } from '../organization/org-path.ts'
import type { Role } from './roles.ts'
import { ALL_ROLES, BUREAU_REGISTRARS, hasRole, ROLES, reviewerRoleOf, roleFitsLevel } from './roles.ts'

describe('角色(SEC-001)', () => {
  it('缩写与名称(menu §0),共十一种，中职学籍管理员是附件 2 的', () => {
    expect(ALL_ROLES.map((role) => `${role} ${ROLES[role].mark} ${ROLES[role].name}`)).toEqual([
      'schoolRegistrar XA 学校学籍管理员',
      'schoolLeader XL 学校学籍主管领导',
      'homeroomTeacher BT 班主任',
      'newcomerClerk XN 新生注册专用账号',
      'vocationalRegistrar ZA 中职学籍管理员',
      'countyRegistrar QA 区县教育部门学籍管理员',
      'cityRegistrar DA 地市教育部门学籍管理员',
      'provinceRegistrar PA 省级教育部门学籍管理员',
      'ministryRegistrar MA 部级教育部门学籍管理员',
      'systemAdministrator SA 系统管理员',
      'dataAdministrator DM 数据管理员',
    ])
  })

  it.each<[Role, OrgLevel[]]>([
    ['schoolRegistrar', ['school']],
    ['schoolLeader', ['school']],
    ['homeroomTeacher', ['school']],
    ['newcomerClerk', ['school']],
    ['vocationalRegistrar', ['school']],
    ['countyRegistrar', ['county']],
    ['cityRegistrar', ['city']],
    ['provinceRegistrar', ['province']],
    ['ministryRegistrar', ['ministry']],
    ['systemAdministrator', ['ministry', 'province', 'city', 'county', 'school']],
    ['dataAdministrator', ['ministry', 'province']],
  ])('%s 只可授予 %j', (role, levels) => {
    expect(ORG_LEVELS.filter((level) => roleFitsLevel(role, level))).toEqual(levels)
  })

  it.each<[OrgLevel, Role]>([
    ['school', 'schoolLeader'],
    ['county', 'countyRegistrar'],
    ['city', 'cityRegistrar'],
    ['province', 'provinceRegistrar'],
    ['ministry', 'ministryRegistrar'],
  ])('WF-008 %s 的审核人是 %s', (level, role) => {
    expect(reviewerRoleOf(level)).toBe(role)
    expect(roleFitsLevel(role, level)).toBe(true)
  })

  it('教育部门学籍管理员各级一个,不含学校与部', () => {
    expect([...BUREAU_REGISTRARS].sort()).toEqual(['cityRegistrar', 'countyRegistrar', 'provinceRegistrar'])
  })

  it.each<[Role[], Role[], boolean]>([
    [['schoolLeader'], ['schoolRegistrar', 'schoolLeader'], true],
    [['schoolLeader'], ['schoolRegistrar'], false],
    [['schoolLeader', 'schoolRegistrar'], ['schoolRegistrar'], true],
    [[], ['schoolRegistrar'], false],
    [['schoolLeader'], [], false],
  ])('持有 %j,要求其一 %j → %s', (held, asked, expected) => {
    expect(hasRole({ roles: held }, asked)).toBe(expected)
  })
})
