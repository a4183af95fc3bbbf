import type { PageEntry } from '../../shared/page-entry.ts'

/** 存量学籍导入 in the menu: beside the problem records it brings to light. */
export const legacyPages: readonly PageEntry[] = [
  {
    section: '学籍管理',
    group: '问题学籍管理',
    path: 'legacy/import',
    title: '存量学籍导入',
    roles: ['dataAdministrator', 'countyRegistrar'],
    lazy: async () => ({ Component: (await import('./legacy-import.page.tsx')).LegacyImportPage }),
  },
]
