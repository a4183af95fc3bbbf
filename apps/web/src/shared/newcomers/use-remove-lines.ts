import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useAskRemoval } from '../ask-removal.ts'
import { useNotice } from '../notice.ts'
import { forgetList, type NewcomerLine, type NewcomerList, removeLines } from './newcomers.queries.ts'

/** 删除 of lines, all or none, after a question; `onDone` hears when they are gone. */
export function useRemoveLines(list: NewcomerList, onDone: () => void) {
  const client = useQueryClient()
  const notice = useNotice()
  const ask = useAskRemoval()
  const [busy, setBusy] = useState(false)
  const remove = async (lines: readonly NewcomerLine[]): Promise<void> => {
    if (!(await ask('你确定要删除选中的调档学生信息吗？', `共 ${lines.length} 人`))) return
    setBusy(true)
    try {
      const { removed } = await removeLines(
        list,
        lines.map((line) => line.id),
      )
      notice.success(`已删除 ${removed} 人`)
      onDone()
    } catch (error) {
      notice.error(error)
    } finally {
      setBusy(false)
      void forgetList(client, list)
    }
  }
  return { busy, remove }
}
