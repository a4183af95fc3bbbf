export const SHEET_START =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
  '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"' +
  ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'

export const PAGE_MARGINS = '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'

export const SHEET_END = '</worksheet>'

/** The view of a sheet; one sheet of a workbook is selected. */
export function viewXml(selected: boolean, content = ''): string {
  const tab = selected ? ' tabSelected="1"' : ''
  const view = content === '' ? '/>' : `>${content}</sheetView>`
  return `<sheetViews><sheetView${tab} workbookViewId="0"${view}</sheetViews><sheetFormatPr defaultRowHeight="15"/>`
}
