import { LEGACY_TEMPLATE } from '@xueji/contracts/rooms/legacy/legacy.template'
import type { Role } from '@xueji/domain/access/roles'
import type { EnteringRoom } from '../../pipeline/room.ts'
import { legacyChecker } from './legacy.checker.ts'
import { loadLegacy } from './legacy.load.ts'

/** Who loads: the data administrator of a province for whole counties, a county for its schools (menu §0 DM 数据质量核查, QA). */
export const LEGACY_LOADERS: readonly Role[] = ['dataAdministrator', 'countyRegistrar']

/** 存量学籍导入: students of old, of any number of schools at once; the first nationwide duplicate check (issue 问题学籍). */
export const legacyRoom: EnteringRoom = {
  name: 'legacy',
  title: '存量学籍导入',
  entries: [{ category: 'L01', name: '存量学籍', importable: true, template: LEGACY_TEMPLATE }],
  filers: LEGACY_LOADERS,
  readers: LEGACY_LOADERS,
  mayFileCleanRows: true,
  leavesOutInvalid: true,
  loadChecker: async (db, today, loader) => legacyChecker(db, today, loader.path),
  enterRows: loadLegacy,
}
