import type { RosterRow } from '@xueji/contracts/rooms/preschool/preschool.api'
import { useState } from 'react'
import { useNotice } from '../../shared/notice.ts'
import { saveFile } from '../../shared/save-file.ts'
import { exportLines } from './preschool.queries.ts'
import { whyNot } from './why-not.ts'

/** 调档学生导出 of what is selected, unless the matrix forbids it. */
export function useRosterExport(onDone: () => void) {
  const notice = useNotice()
  const [busy, setBusy] = useState(false)
  const exportFile = async (lines: readonly RosterRow[]): Promise<void> => {
    const reason = whyNot('export', lines)
    if (reason) return notice.warning(reason)
    setBusy(true)
    try {
      saveFile(await exportLines(lines.map((line) => line.id)))
      notice.success(`已导出 ${lines.length} 人，补齐后在小学新生注册中导入`)
      onDone()
    } catch (error) {
      notice.error(error)
    } finally {
      setBusy(false)
    }
  }
  return { busy, exportFile }
}
