import type { PhotoFile, PhotoPackage } from '@xueji/contracts/pipeline/photo.api'
import type { WorkbookSpec } from '@xueji/workbook/write/spec'

/** What became of every file of a package, as a workbook to work from (PHO-007): what was refused comes first. */
export function reportWorkbook(pack: PhotoPackage, files: readonly PhotoFile[]): WorkbookSpec {
  const rows = [...files.filter(({ stored }) => !stored), ...files.filter(({ stored }) => stored)]
  return {
    title: '照片上传结果',
    creator: '学籍',
    fontName: '宋体',
    sheets: [
      {
        kind: 'table',
        name: '照片上传结果',
        autoFilter: true,
        columns: [
          { header: '文件名', width: 44, text: true },
          { header: '结果', width: 10, text: true },
          { header: '原因', width: 60, text: true },
          { header: '学生姓名', width: 14, text: true },
          { header: '班级', width: 22, text: true },
        ],
        rows: rows.map(({ name, stored, reason, studentName, className }) => [
          name,
          stored ? '已入库' : '未入库',
          reason ?? '',
          studentName ?? '',
          className ?? '',
        ]),
      },
      {
        kind: 'notes',
        name: '说明',
        widths: [14, 80],
        lines: [
          { text: '照片上传结果', bold: true },
          { text: ['压缩包', pack.fileName] },
          { text: ['范围', pack.targetName] },
          { text: ['上传人', pack.uploader] },
          { text: ['文件数', `${pack.total}，已入库 ${pack.stored}，未入库 ${pack.refused}`] },
          '',
          { text: '本文件含未成年人个人信息：谁导出谁负责、谁使用谁负责，不得转作他用，用后及时销毁。', red: true },
        ],
      },
    ],
  }
}
