import type { Role } from '@xueji/domain/access/roles'
import type { PageEntry } from '../../shared/page-entry.ts'

const place = { section: '学籍管理', group: '问题学籍管理' } as const
const REVIEWERS: readonly Role[] = ['schoolLeader', 'countyRegistrar', 'cityRegistrar', 'provinceRegistrar']
const READERS: readonly Role[] = ['schoolRegistrar', ...REVIEWERS, 'ministryRegistrar']

/** The pages of 问题学籍管理, in the order of the menu (menu §1, §3.1–3.4); 省内 and 跨省 are menus of their own (PROB-002). */
export const problemPages: readonly PageEntry[] = [
  {
    ...place,
    path: 'problem/handle',
    title: '省内问题学籍处理',
    roles: ['schoolRegistrar'],
    lazy: async () => ({ Component: (await import('./list/handle.page.tsx')).NearHandlePage }),
  },
  {
    ...place,
    path: 'problem/review',
    title: '省内问题学籍审核',
    roles: REVIEWERS,
    lazy: async () => ({ Component: (await import('./list/review.page.tsx')).NearReviewPage }),
  },
  {
    ...place,
    path: 'problem/arbitrate',
    title: '省内问题学籍仲裁',
    roles: ['countyRegistrar', 'cityRegistrar', 'provinceRegistrar'],
    lazy: async () => ({ Component: (await import('./list/arbitrate.page.tsx')).NearArbitratePage }),
  },
  {
    ...place,
    path: 'problem/cross/handle',
    title: '跨省问题学籍处理',
    roles: ['schoolRegistrar'],
    lazy: async () => ({ Component: (await import('./list/handle.page.tsx')).CrossHandlePage }),
  },
  {
    ...place,
    path: 'problem/cross/review',
    title: '跨省问题学籍审核',
    roles: REVIEWERS,
    lazy: async () => ({ Component: (await import('./list/review.page.tsx')).CrossReviewPage }),
  },
  {
    ...place,
    path: 'problem/cross/arbitrate',
    title: '跨省问题学籍仲裁',
    // A group that began across provinces may end within one: whoever is then above it arbitrates.
    roles: ['ministryRegistrar'],
    lazy: async () => ({ Component: (await import('./list/arbitrate.page.tsx')).CrossArbitratePage }),
  },
  {
    ...place,
    path: 'problem/causes',
    title: '按可能原因处理',
    roles: ['schoolRegistrar'],
    lazy: async () => ({ Component: (await import('./causes/causes.page.tsx')).ProblemCausesPage }),
  },
  {
    ...place,
    path: 'problem/search',
    title: '问题学籍查询',
    roles: READERS,
    lazy: async () => ({ Component: (await import('./list/search.page.tsx')).ProblemSearchPage }),
  },
  {
    ...place,
    path: 'problem/groups/:id',
    title: '问题学籍',
    roles: READERS,
    lazy: async () => ({ Component: (await import('./group/group.page.tsx')).ProblemGroupPage }),
  },
]
