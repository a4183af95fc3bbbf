import { VOCATIONAL_TEMPLATE } from '@xueji/contracts/rooms/vocational/vocational.template'
import type { EnteringRoom } from '../../pipeline/room.ts'
import { enterBatch } from './enter-batch.ts'
import { requestExport } from './request.export.ts'
import { schoolHindrance, vocationalChecker } from './vocational-checker.ts'

/** 中职接续 (PRE-019): six columns become lines of a vocational school's list, whole or not at all, matched as they enter. */
export const vocationalRoom: EnteringRoom = {
  name: 'vocational',
  title: '中职接续',
  entries: [{ category: 'Z01', name: '中职调档名单', importable: true, template: VOCATIONAL_TEMPLATE }],
  filers: ['vocationalRegistrar'],
  readers: ['vocationalRegistrar'],
  mayFileCleanRows: false,
  leavesOutInvalid: false,
  lists: [requestExport],
  loadChecker: async (db, today, school) => {
    const refusal = await schoolHindrance(db, school.id)
    return refusal ? { refusal } : vocationalChecker(db, today, school.id)
  },
  enterRows: enterBatch,
}
