import { PRESCHOOL_ARCHIVE_TEMPLATE } from '@xueji/contracts/rooms/preschool/archive.template'
import { checkRosterLine } from '@xueji/domain/continuation/roster.rules'
import { checkWithinFile } from '@xueji/domain/duplicates/within-file'
import { type EnteringRoom, NO_PLACE } from '../../pipeline/room.ts'
import { upsertArchives } from './archive-upsert.ts'

/** 学前档案共享数据: what the preschool system shares, upserted by identity; what is wrong with single rows keeps none of the others out. */
export const archiveRoom: EnteringRoom = {
  name: 'preschool-archive',
  title: '学前档案',
  entries: [{ category: 'A01', name: '学前档案共享数据', importable: true, template: PRESCHOOL_ARCHIVE_TEMPLATE }],
  filers: ['dataAdministrator'],
  readers: ['dataAdministrator'],
  mayFileCleanRows: true,
  leavesOutInvalid: true,
  loadChecker: async (_db, today) => ({
    checkRow: (values) => checkRosterLine(values, today),
    // Without `checkHolder`: an archive does not claim a number, and who has a record already may well have an archive.
    checkEvidence: () => [],
    checkFile: checkWithinFile,
    factsKey: `archive ${today}`,
    place: NO_PLACE,
  }),
  enterRows: async (tx, batch, now) => {
    const { written, asked } = await upsertArchives(tx, batch.id, now)
    const created = written.filter((row) => row.created).length
    const changed = written.length - created
    return { created, changed, unchanged: asked - written.length }
  },
}
