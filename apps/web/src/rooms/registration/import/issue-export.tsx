import { ListExport } from '../../../shared/export/list-export.tsx'
import { ROOM } from '../registration.queries.ts'
import type { IssueFilter } from './import.queries.ts'

const EXPORT = { room: ROOM, list: 'issues', askers: ['schoolRegistrar'] } as const

/** 导出 of the issues shown: 问题明细, a line an issue (REG-008). */
export const IssueExport = ({ batchId, filter }: { batchId: string; filter: IssueFilter }) => (
  <ListExport source={EXPORT} conditions={{ importBatchId: batchId, own: { ...filter } }} />
)
