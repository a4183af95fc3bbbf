import type { OrgLevel } from '../organization/org-path.ts'

/** Roles of menu §0, by the abbreviations used there. */
export const ROLES = {
  schoolRegistrar: { mark: 'XA', name: '学校学籍管理员', levels: ['school'] },
  schoolLeader: { mark: 'XL', name: '学校学籍主管领导', levels: ['school'] },
  homeroomTeacher: { mark: 'BT', name: '班主任', levels: ['school'] },
  newcomerClerk: { mark: 'XN', name: '新生注册专用账号', levels: ['school'] },
  vocationalRegistrar: { mark: 'ZA', name: '中职学籍管理员', levels: ['school'] },
  countyRegistrar: { mark: 'QA', name: '区县教育部门学籍管理员', levels: ['county'] },
  cityRegistrar: { mark: 'DA', name: '地市教育部门学籍管理员', levels: ['city'] },
  provinceRegistrar: { mark: 'PA', name: '省级教育部门学籍管理员', levels: ['province'] },
  ministryRegistrar: { mark: 'MA', name: '部级教育部门学籍管理员', levels: ['ministry'] },
  systemAdministrator: { mark: 'SA', name: '系统管理员', levels: ['ministry', 'province', 'city', 'county', 'school'] },
  dataAdministrator: { mark: 'DM', name: '数据管理员', levels: ['ministry', 'province'] },
} as const satisfies Record<string, { mark: string; name: string; levels: readonly OrgLevel[] }>

/** A role by its identifier. */
export type Role = keyof typeof ROLES

/** All roles. */
export const ALL_ROLES = Object.keys(ROLES) as readonly Role[]

/** Registrars of education departments, whatever the level. */
export const BUREAU_REGISTRARS: readonly Role[] = ['countyRegistrar', 'cityRegistrar', 'provinceRegistrar']

/** Who acts: rights are read per request, so this is never cached across requests. */
export type Actor = {
  readonly accountId: string
  readonly displayName: string
  readonly roles: readonly Role[]
  readonly orgId: string
  readonly orgName: string
  readonly orgPath: string
  readonly orgLevel: OrgLevel
}

/** True when the actor holds at least one of the roles. */
export const hasRole = (actor: Pick<Actor, 'roles'>, roles: readonly Role[]): boolean =>
  actor.roles.some((role) => roles.includes(role))

/** True when a role may be granted to an account of an organisation of this level. */
export const roleFitsLevel = (role: Role, level: OrgLevel): boolean =>
  (ROLES[role].levels as readonly OrgLevel[]).includes(level)

/** The registrar who reviews on behalf of an organisation of this level (WF-008). */
export function reviewerRoleOf(level: OrgLevel): Role {
  switch (level) {
    case 'school':
      return 'schoolLeader'
    case 'county':
      return 'countyRegistrar'
    case 'city':
      return 'cityRegistrar'
    case 'province':
      return 'provinceRegistrar'
    case 'ministry':
      return 'ministryRegistrar'
  }
}
