import type { PageEntry } from '../../shared/page-entry.ts'

const place = { section: '学籍管理', group: '学籍注册' } as const

/** 学前接续 in the menu (menu §1, §2.1, §2.2), and the data administrator's door for shared archives. */
export const preschoolPages: readonly PageEntry[] = [
  {
    ...place,
    path: 'preschool/roster',
    title: '学前调档名单管理',
    roles: ['schoolRegistrar', 'schoolLeader', 'newcomerClerk'],
    lazy: async () => ({ Component: (await import('./roster.page.tsx')).RosterPage }),
  },
  {
    ...place,
    path: 'preschool/supplement',
    title: '学前档案信息补录',
    roles: ['schoolRegistrar', 'newcomerClerk'],
    lazy: async () => ({ Component: (await import('./supplement-list.page.tsx')).SupplementListPage }),
  },
  {
    ...place,
    path: 'preschool/archives',
    title: '学前档案共享导入',
    roles: ['dataAdministrator'],
    lazy: async () => ({ Component: (await import('./archive-import.page.tsx')).ArchiveImportPage }),
  },
]
