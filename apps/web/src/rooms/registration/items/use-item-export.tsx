import type { ItemFilter, ItemView } from '@xueji/contracts/pipeline/review.api'
import type { ReactNode } from 'react'
import { ExportButton } from '../../../shared/export/export-button.tsx'
import { useExportCatalogue } from '../../../shared/export/exports.ts'
import { ROOM } from '../registration.queries.ts'

const EXPORT = { room: ROOM, list: 'items' } as const

/** 导出 for the toolbar of a list of registrations: exactly what the list shows (EXP-003). Undefined for whoever may not export (EXP-004, EXP-005). */
export function useItemExport(view: ItemView, filter: ItemFilter): ReactNode {
  const catalogue = useExportCatalogue(EXPORT)
  return catalogue ? <ExportButton source={EXPORT} catalogue={catalogue} conditions={{ view, ...filter }} /> : undefined
}
