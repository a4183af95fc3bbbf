import type { PageEntry } from '../../shared/page-entry.ts'

/** 系统管理 (menu §9). */
export const systemPages: readonly PageEntry[] = [
  {
    path: 'system/online-users',
    title: '在线用户',
    section: '系统管理',
    group: '系统设置',
    roles: ['systemAdministrator'],
    lazy: async () => ({ Component: (await import('./online-users.page.tsx')).OnlineUsersPage }),
  },
  {
    path: 'system/settings',
    title: '参数',
    section: '系统管理',
    group: '系统设置',
    roles: ['systemAdministrator', 'provinceRegistrar', 'cityRegistrar', 'countyRegistrar'],
    lazy: async () => ({ Component: (await import('./settings.page.tsx')).SettingsPage }),
  },
  {
    path: 'system/workflow-rules',
    title: '业务流程配置',
    section: '系统管理',
    group: '业务配置',
    roles: ['provinceRegistrar'],
    lazy: async () => ({ Component: (await import('./workflow-rules.page.tsx')).WorkflowRulesPage }),
  },
]
