import type { PageEntry } from '../../shared/page-entry.ts'

const section = '学籍管理' as const

/** 中职接续: the vocational school's one page, and what the children's schools and bureaus see of it (menu §1, S4 attachment 2). */
export const vocationalPages: readonly PageEntry[] = [
  {
    section,
    group: '中职接续',
    path: 'vocational/roster',
    title: '学籍调档',
    roles: ['vocationalRegistrar'],
    lazy: async () => ({ Component: (await import('./roster/roster.page.tsx')).VocationalRosterPage }),
  },
  {
    section,
    group: '招生入学',
    path: 'vocational/duplicates',
    title: '重复录取处理',
    roles: ['schoolRegistrar'],
    lazy: async () => ({ Component: (await import('./requests/duplicates.page.tsx')).DuplicatesPage }),
  },
  {
    section,
    group: '招生入学',
    path: 'vocational/requests',
    title: '中职调档查询',
    roles: ['schoolRegistrar', 'schoolLeader', 'countyRegistrar', 'cityRegistrar', 'provinceRegistrar'],
    lazy: async () => ({ Component: (await import('./requests/requests.page.tsx')).RequestsPage }),
  },
]
