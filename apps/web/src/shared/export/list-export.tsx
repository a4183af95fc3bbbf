import { ExportButton } from './export-button.tsx'
import { type ExportSource, type ListConditions, useExportCatalogue } from './exports.ts'

/** 导出 for the toolbar of a list: exactly what the list shows (EXP-003); nothing for whoever may not export it (EXP-004, EXP-005). */
export function ListExport({ source, conditions = {} }: { source: ExportSource; conditions?: ListConditions }) {
  const catalogue = useExportCatalogue(source)
  return catalogue ? <ExportButton source={source} catalogue={catalogue} conditions={conditions} /> : null
}
