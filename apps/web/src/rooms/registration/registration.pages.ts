import type { Role } from '@xueji/domain/access/roles'
import type { PageEntry } from '../../shared/page-entry.ts'

const place = { section: '学籍管理', group: '学籍注册' } as const
const FILERS: readonly Role[] = ['schoolRegistrar', 'newcomerClerk']
const REVIEWERS: readonly Role[] = ['schoolLeader', 'countyRegistrar', 'cityRegistrar', 'provinceRegistrar']

/** The pages of 学籍注册 that exist, in the order of the menu (menu §1, §2.3–2.6). */
export const registrationPages: readonly PageEntry[] = [
  {
    ...place,
    path: 'registration/import',
    title: '小学新生注册',
    roles: FILERS,
    lazy: async () => ({ Component: (await import('./import/import.page.tsx')).NewcomerImportPage }),
  },
  {
    ...place,
    path: 'registration/import/:id',
    title: '导入明细',
    roles: [...FILERS, 'schoolLeader'],
    lazy: async () => ({ Component: (await import('./import/import-detail.page.tsx')).ImportDetailPage }),
  },
  {
    ...place,
    path: 'registration/returned',
    title: '退回待修改',
    roles: FILERS,
    lazy: async () => ({ Component: (await import('./returned/returned.page.tsx')).ReturnedPage }),
  },
  {
    ...place,
    path: 'registration/returned/:id',
    title: '修改退回信息',
    roles: FILERS,
    lazy: async () => ({ Component: (await import('./returned/correction.page.tsx')).CorrectionPage }),
  },
  {
    ...place,
    path: 'registration/supplement/:id',
    title: '学籍信息补录',
    roles: FILERS,
    lazy: async () => ({ Component: (await import('./supplement/supplement.page.tsx')).SupplementPage }),
  },
  {
    ...place,
    path: 'registration/review',
    title: '小学新生注册审核',
    roles: REVIEWERS,
    lazy: async () => ({ Component: (await import('./review/review.page.tsx')).NewcomerReviewPage }),
  },
  {
    ...place,
    path: 'registration/escalate',
    title: '小学新生注册上报',
    roles: ['schoolRegistrar'],
    lazy: async () => ({ Component: (await import('./escalate/escalate.page.tsx')).NewcomerEscalatePage }),
  },
  {
    ...place,
    path: 'registration/other/import',
    title: '非小学新生注册',
    roles: FILERS,
    lazy: async () => ({ Component: (await import('./import/import.page.tsx')).OtherImportPage }),
  },
  {
    ...place,
    path: 'registration/other/review',
    title: '非小学新生注册审核',
    roles: REVIEWERS,
    lazy: async () => ({ Component: (await import('./review/review.page.tsx')).OtherReviewPage }),
  },
  {
    ...place,
    path: 'registration/other/escalate',
    title: '非小学新生注册上报',
    roles: ['schoolRegistrar'],
    lazy: async () => ({ Component: (await import('./escalate/escalate.page.tsx')).OtherEscalatePage }),
  },
  {
    ...place,
    path: 'registration/entry/:category',
    title: '录入',
    roles: FILERS,
    lazy: async () => ({ Component: (await import('./entry/entry.page.tsx')).EntryPage }),
  },
  {
    ...place,
    path: 'registration/collection',
    title: '信息采集表',
    roles: FILERS,
    lazy: async () => ({ Component: (await import('./collection/collection.page.tsx')).CollectionPage }),
  },
  {
    ...place,
    path: 'registration/search',
    title: '学籍注册查询',
    roles: [...FILERS, ...REVIEWERS, 'ministryRegistrar'],
    lazy: async () => ({ Component: (await import('./search/search.page.tsx')).RegistrationSearchPage }),
  },
  {
    ...place,
    path: 'registration/progress',
    title: '注册进度',
    roles: ['countyRegistrar', 'cityRegistrar', 'provinceRegistrar'],
    lazy: async () => ({ Component: (await import('./progress/progress.page.tsx')).ProgressPage }),
  },
]
