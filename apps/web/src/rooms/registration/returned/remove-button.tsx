import { useQueryClient } from '@tanstack/react-query'
import type { ItemRow } from '@xueji/contracts/pipeline/review.api'
import { Button } from 'antd'
import { useState } from 'react'
import { apiSend } from '../../../shared/api-client.ts'
import { useAskRemoval } from '../../../shared/ask-removal.ts'
import { useNotice } from '../../../shared/notice.ts'
import { forgetItems, KEYS, ROOM } from '../registration.queries.ts'

/** 【删除】 of a returned registration, after a question that names the student (flows §3.1). */
export function RemoveButton({ item, onRemoved }: { item: ItemRow; onRemoved: () => void }) {
  const client = useQueryClient()
  const ask = useAskRemoval()
  const notice = useNotice()
  const [busy, setBusy] = useState(false)
  const remove = async (): Promise<void> => {
    const sure = await ask(
      `你确定要删除${item.studentName}的注册信息吗？`,
      '删除后该生不再处于注册流程，身份证件号可重新用于注册。审核过程仍可在学籍注册查询中查看。',
    )
    if (!sure) return
    setBusy(true)
    try {
      await apiSend('DELETE', `${ROOM}/items/${item.id}`)
      notice.success(`${item.studentName}的注册信息已删除`)
      void client.invalidateQueries({ queryKey: KEYS.allItems })
      void forgetItems(client)
      onRemoved()
    } catch (error) {
      notice.error(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button danger loading={busy} onClick={() => void remove()}>
      删除
    </Button>
  )
}
