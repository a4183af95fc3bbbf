import { useQueryClient } from '@tanstack/react-query'
import type { ImportBatchRow } from '@xueji/contracts/pipeline/import.api'
import { useState } from 'react'
import { ApiError } from '../../../shared/api-client.ts'
import { useNotice } from '../../../shared/notice.ts'
import { KEYS } from '../registration.queries.ts'
import { commandImport, removeImport } from './import.queries.ts'

/** What can be done with a whole batch. Each resolves with true once it is done; what went wrong has been said. */
export function useBatchCommands(batch: ImportBatchRow | undefined) {
  const client = useQueryClient()
  const notice = useNotice()
  const [busy, setBusy] = useState(false)
  const run = async (work: (id: string, version: number) => Promise<unknown>, done: string): Promise<boolean> => {
    if (!batch) return false
    setBusy(true)
    try {
      await work(batch.id, batch.version)
      notice.success(done)
      return true
    } catch (error) {
      if (error instanceof ApiError && error.id === 'import.changed')
        notice.warning('这份名单已被他人修改，已重新读取，请核对后再办理')
      else notice.error(error)
      return false
    } finally {
      setBusy(false)
      void client.invalidateQueries({ queryKey: KEYS.imports })
      void client.invalidateQueries({ queryKey: KEYS.allItems })
      await client.invalidateQueries({ queryKey: KEYS.importDetail(batch.id) })
    }
  }
  return {
    busy,
    submit: () => run((id, version) => commandImport(id, 'submit', { version }), '已提交，正在发起注册'),
    submitClean: () =>
      run(
        (id, version) => commandImport(id, 'submit', { version, cleanRowsOnly: true }),
        '已提交通过校验的学生，正在发起注册',
      ),
    undo: () => run((id, version) => commandImport(id, 'undo', { version }), '正在撤回，完成后可以继续修改再提交'),
    cancel: () => run((id, version) => commandImport(id, 'cancel', { version }), '已取消处理'),
    remove: () => run((id) => removeImport(id), '上传记录已删除'),
  }
}
