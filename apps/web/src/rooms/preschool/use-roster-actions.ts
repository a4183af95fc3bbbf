import { useQueryClient } from '@tanstack/react-query'
import type { RosterRow } from '@xueji/contracts/rooms/preschool/preschool.api'
import { App } from 'antd'
import { useState } from 'react'
import { useNotice } from '../../shared/notice.ts'
import { saveFile } from '../../shared/save-file.ts'
import { exportLines, forgetRoster, removeLines } from './preschool.queries.ts'
import { whyNot } from './why-not.ts'

/** 删除 and 调档学生导出 of what is selected; `busy` names the one underway. */
export function useRosterActions(onDone: () => void) {
  const client = useQueryClient()
  const notice = useNotice()
  const { modal } = App.useApp()
  const [busy, setBusy] = useState<'remove' | 'export'>()

  const run = async (name: 'remove' | 'export', work: () => Promise<string>): Promise<void> => {
    setBusy(name)
    try {
      notice.success(await work())
      onDone()
    } catch (error) {
      notice.error(error)
    } finally {
      setBusy(undefined)
      if (name === 'remove') void forgetRoster(client)
    }
  }
  const ids = (lines: readonly RosterRow[]): string[] => lines.map((line) => line.id)
  return {
    busy,
    remove: async (lines: readonly RosterRow[]): Promise<void> => {
      const reason = whyNot('remove', lines)
      if (reason) return notice.warning(reason)
      const sure = await modal.confirm({
        title: '你确定要删除选中的调档学生信息吗？',
        content: `共 ${lines.length} 人`,
        okText: '是',
        cancelText: '否',
        okButtonProps: { danger: true },
      })
      if (sure) await run('remove', async () => `已删除 ${(await removeLines(ids(lines))).removed} 人`)
    },
    exportFile: async (lines: readonly RosterRow[]): Promise<void> => {
      const reason = whyNot('export', lines)
      if (reason) return notice.warning(reason)
      await run('export', async () => {
        const file = await exportLines(ids(lines))
        saveFile(file)
        return `已导出 ${lines.length} 人，补齐后在小学新生注册中导入`
      })
    },
  }
}
