import type { Role } from '@xueji/domain/access/roles'

/** Who sees 学生照片采集 (menu §1): the registrar collects, the leader looks. */
export const PHOTO_READERS: readonly Role[] = ['schoolRegistrar', 'schoolLeader']
