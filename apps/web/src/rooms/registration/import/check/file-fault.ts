import { FILE_REFUSALS } from '@xueji/contracts/issues/refusals'
import type { Refusal } from '@xueji/workbook/read/refusal'
import type { TableFault } from '@xueji/workbook/read/table'

/** Why a whole file will not do: what is wrong, what to do, and what was expected. */
export type FileFault = {
  readonly title: string
  readonly advice: string
  readonly detail?: string
  /** False when the server would refuse the file as well; true when every row would fail but could be corrected. */
  readonly mayUpload: boolean
}

const NAMED = 8

/** A file that cannot be read at all. */
export const refusedFile = ({ code }: Pick<Refusal, 'code'>): FileFault => fault(code)

/** A workbook in which the table does not stand as it should. */
export function refusedTable(found: TableFault, expected: number): FileFault {
  if (found.code === 'headerMissing') return fault(found.code)
  const names = listed(found.headers)
  if (found.code === 'otherTemplate')
    return fault(found.code, `只找到 ${found.found} 列，应有 ${expected} 列；没有找到的有：${names}`)
  return fault(found.code, names)
}

/** A file of another number of rows than may be. */
export const refusedRows = (code: 'noRows' | 'tooManyRows'): FileFault => fault(code)

/** A roster of children with other documents than this entry is for (REG-005). */
export const otherIdentityType = (given: string, expected: string): FileFault => ({
  title: '身份证件类型与所选注册类别不一致',
  advice: `本入口只用于“${expected}”学生，请核对是否选错了文件，或从相应入口办理`,
  detail: `名单中填写的身份证件类型是“${given}”`,
  mayUpload: true,
})

function fault(code: string, detail?: string): FileFault {
  const [title, advice] = FILE_REFUSALS[code] ?? FILE_REFUSALS.damaged!
  return { title, advice, ...(detail ? { detail } : {}), mayUpload: false }
}

function listed(headers: readonly string[]): string {
  const shown = headers.slice(0, NAMED).join('、')
  return headers.length > NAMED ? `${shown} 等 ${headers.length} 列` : shown
}
