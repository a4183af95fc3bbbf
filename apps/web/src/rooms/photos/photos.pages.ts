import type { PageEntry } from '../../shared/page-entry.ts'

/** 学生照片采集 (menu §1, 日常管理): the registrar collects, the leader looks. */
export const photosPages: readonly PageEntry[] = [
  {
    path: 'photos',
    title: '学生照片采集',
    section: '学籍管理',
    group: '日常管理',
    roles: ['schoolRegistrar', 'schoolLeader'],
    lazy: async () => ({ Component: (await import('./collect.page.tsx')).PhotoCollectPage }),
  },
]
