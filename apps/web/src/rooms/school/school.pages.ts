import type { PageEntry } from '../../shared/page-entry.ts'

/** 学校管理: grades and classes of one's own school (menu §1, §8); the accounts of the registrar's helpers (REG-035). */
export const schoolPages: readonly PageEntry[] = [
  {
    path: 'school/grades',
    title: '年级信息管理',
    section: '学校管理',
    group: '',
    roles: ['schoolRegistrar', 'schoolLeader'],
    lazy: async () => ({ Component: (await import('./grade-list.page.tsx')).GradeListPage }),
  },
  {
    path: 'school/classes',
    title: '班级信息管理',
    section: '学校管理',
    group: '',
    roles: ['schoolRegistrar', 'schoolLeader'],
    lazy: async () => ({ Component: (await import('./class-list.page.tsx')).ClassListPage }),
  },
  {
    path: 'school/sub-accounts',
    title: '新生注册账号',
    section: '系统管理',
    group: '系统设置',
    roles: ['schoolRegistrar'],
    lazy: async () => ({ Component: (await import('./sub-accounts.page.tsx')).SubAccountsPage }),
  },
]
