import ExcelJS from 'exceljs'

/** A workbook of cells of all types, formulas with their results, written by exceljs. For tests. */
export async function typedWorkbook(date1904: boolean): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook()
  book.properties.date1904 = date1904
  const sheet = book.addWorksheet('类型')
  sheet.addRow(['文本', '整数', '小数', '是否', '日期', '时刻', '公式', '错误', '富文本'])
  for (let i = 0; i < 5; i++) {
    const row = sheet.addRow([
      `王${i}`,
      i * 1000 - 1,
      85.1 + i,
      i % 2 === 0,
      new Date(Date.UTC(2018, 8, 1 + i)),
      new Date(Date.UTC(1990, 6, 1 + i, 12, 30, i)),
      { formula: `B${i + 2}+1`, result: i * 1000 },
      { formula: '1/0', result: { error: '#DIV/0!' } as never },
      { richText: [{ text: '王' }, { font: { bold: true }, text: '一' }] },
    ])
    row.getCell(5).numFmt = ['yyyy-mm-dd', 'yyyy/m/d', 'yyyy"年"m"月"d"日"', 'm/d/yy', 'd-mmm-yy'][i]!
    row.getCell(6).numFmt = 'yyyy-mm-dd hh:mm:ss'
  }
  sheet.addRow([])
  sheet.addRow(['合并', '', '', 4.40203201809011e17, 7])
  sheet.mergeCells('A8:C8')
  sheet.getCell('E8').numFmt = '0000'
  sheet.getRow(3).hidden = true
  sheet.getColumn(2).hidden = true
  const hidden = book.addWorksheet('隐藏', { state: 'hidden' })
  hidden.addRow(['不看'])
  book.addWorksheet('第二页').addRow(['', '又一页'])
  return new Uint8Array(await book.xlsx.writeBuffer())
}
